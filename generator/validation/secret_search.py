"""Live tokens, keys and secrets in a document's text: by their known beginnings, and by how random they look."""

import bisect
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from generator.json_values import JsonValue
from generator.known_secrets import BEGINNINGS, kinds_of_secrets, without_secrets

_BEGINNINGS = (*BEGINNINGS, "eyJ")
_WORDS = ("secret", "token", "password", "bearer", "basic")
"""What a text holds, words in whatever case, that is worth a closer look; looking for words costs a fraction of a
pattern."""

_GAP = r"[\"']?\s{0,8}[:=]?\s{0,8}[\"']?"
"""What may stand between a word and its secret; bounded, since a document may have any number of spaces there."""

_LONG_WORD = re.compile(_GAP + r"[A-Za-z0-9+/_=-]{24}")
_JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}")
_ASSIGNED = re.compile(r"(?i)(secret|token|password|bearer|basic)" + _GAP + r"([A-Za-z0-9+/_=-]{24,})")
_CREDENTIAL_NAME = re.compile(r"(?i)secret|token|password|authorization")
_CREDENTIAL_PARAMETER = re.compile(
    r"(?i)secret|password|authorization|(api|access|private|subscription)[-_]?key|(access|auth|refresh|bearer)[-_]?token"
    r"|^(key|token)$|^x[-_](?!.*(page|next|continuation|cursor)).*[-_]token$"
)
"""Not every token of a parameter is one: those of pages look random and prove nothing."""
_RANDOM = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}")
_BITS = 4.0
"""Shannon entropy a character from which a long word is taken for random: English words and names stay below."""

_SHORTEST = 20
_SEARCHED = frozenset(
    {"const", "default", "description", "enum", "example", "examples", "summary", "title", "value", "x-example"}
)
_NOT_SEARCHED, _OF_CREDENTIAL = 0, 2
"""Beside 1: a text is searched for what it is of. One number costs less than two truths, and there are many texts."""


_Path: TypeAlias = "tuple[_Path, str | int] | None"
"""The way to a node: that to its parent, and the key or index there."""


def secret_places(root: JsonValue, allowed: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Yield where a secret stands, what it looks like, and whether its beginning is known to belong to such.

    A text that holds several kinds is yielded for each of them.
    """
    exceptions = [re.compile(pattern) for pattern in allowed]
    texts = list(_texts(root))
    distinct = list(dict.fromkeys(text for text, _, _ in texts))
    starts = list(itertools.accumulate((len(text) + 1 for text in distinct), initial=0))
    suspects = {distinct[bisect.bisect_right(starts, place) - 1] for place in _suspicious("\0".join(distinct))}
    for text, path, search in texts:
        named = _is_named(text, path, of_credential=search == _OF_CREDENTIAL)
        found = _secrets(text, named=named) if named or text in suspects else []
        if found and not any(pattern.search(text) for pattern in exceptions):
            tokens = _tokens(path)
            yield from ((tokens, *each) for each in found)


def _suspicious(text: str) -> Iterator[int]:
    """Yield where in `text` something stands that is worth a closer look."""
    for beginning in _BEGINNINGS:
        yield from _places(text, beginning)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have two in lower case, which would move the places
        lower = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    for word in _WORDS:
        for place in _places(lower, word):
            if _LONG_WORD.match(text, place + len(word)):
                yield place


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _texts(root: JsonValue) -> Iterator[tuple[str, _Path, int]]:
    """Yield the texts that are searched, each with its path, and why: `_OF_CREDENTIAL` for such a parameter's.

    Of such a parameter every text is searched, those that its schema allows too.
    """
    containers: list[tuple[Any, _Path, int]] = [(root, None, _NOT_SEARCHED)]
    while containers:
        node, path, search = containers.pop()
        is_object = type(node) is dict
        if is_object and "in" in node and _is_credential(node):
            search = _OF_CREDENTIAL
        for key, child in node.items() if is_object else enumerate(node):
            kind = type(child)
            if kind is str:
                if len(child) >= _SHORTEST and (search or key in _SEARCHED):
                    yield child, (path, key), search
            elif kind is dict or kind is list:
                containers.append((child, (path, key), search or key in _SEARCHED))


def _is_credential(parameter: Mapping[str, Any]) -> bool:
    name = parameter.get("name")
    return type(name) is str and _CREDENTIAL_PARAMETER.search(name) is not None


def _tokens(path: _Path) -> tuple[str | int, ...]:
    tokens = []
    while path is not None:
        path, token = path
        tokens.append(token)
    return tuple(reversed(tokens))


def _is_named(text: str, path: _Path, *, of_credential: bool) -> bool:
    """Tell whether `text` is one long word of a parameter that is a credential, or below a name that these have."""
    if not _RANDOM.fullmatch(text):
        return False
    return of_credential or any(_CREDENTIAL_NAME.search(str(token)) for token in _tokens(path)[-3:])


def _secrets(text: str, *, named: bool) -> list[tuple[str, bool]]:
    """Return what secrets are in `text`, and whether there is no doubt; what is one for sure is no other beside."""
    found = [(kind, True) for kind in kinds_of_secrets(text)]
    rest = without_secrets(text) if found else text
    if _JWT.search(rest):
        found.append(("a live token (JWT)", False))
        rest = _JWT.sub("", rest)
    words = [match[2] for match in _ASSIGNED.finditer(rest)]
    words += [rest] if named else []
    return [*found, ("a secret", False)] if any(_is_random(word) for word in words) else found


def _is_random(word: str) -> bool:
    if not (re.search(r"\d", word) and re.search(r"[A-Za-z]", word)) or _UUID.match(word):
        return False
    counted = Counter(word)
    entropy = -sum(n / len(word) * math.log2(n / len(word)) for n in counted.values())
    return entropy >= _BITS
