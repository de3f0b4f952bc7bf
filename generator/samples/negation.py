"""What a schema forbids, said as what may be made instead."""

import itertools
from collections.abc import Iterable

from generator.json_values import JsonObject, JsonValue
from generator.samples.flat import may_be_called, member_schema
from generator.samples.patterns import pattern_text

_KINDS = ("string", "integer", "number", "boolean", "object", "array", "null")
_LIMITS: dict[str, tuple[str, str, int]] = {
    "minLength": ("string", "maxLength", -1),
    "maxLength": ("string", "minLength", 1),
    "minItems": ("array", "maxItems", -1),
    "maxItems": ("array", "minItems", 1),
    "minProperties": ("object", "maxProperties", -1),
    "maxProperties": ("object", "minProperties", 1),
    "minimum": ("number", "exclusiveMaximum", 0),
    "maximum": ("number", "exclusiveMinimum", 0),
    "exclusiveMinimum": ("number", "maximum", 0),
    "exclusiveMaximum": ("number", "minimum", 0),
}
"""For each limit: the type that it is for, the opposite limit, and how far beyond it begins."""

_UNSAID = frozenset({"const", "enum", "pattern", "format", "multipleOf"})
"""Keywords that are violated by luck: by what is made where they are not heeded."""

_MOST_NAMES = 10
"""How many members that are there anyway may be the one that is forbidden."""

_MOST_TOGETHER = 4
"""How many alternatives are paired, of which only one may hold."""

FORBIDDEN = "$forbidden"
"""A keyword of our own: as `not`, but it has to be met by what is made, not only by luck."""

_UNUSUAL = "-"
_NAMES = ("key", "Other", "x1", "z", _UNUSUAL, "a-name-that-is-longer-than-most-names-may-be")
_ODD_NAMES = (*_NAMES[-2:], "aNameThatIsLongerThanMostNamesMayBe", "NameThatIsLongerThanMostNamesMayBe", "A")
"""Names for members, and such of which few schemas of names accept all."""

_ODD = ("not so", "\\ %", "(", "not so, and not at all", "/(not so")
"""Texts of few formats."""


def negations(node: JsonValue) -> list[JsonValue]:
    """Return schemas whose values `node` does not accept, as far as they can be said; none where it accepts all.

    Values are verified afterwards: what cannot be said as a schema is left to that.
    """
    if node is False:
        return [True]
    if not isinstance(node, dict):
        return []
    unsaid: list[JsonValue] = [{"type": "string", "enum": list(_ODD)}] if "format" in node else []
    unsaid += [True] if node.keys() & _UNSAID else []
    return [*_of_limits(node), *_of_members(node), *_of_items(node), *_of_parts(node), *_of_types(node), *unsaid]


def _of_types(node: JsonObject) -> list[JsonValue]:
    kind = node.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    others = [other for other in _KINDS if other not in kinds]
    if "number" in kinds:
        others.remove("integer")
    return [{"type": other} for other in others] if "type" in node else []


def _of_limits(node: JsonObject) -> list[JsonValue]:
    found: list[JsonValue] = []
    for keyword, (kind, opposite, beyond) in _LIMITS.items():
        limit = node.get(keyword)
        if isinstance(limit, int | float) and limit + beyond >= (0 if beyond else limit):
            found.append({"type": kind, opposite: limit + beyond})
    return found


def _of_members(node: JsonObject) -> list[JsonValue]:
    """Return object schemas in which a member is missing, is another thing than it should be, or is one too many."""
    asked, members, patterns = node.get("required"), _map(node, "properties"), _map(node, "patternProperties")
    found: list[JsonValue] = [
        {"type": "object", "properties": {str(name): False}} for name in (asked if isinstance(asked, list) else [])
    ]
    found += [_with_member(name, {FORBIDDEN: schema}) for name, schema in members.items()]
    for pattern, schema in patterns.items():
        names = dict.fromkeys((pattern_text(pattern), pattern_text(pattern, 3)))
        found += [_with_member(name or _UNUSUAL, {FORBIDDEN: schema}) for name in names]
    found += [_with_member(name, True) for name in _names_that_may_not_be(node)]
    extra = node.get("additionalProperties")
    if isinstance(extra, dict):
        free: JsonObject = {"properties": members, "patternProperties": patterns, "additionalProperties": False}
        found += [_with_member(name, {FORBIDDEN: extra}) for name in _NAMES if member_schema(free, name) is False][:2]
    found += [
        {"type": "object", "required": [name], "allOf": [{FORBIDDEN: schema}]}
        for name, schema in _map(node, "dependentSchemas").items()
    ]
    for name, others in _map(node, "dependentRequired").items():
        found += [
            {"type": "object", "required": [name], "properties": {str(other): False}}
            for other in (others if isinstance(others, list) else [])
            if other != name
        ]
    return found


