"""Schemas composed by allOf as one schema: all of their constraints together."""

import math
from collections.abc import Mapping

from generator.json_values import JsonObject, JsonValue

_LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"})
_SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"})


def merge(first: JsonObject, second: JsonObject) -> JsonObject:
    """Return a schema object that asks for what `first` and `second` ask for, as far as one object can say it."""
    result = dict(first)
    for keyword, value in second.items():
        if keyword not in result:
            result[keyword] = value
        elif result[keyword] != value:
            result[keyword] = _joined(keyword, result[keyword], value)
    return result


def _joined(keyword: str, first: JsonValue, second: JsonValue) -> JsonValue:  # noqa: PLR0911 - a table of keywords
    if keyword in {"properties", "patternProperties"} and isinstance(first, dict) and isinstance(second, dict):
        return {
            **first,
            **{name: _both(first[name], node) if name in first else node for name, node in second.items()},
        }
    if keyword == "required" and isinstance(first, list) and isinstance(second, list):
        return [*first, *(name for name in second if name not in first)]
    if keyword == "enum" and isinstance(first, list) and isinstance(second, list):
        return [value for value in first if value in second] or first
    if keyword == "type":
        return _types(first, second)
    if keyword in {"allOf", "anyOf", "oneOf"} and isinstance(first, list) and isinstance(second, list):
        return [*first, *second] if keyword == "allOf" else first
    if keyword in _LARGER | _SMALLER and isinstance(first, int | float) and isinstance(second, int | float):
        return max(first, second) if keyword in _LARGER else min(first, second)
    if keyword == "multipleOf" and isinstance(first, int) and isinstance(second, int):
        return math.lcm(first, second)
    if keyword in {"items", "additionalProperties", "propertyNames", "contains"}:
        return _both(first, second)
    return first


def _both(first: JsonValue, second: JsonValue) -> JsonValue:
    if isinstance(first, bool):
        return second if first else first
    if isinstance(second, bool):
        return first if second else second
    return {"allOf": [first, second]}


def _types(first: JsonValue, second: JsonValue) -> JsonValue:
    ours = first if isinstance(first, list) else [first]
    theirs = second if isinstance(second, list) else [second]
    both = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    both += [kind for kind in theirs if kind == "integer" and "number" in ours and kind not in both]
    return both[0] if len(both) == 1 else both or first


def without_composition(node: Mapping[str, JsonValue]) -> JsonObject:
    """Return `node` without its alternatives and compositions."""
    return {keyword: value for keyword, value in node.items() if keyword not in {"allOf", "anyOf", "oneOf", "$ref"}}
