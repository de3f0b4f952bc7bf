r"""Text for a regular expression in ECMA-262's meaning (JSON Schema 2020-12, 6.4).

Python's own parser takes the pattern apart, a writer puts text together from the parts, and the validator's engine,
which bounds its own work, judges the result. Patterns are untrusted: Python's engine is never run on them.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from generator.expressions import engine_options
from generator.pattern_weight import LONGEST_PATTERN, MOST_STATES, states

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = ("1234567890", _LETTERS, _LETTERS.upper(), "-_. @,:/+#!~%&=?*;()'\"", "éßñ", "Ж中")
"""What is drawn from a class of characters, the first alphabet that has some of it."""

_DIGITS = frozenset("0123456789")
_WORD = _DIGITS | frozenset(_LETTERS + _LETTERS.upper() + "_")
_ORDER_OF_LETTERS = (1, 2, 0, *range(3, len(_ALPHABETS)))

_ANY = [("RANGE", (ord("a"), ord("z")))]

_LONGEST = 4096
_MOST_PARTS = 20_000
_MOST_WORK = 60_000
"""How many parts of a pattern are written for one text, and what all texts that are tried may cost."""

_FEW_STEPS = 10_000_000
"""For how many states and characters, multiplied, matching takes next to nothing."""

_MORE = (0, 1, 2, 4, 8, 16)
"""How many rounds more than the least a repetition gets, in the order of the attempts."""

_MOST_LENGTHENED = 3
"""How many texts are lengthened where no others are found."""

_STOCK = ("Abc-12345", "Passw0rd!", "Example 1", "example", "12345", "a")
"""What is tried where no text could be put together."""

_ESCAPES = frozenset("bBdDfnrsStvwWxuk")
_SPELLINGS = {"(?<": "(?P<", "[^]": r"[\s\S]", "[]": "(?!)"} | {f"\\{kind}-": f"\\{kind}\\-" for kind in "wdsWDS"}

_PROPERTIES = {
    "L": "A-Za-zÀ-ÖØ-öø-ÿ",
    "Lu": "A-Z",
    "Ll": "a-z",
    "N": "0-9",
    "Nd": "0-9",
    "P": "!-/",
    "Z": " ",
    "Zs": " ",
}


class _Engines:
    """The engines of patterns that were met last; they have as many states together as those of a document may have."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}
        self._states = 0

    def of(self, pattern: str) -> Any:
        """Return the engine of `pattern`; None where it is too long, has too many states, or cannot be read."""
        if pattern not in self._known:
            self._known[pattern] = _compiled(pattern)
            self._states += states(pattern)
            while self._states > MOST_STATES and len(self._known) > 1:
                oldest = next(iter(self._known))
                del self._known[oldest]
                self._states -= states(oldest)
        return self._known[pattern]


_ENGINES = _Engines()


def _compiled(pattern: str) -> Any:
    import jsonschema_rs

    if len(pattern) > LONGEST_PATTERN or states(pattern) > MOST_STATES:
        return None
    for spelling in (pattern, re.sub(r"(\[[^\]]*\\[wdsWDS])-(?!\])", r"\1\-", pattern)):
        try:
            return jsonschema_rs.Draft202012Validator({"pattern": spelling}, pattern_options=engine_options())
        except (jsonschema_rs.ValidationError, ValueError):
            continue
    return None


def is_pattern(pattern: str) -> bool:
    """Tell whether the validator's engine can read `pattern`."""
    return _ENGINES.of(pattern) is not None


def matches(pattern: str, text: str) -> bool:
    """Tell whether `pattern` is found in `text`; everything is where the engine cannot read it."""
    engine = _ENGINES.of(pattern)
    return engine is None or bool(engine.is_valid(text))


def pattern_text(pattern: str, shortest: int = 0, longest: int = _LONGEST, variant: int = 0) -> str | None:
    """Return text in which `pattern` is found, `shortest` to `longest` characters long; None where none is found.

    Each `variant` is another text, as far as the pattern has others.
    """
    return _search(pattern, shortest, longest).text(variant)


def pattern_work(pattern: str, shortest: int, longest: int) -> int:
    """Return how much work went into the texts that `pattern_text` gave for the same: one for a plain pattern."""
    return 1 + _search(pattern, shortest, longest).work // 30