def negations_of_others(node: JsonValue, names: Iterable[JsonValue]) -> list[JsonValue]:
    """Return object schemas in which a member of `names` is not what `node` asks of those that it does not name."""
    extra = node.get("additionalProperties") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(extra, dict):
        return []
    free = {**node, "additionalProperties": False}
    first = map(str, itertools.islice(names, _MOST_NAMES))
    return [_with_member(name, {FORBIDDEN: extra}) for name in first if member_schema(free, name) is False]


def _names_that_may_not_be(node: JsonObject) -> list[str]:
    """Return names that members of `node` may not have."""
    found: list[str] = []
    if "propertyNames" in node:
        found += [name for name in _ODD_NAMES if not may_be_called(node, name)] or [_UNUSUAL]
    if node.get("additionalProperties") is False:
        found += [name for name in (*_NAMES, *_ODD_NAMES[2:]) if member_schema(node, name) is False][:3]
    if node.get("unevaluatedProperties") is False:
        found.append(_UNUSUAL)
    return found


def _map(node: JsonObject, keyword: str) -> JsonObject:
    value = node.get(keyword)
    return value if isinstance(value, dict) else {}


def _with_member(name: str, schema: JsonValue) -> JsonValue:
    return {"type": "object", "required": [name], "properties": {name: schema}}


def _of_parts(node: JsonObject) -> list[JsonValue]:
    """Return what violates a part of what `node` is composed of, or every one of its alternatives."""
    found: list[JsonValue] = [{FORBIDDEN: part} for part in _list(node, "allOf")]
    found += [
        {"allOf": [{FORBIDDEN: part} for part in _list(node, keyword)]}
        for keyword in ("anyOf", "oneOf")
        if _list(node, keyword)
    ]
    exclusive = _list(node, "oneOf")[:_MOST_TOGETHER]
    found += [{"allOf": list(pair)} for pair in itertools.combinations(exclusive, 2)]
    if isinstance(node.get("not"), dict):
        found.append(node["not"])
    if "if" in node:
        found += [{"allOf": [node["if"], {FORBIDDEN: node["then"]}]}] if "then" in node else []
        found += [{"allOf": [{FORBIDDEN: node["if"]}, {FORBIDDEN: node["else"]}]}] if "else" in node else []
    return found


def _of_items(node: JsonObject) -> list[JsonValue]:
    """Return array schemas in which an item is another thing than it should be, is missing, or is one too many."""
    prefix = _list(node, "prefixItems")
    found: list[JsonValue] = [
        {"type": "array", "minItems": index + 1, "prefixItems": [*[True] * index, {FORBIDDEN: item}]}
        for index, item in enumerate(prefix)
    ]
    if node.get("uniqueItems") is True:
        found.append({"type": "array", "minItems": 2, "items": {"const": "example"}})
    for keyword in ("items", "unevaluatedItems"):
        if node.get(keyword, True) is not True:
            others: list[JsonValue] = [True] * len(prefix)
            wrong = [*others, {FORBIDDEN: node[keyword]}]
            found.append({"type": "array", "minItems": len(wrong), "prefixItems": wrong})
    if isinstance(node.get("contains"), dict):
        found.append({"type": "array", "items": {FORBIDDEN: node["contains"]}})
    return found


def _list(node: JsonObject, keyword: str) -> list[JsonValue]:
    value = node.get(keyword)
    return value if isinstance(value, list) else []
