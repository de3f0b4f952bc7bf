r"""The regular expressions in a tree, and how much each takes to compile, told from its text: no engine sees it here.

An engine writes out what is repeated by count: `(?:[a-z]{1,300}){1,300}` becomes 90,000 states, of about 170 bytes and
0.4 microseconds each. What sets of characters come to was measured with jsonschema-rs 0.61.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from generator.json_values import JsonObject, JsonValue, pointer_join, to_json
from generator.vocabulary import DATA_KEYWORDS, SCHEMA_MAPS

Way: TypeAlias = "tuple[Way, str | int] | None"
"""The way to a node: that to its parent, and the key or index there."""

LONGEST_PATTERN = 5000
"""Longer patterns are not compiled: engines take more than their share of time for them, up to minutes."""

MOST_STATES = 300_000
"""How many states the patterns of a document may come to together: 50 MB and an eighth of a second, each time."""

_ONE = r"\\[pP](?:\{[^}]{0,99}\}|.)?|\\[ux]\{\w*\}|\\u\w{4}|\\x\w\w|\\.|."
_REPETITION = r"\{\s*+(?P<least>[0-9]*+)\s*+(?P<open>,\s*+(?P<most>[0-9]*+)\s*+)?\}"
_TOKENS = re.compile(
    rf"""
    (?P<class>\[\^?(?:\\.|[^\]\\])*+\]?)
  | (?P<repetition>[*+?]|{_REPETITION})
  | (?P<group>\((?:\?(?:<?[=!]|[:>]|P?<\w*>|[a-zA-Z-]*:?))?)
  | (?P<end>\))
  | (?P<one>{_ONE})
    """,
    re.VERBOSE | re.DOTALL,
)
_ASCII = re.compile(r"\\[ux]\{?0*[0-7]?[0-9a-fA-F]\}?")
_ONES = re.compile(_ONE, re.DOTALL)
_REPETITIONS = re.compile(_REPETITION)

_READ_IN_TWO_WAYS = re.compile(r"\\.|(?P<found>\[\^?\]|\[(?:\\.|[^\]\[\\])*+\[|\(\?(?:#|[a-zA-Z-]*x))", re.DOTALL)
"""A `]` first in a class, a `[` in one, comments: engines do not agree on where a class ends."""

_BACKTRACKS = re.compile(r"\(\?(?!:|P?<\w|[a-z]+\))|\\[1-9kGKZhHRXeE]")
r"""What takes an engine that backtracks; it has another understanding of `\w` and `\d`: all letters of Unicode."""

_LEAST, _MOST = 30, 10**12
"""What any pattern takes, and from where on it is not counted further."""

_SETS = {r"\w": (1, 500), r"\W": (10, 500), r"\d": (1, 50), r"\D": (10, 100), r"\s": (9, 9), r"\S": (20, 20)}
"""The states of sets of characters, and where the engine backtracks."""

_ANY, _NEGATED, _PROPERTY, _BEYOND_ASCII = 12, 9, 450, 1
"""Those of the dot, of a negated class, of a property of Unicode, of one character that takes several bytes."""

_IGNORES_CASE = re.compile(r"\(\?[a-zA-Z-]*i")
_CASES = 3
"""How many times as many they are where the case of letters is ignored."""


def patterns(root: JsonObject) -> Iterator[tuple[str, Way]]:
    """Yield each pattern with the way to it: the values of `pattern`, and the names of members of `patternProperties`.

    They may stand anywhere, since anything may be referred to as a schema. Where the text of the tree holds none, it is
    not walked through.
    """
    text = to_json(root, indent=False)
    if '"pattern":"' not in text and '"patternProperties":{' not in text:
        return
    stack: list[tuple[JsonValue, Way]] = [(root, None)]
    while stack:
        node, way = stack.pop()
        if isinstance(node, dict):
            if isinstance(pattern := node.get("pattern"), str):
                yield pattern, (way, "pattern")
            if isinstance(by_name := node.get("patternProperties"), dict):
                yield from ((name, ((way, "patternProperties"), name)) for name in by_name)
            stack += [(child, (way, key)) for key, child in node.items() if isinstance(child, dict | list)]
        elif isinstance(node, list):
            stack += [(child, (way, index)) for index, child in enumerate(node) if isinstance(child, dict | list)]


def pointer(way: Way) -> str:
    """Return the JSON pointer of where a way leads."""
    return pointer_join("", *_steps(way))


def is_in_data(way: Way) -> bool:
    """Tell whether a way leads into an example or other data, where a pattern is none unless somebody refers to it."""
    are_names = False
    for step in _steps(way)[:-1]:
        if step in DATA_KEYWORDS and not are_names:
            return True
        are_names = step in SCHEMA_MAPS and not are_names
    return False


def _steps(way: Way) -> list[str | int]:
    steps = []
    while way is not None:
        way, step = way
        steps.append(step)
    return steps[::-1]


def costly(patterns: Iterable[str]) -> frozenset[str]:
    """Return those of `patterns` that are too long, and the costliest, without which the others fit MOST_STATES.

    Which they are does not depend on the order.
    """
    given = set(patterns)
    found = {pattern for pattern in given if len(pattern) > LONGEST_PATTERN}
    left = MOST_STATES
    for count, pattern in sorted((states(pattern), pattern) for pattern in given - found):
        left -= count
        if left < 0:
            found.add(pattern)
    return frozenset(found)


@lru_cache(maxsize=4096)
def states(pattern: str) -> int:
    """Return about how many states `pattern` comes to; what no engine can read is counted as if one could."""
    backtracks = _BACKTRACKS.search(pattern) is not None
    count = _written_out(pattern, backtracks)
    if any(match["found"] for match in _READ_IN_TWO_WAYS.finditer(pattern)):
        every = math.prod(_times(each) for each in _REPETITIONS.finditer(pattern))
        count = max(count, every * sum(_of_one(one, backtracks) or 1 for one in _ONES.findall(pattern)))
    return min(_LEAST + count * (_CASES if _IGNORES_CASE.search(pattern) else 1), _MOST)


def _written_out(pattern: str, backtracks: bool) -> int:
    """Return the states of `pattern` with all that is repeated written out."""
    groups = [0]  # the states so far of the groups that are open, the innermost last
    last = 0  # those of what a repetition is about
    for token in _TOKENS.finditer(pattern):
        if token["repetition"]:
            times = _times(token)
            groups[-1] += last * (times - 1)
            last *= times
            continue
        if token["group"]:
            groups.append(10 if backtracks else 1)
            continue
        if token["end"]:
            last = groups.pop() if len(groups) > 1 else 0
        elif token["class"]:
            last = _of_class(token["class"], backtracks)
        else:
            last = _of_one(token["one"], backtracks) or 1
        groups[-1] += last
    return sum(groups)


def _times(repetition: re.Match[str]) -> int:
    """Return how often a repetition writes out what it is about."""
    if repetition["least"] is None:
        return 1
    least, most = (int(digits.lstrip("0")[:9] or 0) for digits in (repetition["least"], repetition["most"] or ""))
    return max(least + bool(repetition["open"]), most, 1)


def _of_class(text: str, backtracks: bool) -> int:
    r"""Return the states of a class of characters: with a set and its complement, as `[\s\S]`, it is any."""
    members = set(_ONES.findall(text[1:-1]))
    if any(_complement(member) in members for member in members):
        return _NEGATED
    return 1 + _NEGATED * text.startswith("[^") + sum(_of_one(member, backtracks, in_class=True) for member in members)


def _complement(member: str) -> str | None:
    """Return what stands for all characters that `member` of a class does not stand for."""
    return f"{member[:1]}{member[1].upper()}{member[2:]}" if member[1:2] in {"s", "d", "w", "p"} else None


def _of_one(text: str, backtracks: bool, *, in_class: bool = False) -> int:
    """Return the states of one character or set; none for a character of ASCII, which its class has anyway."""
    if text in _SETS:
        return _SETS[text][backtracks]
    if text[:2] in {r"\p", r"\P"}:
        return 1 if text == r"\p{ASCII}" else _PROPERTY
    if text == ".":
        return 0 if in_class else _ANY
    return 0 if text.isascii() and (text[:2] not in {r"\u", r"\x"} or _ASCII.fullmatch(text)) else _BEYOND_ASCII
