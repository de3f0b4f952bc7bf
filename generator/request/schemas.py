"""What forms and XML need to know of a schema beside its sample: references, members, required names."""

import urllib.parse
from collections.abc import Mapping
from typing import TypeAlias

from generator.json_values import JsonObject, JsonValue, pointer_split
from generator.model import Schema

Definitions: TypeAlias = "Mapping[str, JsonObject | bool]"

_CHAIN = 50
"""References to references that are followed at most; a longer chain is a loop."""


def resolved(schema: Schema | None, definitions: Definitions) -> Schema | None:
    """Return the schema that `schema` is behind references."""
    if schema is None:
        return None
    return Schema(node=resolved_node(schema.node, definitions), place=schema.place)


def resolved_node(node: JsonValue, definitions: Definitions) -> JsonObject:
    """Return the schema object that `node` is behind references; an empty one where there is none."""
    for _ in range(_CHAIN):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            break
        tokens = pointer_split(urllib.parse.unquote(reference.removeprefix("#")))
        node = definitions.get(tokens[1], {}) if len(tokens) == 2 else {}
    return node if isinstance(node, dict) else {}


def members(node: JsonObject, definitions: Definitions) -> dict[str, JsonObject]:
    """Return the properties of `node` and of what it is composed of by allOf, each behind its references."""
    found: dict[str, JsonObject] = {}
    for part in _parts(node, definitions):
        properties = part.get("properties")
        for name, member in (properties if isinstance(properties, dict) else {}).items():
            found.setdefault(name, resolved_node(member, definitions))
    return found


def _parts(node: JsonObject, definitions: Definitions) -> list[JsonObject]:
    parts: list[JsonObject] = []
    waiting, seen = [resolved_node(node, definitions)], set[int]()
    while waiting:
        part = waiting.pop(0)
        if id(part) in seen:
            continue
        seen.add(id(part))
        parts.append(part)
        composed = part.get("allOf")
        waiting.extend(resolved_node(item, definitions) for item in (composed if isinstance(composed, list) else []))
    return parts


def required_names(schema: Schema | None, definitions: Definitions) -> frozenset[str]:
    """Return the names that `schema`, or what it is composed of by allOf, requires."""
    names: set[str] = set()
    for part in _parts(resolved_node(schema.node, definitions), definitions) if schema else ():
        required = part.get("required")
        names.update(name for name in (required if isinstance(required, list) else []) if isinstance(name, str))
    return frozenset(names)


def property_schemas(schema: Schema | None, definitions: Definitions) -> dict[str, Schema]:
    """Return the schemas of the members, behind references, by their names."""
    if schema is None:
        return {}
    found = members(resolved_node(schema.node, definitions), definitions)
    return {name: Schema(node=node, place=schema.place) for name, node in found.items()}
