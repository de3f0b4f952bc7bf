"""A document in parts: a validator makes all errors of what it is given at once, each far larger than what is wrong."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from msgspec import Struct

from generator.json_values import JsonObject, JsonValue

MOST_NODES = 5_000
"""How many values a part holds: a whole document of no more is one part."""

_MAPS = ("paths", "webhooks", "definitions", "parameters", "responses")
"""The members of a document whose own members are looked at one by one; those of `components` are, too."""

_Path: TypeAlias = tuple[str, ...]
"""Names and indexes, both as text: the validator takes a name of digits for an index."""


class Part(Struct, frozen=True, kw_only=True):
    """A document with a part of what the whole one holds, at its place.

    `cut` are the places from the top to where it ends though the whole one goes on: what an error says of these need
    not be true of the whole one.
    """

    tree: JsonObject
    cut: tuple[_Path, ...] = ()


def parts(root: JsonObject) -> Iterator[Part]:
    """Yield the document in parts, or the whole of it where it is small; of a member too large its first values."""
    whole = _first_of(root)
    if not whole.cut:
        yield Part(tree=root)
        return
    components: Any = root.get("components")
    sections: JsonObject = components if isinstance(components, dict) else {}
    maps: dict[tuple[str, ...], Any] = {(name,): root[name] for name in _MAPS if isinstance(root.get(name), dict)}
    maps |= {("components", name): node for name, node in sections.items() if isinstance(node, dict)}
    rest: JsonObject = {**root, **{way[0]: {} for way in maps}}
    if sections:
        rest["components"] = {name: {} if isinstance(node, dict) else node for name, node in sections.items()}
    yield _first_of(rest)
    around: JsonObject = {name: root[name] for name in ("openapi", "swagger") if name in root}
    around |= {"info": {"title": "", "version": ""}, "paths": {}}
    for way, members in maps.items():
        for name, node in members.items():
            held: JsonValue = {name: node}
            yield _first_of({**around, **_held(way, held)})


def _held(way: tuple[str, ...], members: JsonValue) -> JsonObject:
    return {way[0]: {way[1]: members} if len(way) > 1 else members}


def _first_of(root: JsonObject) -> Part:
    """Return the first values of a document in its order, as many as a part may hold."""
    top: JsonObject = {}
    left = MOST_NODES
    open_: list[tuple[Any, Iterator[tuple[Any, JsonValue]], _Path]] = [(top, iter(root.items()), ())]
    while open_:
        copy, members, path = open_[-1]
        for key, child in members:
            left -= 1
            if left < 0:
                return Part(tree=top, cut=tuple(way for _, _, way in open_))
            inner: Any = {} if isinstance(child, dict) else [] if isinstance(child, list) else child
            _put(copy, key, inner)
            if isinstance(child, (dict, list)):
                open_.append((inner, iter(_members(child)), (*path, str(key))))
                break
        else:
            open_.pop()
    return Part(tree=top)


def _members(node: dict[str, JsonValue] | list[JsonValue]) -> Iterable[tuple[Any, JsonValue]]:
    return node.items() if isinstance(node, dict) else enumerate(node)


def _put(copy: Any, key: Any, value: Any) -> None:
    if isinstance(copy, dict):
        copy[key] = value
    else:
        copy.append(value)
