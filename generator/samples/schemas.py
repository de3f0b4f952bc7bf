"""Schemas rewritten for a validator: for one direction, and without patterns that it cannot read."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.json_values import JsonObject, JsonValue, child_at, pointer_split
from generator.vocabulary import DATA_KEYWORDS, SCHEMA_MAPS

_DATA = DATA_KEYWORDS | {"discriminator", "xml"}
"""Keywords whose values are no schemas, whatever is in them."""


@lru_cache(maxsize=4096)
def definition_key(reference: str) -> str | None:
    """Return the KEY of a reference `#/$defs/KEY`; None where it is another kind of reference."""
    import urllib.parse

    tokens = pointer_split(urllib.parse.unquote(reference.removeprefix("#")))
    return tokens[1] if len(tokens) == 2 else None


def schema_at(node: JsonValue, way: tuple[str | int, ...], definitions: Mapping[str, JsonObject | bool]) -> JsonValue:
    """Return the schema to which `way` leads from `node`, or from `definitions` if it begins with `$defs`."""
    if way[:1] == ("$defs",):
        node, way = definitions.get(str(way[1]), True), way[2:]
    for step in way:
        node = child_at(node, str(step))
    return node


def for_direction(root: JsonValue, keyword: str, definitions: Mapping[str, JsonObject | bool]) -> Any:
    """Return the schema `root` where members marked by `keyword` (`readOnly` or `writeOnly`) may not be there.

    They are not required either, nor by a schema that is composed of theirs (OpenAPI 3.0.4, 4.7.24.1).
    """

    def change(node: JsonObject) -> JsonObject:
        hidden = set(hidden_members(node, keyword, definitions))
        members, required = node.get("properties"), node.get("required")
        changed: JsonObject = {}
        if hidden and isinstance(members, dict):
            changed["properties"] = {name: name not in hidden and item for name, item in members.items()}
        if hidden and isinstance(required, list):
            changed["required"] = [name for name in required if name not in hidden]
        return {**node, **changed}

    return _rewritten(root, change)


def without_unreadable_patterns(root: JsonValue, is_readable: Callable[[str], bool]) -> Any:
    """Return the schema `root` without the patterns of which `is_readable` says no."""

    def change(node: JsonObject) -> JsonObject:
        pattern, patterns = node.get("pattern"), node.get("patternProperties")
        changed = {key: value for key, value in node.items() if key != "pattern"}
        if isinstance(pattern, str) and is_readable(pattern):
            changed["pattern"] = pattern
        if isinstance(patterns, dict):
            changed["patternProperties"] = {name: item for name, item in patterns.items() if is_readable(name)}
        return changed

    return _rewritten(root, change)


def _rewritten(root: JsonValue, change: Callable[[JsonObject], JsonObject]) -> Any:
    """Return a copy of `root` in which each schema object is what `change` makes of it; by a loop, however deep."""
    holder: Any = [root]
    waiting: list[tuple[Any, Any, bool]] = [(holder, 0, False)]
    while waiting:
        parent, slot, is_map = waiting.pop()
        node = parent[slot]
        if isinstance(node, dict):
            copy: Any = dict(node) if is_map else change(node)
            waiting += [(copy, key, not is_map and key in SCHEMA_MAPS) for key in copy if is_map or key not in _DATA]
        elif isinstance(node, list):
            copy = list(node)
            waiting += [(copy, index, False) for index in range(len(copy))]
        else:
            continue
        parent[slot] = copy
    return holder[0]


def hidden_members(node: JsonObject, keyword: str, definitions: Mapping[str, JsonObject | bool]) -> Iterator[str]:
    """Yield the members of `node`, and of what it is composed of, that do not travel."""
    waiting: list[JsonValue] = [node]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen.add(id(part))
        members, composed, reference = part.get("properties"), part.get("allOf"), part.get("$ref")
        for name, member in members.items() if isinstance(members, dict) else ():
            if is_marked(member, keyword, definitions):
                yield name
        waiting += composed if isinstance(composed, list) else []
        if isinstance(reference, str) and (key := definition_key(reference)) is not None:
            waiting.append(definitions.get(key))


def is_marked(member: JsonValue, keyword: str, definitions: Mapping[str, JsonObject | bool]) -> bool:
    """Tell whether `member`, or what it refers to or is composed of by allOf, is marked by `keyword`."""
    waiting = [member]
    for _ in range(50):
        part = waiting.pop() if waiting else False
        if not isinstance(part, dict):
            if not waiting:
                return False
            continue
        if part.get(keyword) is True:
            return True
        reference, composed = part.get("$ref"), part.get("allOf")
        waiting += composed if isinstance(composed, list) else []
        if isinstance(reference, str) and (key := definition_key(reference)) is not None:
            waiting.append(definitions.get(key))
    return False
