"""Live tokens, keys and secrets in a document's text: by their known beginnings, and by how random they look."""

import bisect
import itertools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from generator.expressions import is_found
from generator.json_values import JsonValue
from generator.known_secrets import BEGINNINGS, SHORTEST, kinds_of_secrets, without_secrets

_BEGINNINGS = re.compile(f"{BEGINNINGS.pattern}|eyJ")
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

_SEARCHED = frozenset(
    {"const", "default", "description", "enum", "example", "examples", "summary", "title", "value", "x-example"}
)
"""Below these stands what authors write freely; elsewhere only what is known by its beginning is a secret."""

_A_SECRET = ("a secret", False)

_Path: TypeAlias = "tuple[_Path, str | int] | None"
"""The way to a node: that to its parent, and the key or index there."""


class Secret(Struct, frozen=True, kw_only=True):
    """What looks like a secret, and where: the tokens of a JSON pointer; `in_name`: in the last of them.

    `known`: its beginning is known to belong to such, so that there is no doubt.
    """

    at: tuple[str | int, ...]
    kind: str
    known: bool
    in_name: bool = False


class _Suspects(Struct, frozen=True):
    """The texts of a document that are a matter of where they stand.

    `marked` hold what is a secret wherever it stands, with what that is; `assigned` what is called one by a word before
    it; `random` are one long word that looks it.
    """

    marked: Mapping[str, Sequence[tuple[str, bool]]]
    assigned: Collection[str]
    random: Collection[str]

    @property
    def texts(self) -> frozenset[str]:
        """Return them all."""
        return frozenset((*self.marked, *self.assigned, *self.random))


def secret_places(root: JsonValue, allowed: Sequence[str]) -> Iterator[Secret]:
    """Yield the secrets in a tree, those in names of members included.

    A text that holds several kinds is yielded for each of them. Where the texts stand is looked at only if one is worth
    it: most documents have none.
    """
    suspects = _suspects(*_distinct_texts(root))
    if not suspects.texts:
        return
    for text, path, searched, of_credential in _placed(root, suspects.texts):
        found = list(suspects.marked.get(text, ()))
        if searched and (text in suspects.assigned or _is_named(text, path, suspects, of_credential)):
            found.append(_A_SECRET)
        if found and not any(is_found(pattern, text) for pattern in allowed):
            yield from (Secret(at=_tokens(path), kind=kind, known=known) for kind, known in found)
    for name, path in _named(root, suspects.marked):
        if not any(is_found(pattern, name) for pattern in allowed):
            at = _tokens(path)
            yield from (Secret(at=at, kind=kind, known=known, in_name=True) for kind, known in suspects.marked[name])


def _distinct_texts(root: JsonValue) -> tuple[list[str], set[str]]:
    """Return each text and name that is long enough to hold a secret once, and the texts of them that are searched.

    That is what is below one of the names `_SEARCHED`. Of a parameter that is a credential every text is searched,
    those that its schema allows too.
    """
    texts: set[str] = set()
    searched: set[str] = set()
    elsewhere: list[Any] = [root]
    below: list[Any] = []
    while elsewhere:
        node = elsewhere.pop()
        is_object = type(node) is dict
        if is_object and "in" in node and _is_credential(node):
            below.append(node)
            continue
        if is_object:
            texts.update(node)
        for key, child in node.items() if is_object else enumerate(node):
            kind = type(child)
            if kind is str:
                if len(child) >= SHORTEST:
                    (searched if key in _SEARCHED else texts).add(child)
            elif kind is dict or kind is list:
                (below if key in _SEARCHED else elsewhere).append(child)
    searched.update(_texts_within(below, texts))
    texts |= searched
    return [text for text in texts if len(text) >= SHORTEST], searched


