"""What a flat schema says of its values: their types, what its author offers, what its members are."""

import itertools

from generator.json_values import JsonObject, JsonValue
from generator.samples.composition import CONTRADICTION, both, further_members, same
from generator.samples.patterns import matches
from generator.samples.texts import bounds


def member_schema(node: JsonObject, name: str) -> JsonValue:
    """Return the schema of the member `name`: what is declared for it, by name and by pattern, else for the others."""
    schema = _member_schema(node, name)
    for part in further_members(node):
        schema = both(schema, _member_schema(part, name))
    return schema


def declared_members(node: JsonObject) -> dict[str, None]:
    """Return the names of the members that are declared."""
    return dict.fromkeys(name for part in (node, *further_members(node)) for name in _map(part, "properties"))


def members_by_pattern(node: JsonObject) -> dict[str, None]:
    """Return the patterns by which members are declared."""
    return dict.fromkeys(name for part in (node, *further_members(node)) for name in _map(part, "patternProperties"))


def is_closed(node: JsonObject) -> bool:
    """Tell whether only declared members are allowed."""
    return any(part.get("additionalProperties") is False for part in (node, *further_members(node)))


def _map(node: JsonObject, keyword: str) -> JsonObject:
    value = node.get(keyword)
    return value if isinstance(value, dict) else {}


def _member_schema(node: JsonObject, name: str) -> JsonValue:
    members, patterns = node.get("properties"), node.get("patternProperties")
    found = [members[name]] if isinstance(members, dict) and name in members else []
    for pattern, schema in patterns.items() if isinstance(patterns, dict) else ():
        if matches(pattern, name):
            found.append(schema)
    if not found:
        return node.get("additionalProperties", node.get("unevaluatedProperties", True))
    schema = found[0]
    for other in found[1:]:
        schema = both(schema, other)
    return schema


def authored_values(node: JsonObject) -> list[JsonValue]:
    """Return what the schema's author offers, in the order in which it counts: example, examples, default.

    What has another type than the schema, or is none of its enum, is left out.
    """
    return [value for value in _offered(node) if _is_possible(node, value)]


def refused_values(node: JsonObject) -> list[JsonValue]:
    """Return what the schema's author offers before anything that is possible."""
    offered = [value for value in _offered(node) if value is not None]
    return list(itertools.takewhile(lambda value: not _is_possible(node, value), offered))


def _offered(node: JsonObject) -> list[JsonValue]:
    listed = node.get("examples")
    offered = [node[keyword] for keyword in ("example",) if keyword in node]
    offered += listed if isinstance(listed, list) else []
    return offered + ([node["default"]] if "default" in node else [])


def _is_possible(node: JsonObject, value: JsonValue) -> bool:
    choices = node.get("enum")
    return has_type(node, value) and (not isinstance(choices, list) or value in choices) and value is not None


def has_type(node: JsonObject, value: JsonValue) -> bool:
    """Tell whether `value` has one of the types that `node` names."""
    kinds = _declared_kinds(node)
    if not kinds:
        return True
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return "number" in kinds or (whole and "integer" in kinds)
    names = {str: "string", list: "array", dict: "object", type(None): "null"}
    return names[type(value)] in kinds


def _declared_kinds(node: JsonObject) -> list[str]:
    kind = node.get("type")
    return [str(item) for item in kind] if isinstance(kind, list) else [kind] if isinstance(kind, str) else []


_BOUNDED = {
    "string": (("minLength", "maxLength"),),
    "array": (("minItems", "maxItems"),),
    "object": (("minProperties", "maxProperties"),),
    "integer": (("minimum", "maximum"), ("exclusiveMinimum", "maximum"), ("minimum", "exclusiveMaximum")),
    "number": (("minimum", "maximum"), ("exclusiveMinimum", "maximum"), ("minimum", "exclusiveMaximum")),
}


def is_contradictory(node: JsonObject) -> bool:
    """Tell whether it is plain to see that nothing satisfies the flat schema `node`."""
    if CONTRADICTION in node:
        return True
    choices = node.get("enum")
    if "const" in node:
        listed = not isinstance(choices, list) or any(same(node["const"], choice) for choice in choices)
        return not listed or not has_type(node, node["const"])
    if isinstance(choices, list):
        return not any(has_type(node, choice) for choice in choices)
    kinds = _declared_kinds(node)
    return bool(kinds) and all(_is_out_of_bounds(node, kind) for kind in kinds)


def _is_out_of_bounds(node: JsonObject, kind: str) -> bool:
    for least, most in _BOUNDED.get(kind, ()):
        low, high = node.get(least), node.get(most)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            return True
    required = node.get("required")
    names = required if kind == "object" and isinstance(required, list) else []
    if len(names) > bounds(node, "Properties")[1]:
        return True
    return any(not may_be_called(node, str(name)) or member_schema(node, str(name)) is False for name in names)


_MOST_PARTS = 20
"""How many parts of `propertyNames` are looked at."""


def may_be_called(node: JsonObject, name: str) -> bool:
    """Tell whether a member may have this name, by what is plain to see in `propertyNames`."""
    waiting = [node.get("propertyNames")]
    for asked in waiting:
        if isinstance(asked, dict):
            least, most = bounds(asked, "Length")
            pattern, parts = asked.get("pattern"), asked.get("allOf")
            if not least <= len(name) <= most or (isinstance(pattern, str) and not matches(pattern, name)):
                return False
            waiting += parts[:_MOST_PARTS] if isinstance(parts, list) and len(waiting) < _MOST_PARTS else []
    return True


_OF_KIND = {
    "object": ("properties", "required", "additionalProperties", "minProperties", "propertyNames", "patternProperties"),
    "array": ("items", "prefixItems", "minItems", "contains", "uniqueItems"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
}
_ANY_KIND = ("string", "object", "number", "array", "boolean", "null")


def kinds_to_make(node: JsonObject) -> list[str]:
    """Return the types to make, the likeliest first: null last, and where none is named what the keywords speak of."""
    declared = _declared_kinds(node)
    if declared:
        return sorted(declared, key=lambda kind: kind == "null")
    spoken = [kind for kind, keywords in _OF_KIND.items() if any(keyword in node for keyword in keywords)]
    return list(dict.fromkeys((*spoken, *_ANY_KIND)))
