"""Text for a regular expression (ECMA-262, as far as Python reads it), by a walk over its parsed form."""

import re
from functools import lru_cache
from typing import Any

_PREFERRED = "a1A0-_. "
_LONGEST = 4096


@lru_cache(maxsize=4096)
def pattern_text(pattern: str, shortest: int = 0, longest: int = _LONGEST) -> str | None:
    """Return text that `pattern` finds, `shortest` to `longest` characters long; None where none is found.

    Repetitions are tried from their least number upwards until the length fits. JSON Schema's patterns are not
    anchored (2020-12, 6.3.3), so that a text may also be lengthened where the pattern leaves its ends open.
    """
    compiled = _compiled(pattern)
    if compiled is None:
        return None
    tree = _parsed(_python_pattern(pattern))
    for extra in (0, 1, 2, 3, 5, 8, 12, 20, 40, max(shortest, 1)):
        for branch in range(4):
            text = _Writer(min(extra, longest), branch).write(tree)[: _LONGEST * 2]
            for candidate in (text, text + "a" * (shortest - len(text)), "a" * (shortest - len(text)) + text):
                if shortest <= len(candidate) <= longest and compiled.search(candidate):
                    return candidate
    return None


def _compiled(pattern: str) -> "re.Pattern[str] | None":
    try:
        return re.compile(_python_pattern(pattern))
    except (re.error, OverflowError, RecursionError):
        return None


def _python_pattern(pattern: str) -> str:
    r"""Return an ECMA-262 pattern in Python's spelling: `$` only at the very end, `\d` for ASCII."""
    pattern = re.sub(r"(?<!\\)((?:\\\\)*)\(\?<([A-Za-z_]\w*)>", r"\1(?P<\2>", pattern)
    pattern = re.sub(r"(?<!\\)((?:\\\\)*)\$$", r"\1\\Z", pattern)
    return "(?a:" + pattern + ")" if pattern else pattern


def _parsed(pattern: str) -> Any:
    from re import _parser  # type: ignore[attr-defined] # the one place that reads Python's own parser

    return _parser.parse(pattern)


class _Writer:
    """Writes the text of a parsed pattern, each repetition `extra` rounds longer than its least."""

    def __init__(self, extra: int, branch: int) -> None:
        self._extra = extra
        self._branch = branch
        self._groups: dict[int, str] = {}

    def write(self, tree: Any) -> str:
        """Return the text of a sequence of nodes."""
        return "".join(self._node(str(operator), argument) for operator, argument in tree)

    def _node(self, operator: str, argument: Any) -> str:
        if operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            return self._repeat(*argument)
        if operator == "SUBPATTERN":
            text = self.write(argument[3])
            if argument[0] is not None:
                self._groups[argument[0]] = text
            return text
        if operator == "BRANCH":
            branches = argument[1]
            return self.write(branches[self._branch % len(branches)])
        if operator == "GROUPREF":
            return self._groups.get(argument, "")
        if operator == "ATOMIC_GROUP":
            return self.write(argument)
        return self._character(operator, argument)

    def _repeat(self, least: int, most: Any, item: Any) -> str:
        limit = int(most) if isinstance(most, int) and int(most) < _LONGEST else _LONGEST
        rounds = min(int(least) + self._extra, limit)
        if rounds == 0 and self._extra == 0 and self._branch % 2:
            rounds = min(1, limit)
        single = self.write(item)
        return single * min(rounds, _LONGEST // max(len(single), 1) + 1)

    def _character(self, operator: str, argument: Any) -> str:
        if operator == "LITERAL":
            return chr(argument)
        if operator == "NOT_LITERAL":
            return next(character for character in _PREFERRED if ord(character) != argument)
        if operator == "ANY":
            return "a"
        return _member(argument) if operator == "IN" else ""


def _member(items: Any) -> str:
    """Return a character of a class: a preferred one that is in it, else the first of its ranges."""
    negated = str(items[0][0]) == "NEGATE"
    for character in _PREFERRED + "bB2@,:/+#!":
        if _contains(items[1:] if negated else items, character) != negated:
            return character
    for operator, argument in items:
        if str(operator) == "LITERAL":
            return chr(argument)
        if str(operator) == "RANGE":
            return chr(argument[0])
    return "a"


def _contains(items: Any, character: str) -> bool:
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL" and ord(character) == argument:
            return True
        if name == "RANGE" and argument[0] <= ord(character) <= argument[1]:
            return True
        if name == "CATEGORY" and _in_category(str(argument), character):
            return True
    return False


def _in_category(category: str, character: str) -> bool:
    kind = category.removeprefix("CATEGORY_")
    inverted = kind.startswith("NOT_")
    test = {"DIGIT": r"[0-9]", "SPACE": r"\s", "WORD": r"[A-Za-z0-9_]"}.get(kind.removeprefix("NOT_"), r".")
    return bool(re.fullmatch(test, character)) != inverted