def _texts_within(containers: list[Any], names: set[str]) -> set[str]:
    """Return the texts in `containers`, of which nothing is left, that are long enough; `names` gets those in them."""
    texts: set[str] = set()
    while containers:
        node = containers.pop()
        if type(node) is dict:
            names.update(node)
            node = node.values()
        for child in node:
            kind = type(child)
            if kind is str:
                if len(child) >= SHORTEST:
                    texts.add(child)
            elif kind is dict or kind is list:
                containers.append(child)
    return texts


def _suspects(texts: Sequence[str], searched: Collection[str]) -> _Suspects:
    starts = list(itertools.accumulate((len(text) + 1 for text in texts), initial=0))
    near = {texts[bisect.bisect_right(starts, place) - 1] for place in _suspicious("\0".join(texts))}
    marked = {text: found for text in near if (found := _marks(text))}
    assigned = {
        text
        for text in near
        if text in searched and any(_is_random(match[2]) for match in _ASSIGNED.finditer(_rest(text)))
    }
    random = {text for text in searched if _RANDOM.fullmatch(text) and text not in marked and _is_random(text)}
    return _Suspects(marked, assigned, random)


def _suspicious(text: str) -> Iterator[int]:
    """Yield where in `text` something stands that is worth a closer look."""
    for match in _BEGINNINGS.finditer(text):
        yield match.start()
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


def _marks(text: str) -> list[tuple[str, bool]]:
    """Return what secrets are in `text` by their form, and whether there is no doubt."""
    found = [(kind, True) for kind in kinds_of_secrets(text)]
    return [*found, ("a live token (JWT)", False)] if _JWT.search(without_secrets(text)) else found


def _rest(text: str) -> str:
    """Return `text` without what is a secret by its form: that is none beside."""
    return _JWT.sub("", without_secrets(text))


def _placed(root: JsonValue, texts: Collection[str]) -> Iterator[tuple[str, _Path, bool, bool]]:
    """Yield those of `texts` that are values, with their places: whether these are searched, and of a credential."""
    containers: list[tuple[Any, _Path, bool, bool]] = [(root, None, False, False)]
    while containers:
        node, path, searched, of_credential = containers.pop()
        is_object = type(node) is dict
        if is_object and "in" in node and _is_credential(node):
            searched = of_credential = True
        for key, child in node.items() if is_object else enumerate(node):
            kind = type(child)
            if kind is str:
                if child in texts:
                    yield child, (path, key), searched or key in _SEARCHED, of_credential
            elif kind is dict or kind is list:
                containers.append((child, (path, key), searched or key in _SEARCHED, of_credential))


def _named(root: JsonValue, names: Collection[str]) -> Iterator[tuple[str, _Path]]:
    """Yield those of `names` that members have, with their places."""
    containers: list[tuple[Any, _Path]] = [(root, None)] if names else []
    while containers:
        node, path = containers.pop()
        members: Iterable[tuple[Any, Any]] = node.items() if type(node) is dict else enumerate(node)
        for key, child in members:
            if key in names:
                yield key, (path, key)
            if type(child) is dict or type(child) is list:
                containers.append((child, (path, key)))


def _is_credential(parameter: Mapping[str, Any]) -> bool:
    name = parameter.get("name")
    return type(name) is str and _CREDENTIAL_PARAMETER.search(name) is not None


def _tokens(path: _Path) -> tuple[str | int, ...]:
    tokens = []
    while path is not None:
        path, token = path
        tokens.append(token)
    return tuple(reversed(tokens))


def _is_named(text: str, path: _Path, suspects: _Suspects, of_credential: bool) -> bool:
    """Tell whether `text` is one long word of a parameter that is a credential, or below a name that these have."""
    if text not in suspects.random:
        return False
    return of_credential or any(_CREDENTIAL_NAME.search(str(token)) for token in _tokens(path)[-3:])


def _is_random(word: str) -> bool:
    if not (re.search(r"\d", word) and re.search(r"[A-Za-z]", word)) or _UUID.match(word):
        return False
    counted = Counter(word)
    entropy = -sum(n / len(word) * math.log2(n / len(word)) for n in counted.values())
    return entropy >= _BITS