class _Search:
    """The texts in which a pattern is found, looked for as far as they are asked for. `work` is what that cost."""

    def __init__(self, pattern: str, shortest: int, longest: int) -> None:
        self.work = 0
        self._found: list[str] = []
        self._states = min(states(pattern), MOST_STATES // 3)  # engines bound their own size
        self._fitting = self._matching(pattern, shortest, longest)

    def text(self, variant: int) -> str | None:
        """Return the text `variant`, or the last one where there are fewer; None where there is none."""
        while len(self._found) <= variant:
            further = next(self._fitting, None)
            if further is None:
                return self._found[-1] if self._found else None
            self._found.append(further)
        return self._found[variant]

    def _matching(self, pattern: str, shortest: int, longest: int) -> Iterator[str]:
        tree = _parsed(pattern)
        tried: set[str] = set()
        written = () if tree is None else self._candidates(tree, shortest)
        for candidate in itertools.chain(written, _STOCK, self._longer()):
            if shortest <= len(candidate) <= longest and candidate not in tried:
                tried.add(candidate)
                if matches(pattern, candidate):
                    yield candidate

    def _longer(self) -> Iterator[str]:
        """Yield what was found with a letter more: a pattern need not be about the whole text."""
        for text in self._found[:_MOST_LENGTHENED]:
            yield from (text + "a", "a" + text)

    def _candidates(self, tree: Any, shortest: int) -> Iterator[str]:
        """Yield texts that may fit, the plainest first."""
        classes: dict[int, tuple[int, str]] = {}
        for start, more, branch in itertools.product(range(3), _MORE, range(4)):
            if self.work > _MOST_WORK:
                return
            writer = _Writer(more=more, branch=branch, start=start, classes=classes)
            text = writer.text(tree)
            self.work += writer.parts
            if len(text) < shortest:
                missing = shortest - len(text)
                writer = _Writer(more=more, branch=branch, start=start, classes=classes, missing=missing)
                text = writer.text(tree)
                self.work += writer.parts
            self.work += len(text) ** 2 // 1000  # an engine may begin anew at each character
            self.work += max(self._states * len(text) - _FEW_STEPS, 0) // 2000  # in many states at once
            yield text
            yield from writer.looked_for
            for lead in dict.fromkeys(("".join(writer.looked_for), "".join(reversed(writer.looked_for)))):
                if lead:
                    yield from (lead, lead + text, text + lead, lead + text[len(lead) :], text[: -len(lead)] + lead)
            missing = min(shortest, _LONGEST) - len(text)
            if missing > 0:
                padding = (_LETTERS * (missing // len(_LETTERS) + 1))[:missing]
                yield from (text + padding, padding + text)


@lru_cache(maxsize=4096)
def _search(pattern: str, shortest: int, longest: int) -> _Search:
    return _Search(pattern, shortest, longest)


@lru_cache(maxsize=4096)
def _parsed(pattern: str) -> Any:
    """Return the parts of an ECMA-262 pattern as Python's parser gives them; None where it cannot read it."""
    import warnings
    from re import _parser  # type: ignore[attr-defined] # the one place that uses Python's own parser

    if len(pattern) > LONGEST_PATTERN:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _parser.parse(_python_spelling(pattern))
        except (re.error, OverflowError, RecursionError):
            return None


def _python_spelling(pattern: str) -> str:
    r"""Return an ECMA-262 pattern as Python writes it: named groups, `\p{…}`, `\u{…}`, `\cX`, `[^]`, `[\w-.]`."""

    in_class = False

    def spelled(match: re.Match[str]) -> str:
        nonlocal in_class
        token = match[0]
        if token in {"[", "]"}:
            in_class = token.startswith("[")
            return token
        if token[:2] in {r"\p", r"\P"}:
            name = token[3:-1].rpartition("=")[2]
            members = _PROPERTIES.get(name) or _PROPERTIES.get(name[:1], "A-Za-z")
            return members if in_class else f"[{members}]"
        if token.startswith(r"\u{"):
            return re.escape(chr(min(int(token[3:-1], 16), 0x10FFFF)))
        if token.startswith(r"\c") and len(token) == 3:
            return f"\\x{ord(token[2]) % 32:02x}"
        if token.startswith(r"\k<"):
            return f"(?P={token[3:-1]})"
        if token in _SPELLINGS:
            return _SPELLINGS[token]
        return token[1] if token[0] == "\\" and token[1].isalpha() and token[1] not in _ESCAPES else token

    tokens = (
        r"\(\?<(?![=!])|\[\^?\]|[\[\]]|\\[wdsWDS]-(?!\])|"
        r"\\[pP]\{[^}]*\}|\\u\{[0-9a-fA-F]{1,6}\}|\\k<\w+>|\\c[A-Za-z]|\\."
    )
    return re.sub(tokens, spelled, pattern, flags=re.DOTALL)


class _TooManyPartsError(Exception):
    """A pattern repeats so much that its text is not written."""


class _Writer:
    """Writes the text of a parsed pattern.

    A repetition gets `more` rounds above its least, and as many as it takes while `missing` characters are still to
    be had. `branch` picks among alternatives, `start` is where the alphabets begin. `looked_for` gathers what
    lookaheads ask for. `parts` counts what was written.
    """

    def __init__(
        self, *, more: int, branch: int, start: int, classes: dict[int, tuple[int, str]], missing: int = 0
    ) -> None:
        self.looked_for: list[str] = []
        self.parts = 0
        self._more = more
        self._branch = branch
        self._missing = missing
        self._drawn = dict.fromkeys(range(len(_ALPHABETS)), start)
        self._groups: dict[int, str] = {}
        self._classes = classes
        self._length = 0

    def text(self, tree: Any) -> str:
        """Return the text of a sequence of parts; the empty text where it is nested too deeply, or has too many."""
        try:
            return self._sequence(tree)
        except (RecursionError, _TooManyPartsError):
            return ""

    def _sequence(self, tree: Any) -> str:
        return "".join(self._part(str(operator), argument) for operator, argument in tree)

    def _part(self, operator: str, argument: Any) -> str:
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise _TooManyPartsError
        if operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            return self._repeat(*argument)
        if operator == "SUBPATTERN":
            text = self._sequence(argument[3])
            if argument[0] is not None:
                self._groups[argument[0]] = text
            return text
        if operator == "BRANCH":
            branches = argument[1]
            return self._sequence(branches[self._branch % len(branches)])
        if operator == "GROUPREF":
            text = self._groups.get(argument, "") if self._length < _LONGEST else ""
            self._length += len(text)
            return text
        if operator == "ATOMIC_GROUP":
            return self._sequence(argument)
        if operator == "ASSERT" and argument[0] == 1:
            missing, self._missing = self._missing, 0
            self.looked_for.append(self._sequence(argument[1]))
            self._missing = missing
        return self._character(operator, argument)

    def _repeat(self, least: int, most: Any, item: Any) -> str:
        limit = min(int(most), _LONGEST)
        rounds = min(int(least) + self._more, limit)
        parts: list[str] = []
        while len(parts) < rounds and self._length < _LONGEST:
            parts.append(self._sequence(item))
            if not parts[-1]:  # nor would any other round write something
                break
        while self._missing > 0 and len(parts) < limit and self._length < _LONGEST:
            part = self._sequence(item)
            if not part:
                break
            parts.append(part)
            self._missing -= len(part)
        return "".join(parts)

    def _character(self, operator: str, argument: Any) -> str:
        if operator == "LITERAL":
            character = chr(argument)
        elif operator == "NOT_LITERAL":
            character = "a" if argument != ord("a") else "b"
        elif operator == "ANY":
            character = self._draw(_ANY)
        elif operator == "IN":
            character = self._draw(argument)
        else:
            return ""
        self._length += len(character)
        return character

    def _draw(self, items: Any) -> str:
        """Return the next character of a class."""
        key = id(items)
        if key not in self._classes:
            self._classes[key] = _members(items)
        number, members = self._classes[key]
        drawn = self._drawn[number]
        self._drawn[number] += 1
        return members[drawn % len(members)]


def _members(items: Any) -> tuple[int, str]:
    """Return some members of a class: those of the first alphabet that has any, with its number; else its first."""
    negated = str(items[0][0]) == "NEGATE"
    listed = items[1:] if negated else items
    for number in _ORDER_OF_LETTERS if negated else range(len(_ALPHABETS)):
        fitting = "".join(character for character in _ALPHABETS[number] if _contains(listed, character) != negated)
        if fitting:
            return number, fitting
    for operator, argument in listed:
        if str(operator) in {"LITERAL", "RANGE"}:
            return 0, chr(argument if str(operator) == "LITERAL" else argument[0])
    return 0, "a"


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
    is_in = {
        "DIGIT": character in _DIGITS,
        "SPACE": character.isspace(),
        "WORD": character in _WORD,
    }.get(kind.removeprefix("NOT_"), True)
    return is_in != kind.startswith("NOT_")
