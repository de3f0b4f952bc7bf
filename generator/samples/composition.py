"""Two schemas as one: all of their constraints together, as far as one object can say them."""

import math

from generator.json_values import JsonObject, JsonValue

_LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"})
_SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"})

_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas"})
ALTERNATIVES = frozenset({"oneOf", "anyOf", "if", "then", "else", "$forbidden"})
_INNER = frozenset(
    {"items", "additionalProperties", "propertyNames", "contains", "unevaluatedItems", "unevaluatedProperties"}
)
DESCRIPTIVE = frozenset(
    {"title", "description", "example", "examples", "default", "deprecated", "xml", "readOnly", "writeOnly"}
)
"""Keywords that ask for nothing."""

FURTHER_MEMBERS = "$furtherMembers"
"""A keyword of our own: further parts that say of members what cannot be said together with the rest."""

_OF_MEMBERS = ("properties", "patternProperties", "additionalProperties")
_DEPENDS_ON = {
    "additionalProperties": ("properties", "patternProperties"),
    "items": ("prefixItems",),
    "contains": ("minContains", "maxContains"),
    "if": ("then", "else"),
}
"""Keywords whose meaning depends on others beside them."""

_ASKS_NOTHING: dict[str, tuple[JsonValue, ...]] = {
    **dict.fromkeys(("properties", "patternProperties", "dependentRequired", "dependentSchemas"), ({},)),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), (0,)),
    **dict.fromkeys(("items", "additionalProperties", "propertyNames"), (True, {})),
    "required": ([],),
    "uniqueItems": (False,),
}
"""The values of keywords with which they ask for nothing."""

CONTRADICTION = "$contradiction"
"""A keyword of our own: two parts of the schema ask for what nothing can be at once."""

FORMATS = "$formats"
"""A keyword of our own: the further formats of which a text has to be."""

_EXCLUSIVE = frozenset({"type", "enum", "const"})

_FIRST = DESCRIPTIVE | {"format"}
"""Keywords of which the first one's value is kept; further formats are kept beside it."""


def merge(first: JsonObject, second: JsonObject) -> JsonObject:
    """Return a schema object that asks for what `first` and `second` ask for.

    Alternatives of both stay apart, those of `second` in `allOf`. What contradicts itself is as `first` says; where
    that is plain to see, it is marked.
    """
    first, second = _with_members_apart(first, second)
    together = {**_joined_items(first, second), **_joined_members(first, second), **_joined_formats(first, second)}
    result = {**first, **together}
    if together:
        second = {keyword: value for keyword, value in second.items() if keyword not in together}
    apart: JsonObject = {}
    for keyword, value in second.items():
        if keyword not in result or keyword in _FIRST:
            result.setdefault(keyword, value)
        elif result[keyword] != value:
            joined = _joined(keyword, result[keyword], value)
            if keyword in ALTERNATIVES:
                apart[keyword] = value
            elif joined is not None:
                result[keyword] = joined
            elif keyword in _EXCLUSIVE:
                result[CONTRADICTION] = True
    if "if" in result and {"if", "then", "else"} & apart.keys():
        apart.update({keyword: second[keyword] for keyword in ("if", "then", "else") if keyword in second})
    if apart:
        composed = result.get("allOf")
        result["allOf"] = [*(composed if isinstance(composed, list) else []), apart]
    return result


def _joined_formats(first: JsonObject, second: JsonObject) -> JsonObject:
    """Return the formats of both, the first one's where it has one as `format`, the others beside it."""
    if "format" not in first or first["format"] == second.get("format", first["format"]):
        return {}
    further = [kept for part in (first, second) if isinstance(kept := part.get(FORMATS), list)]
    return {"format": first["format"], FORMATS: [*(name for kept in further for name in kept), second["format"]]}


def _joined_items(first: JsonObject, second: JsonObject) -> JsonObject:
    """Return the items that both ask for: where the shorter prefix has ended, its `items` hold (2020-12, 10.3.1.2)."""
    if "prefixItems" not in first and "prefixItems" not in second:
        return {}
    ours, theirs = _prefix(first), _prefix(second)
    rest, other_rest = first.get("items", True), second.get("items", True)
    joined = [
        both(ours[index] if index < len(ours) else rest, theirs[index] if index < len(theirs) else other_rest)
        for index in range(max(len(ours), len(theirs)))
    ]
    return {"prefixItems": joined, "items": both(rest, other_rest)}


def _with_members_apart(first: JsonObject, second: JsonObject) -> tuple[JsonObject, JsonObject]:
    """Return both, with what `second` says of members moved to FURTHER_MEMBERS of `first` where it cannot be joined.

    That is where one speaks of members by pattern, and the other of those that it does not name.
    """
    spoken = [part.keys() & {*_OF_MEMBERS, FURTHER_MEMBERS} for part in (first, second)]
    if not all(spoken):
        return first, second
    said = spoken[0] | spoken[1]
    is_apart = "patternProperties" in said and "additionalProperties" in said
    if not is_apart and FURTHER_MEMBERS not in said:
        return first, second
    own = {keyword: second[keyword] for keyword in _OF_MEMBERS if keyword in second}
    parts = [*further_members(first), own, *further_members(second)]
    rest = {keyword: value for keyword, value in second.items() if keyword not in {*_OF_MEMBERS, FURTHER_MEMBERS}}
    return {**first, FURTHER_MEMBERS: [part for part in parts if part]}, rest


def further_members(node: JsonObject) -> list[JsonObject]:
    """Return the further parts of a flat schema that speak of members."""
    parts = node.get(FURTHER_MEMBERS)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def asks_nothing(node: JsonObject) -> bool:
    """Tell whether everything satisfies `node`, plain to see."""
    return not any(is_asked(keyword, value) for keyword, value in node.items())


def is_implied(node: JsonObject, other: JsonValue) -> bool:
    """Tell whether the schema `other` asks for nothing but what `node` asks for in the same words."""
    if not isinstance(other, dict):
        return other is True
    return all(not is_asked(keyword, value) or _is_said(node, keyword, other) for keyword, value in other.items())


def _is_said(node: JsonObject, keyword: str, other: JsonObject) -> bool:
    """Tell whether `node` has a keyword with the same meaning as `other` has it."""
    if keyword not in node or keyword.startswith("unevaluated"):
        return False
    beside = _DEPENDS_ON.get(keyword, ())
    return same(node[keyword], other[keyword]) and all(node.get(each) == other.get(each) for each in beside)


def is_asked(keyword: str, value: JsonValue) -> bool:
    """Tell whether a keyword with this value asks for something."""
    return keyword not in DESCRIPTIVE and not any(same(value, idle) for idle in _ASKS_NOTHING.get(keyword, ()))


def _joined_members(first: JsonObject, second: JsonObject) -> JsonObject:
    """Return the members that both ask for: what one does not name is what it says of others (2020-12, 10.3.2.3)."""
    if not any(isinstance(part.get("additionalProperties"), dict) for part in (first, second)):
        return {}
    ours, theirs = _members(first), _members(second)
    return {"properties": {name: both(_member(first, name), _member(second, name)) for name in {**ours, **theirs}}}


def _members(node: JsonObject) -> JsonObject:
    members = node.get("properties")
    return members if isinstance(members, dict) else {}


def _member(node: JsonObject, name: str) -> JsonValue:
    """Return what `node` says of the member `name`; what it says by patterns stays with the patterns."""
    members, others = _members(node), node.get("additionalProperties")
    if name in members or not isinstance(others, dict) or node.get("patternProperties"):
        return members.get(name, True)
    return others


def _prefix(node: JsonObject) -> list[JsonValue]:
    prefix = node.get("prefixItems")
    return prefix if isinstance(prefix, list) else []


def _joined(keyword: str, first: JsonValue, second: JsonValue) -> JsonValue:
    """Return the value that says both; None where there is none."""
    if keyword in _MAPS and isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{name: both(first[name], item) if name in first else item for name, item in second.items()}}
    if keyword == "dependentRequired" and isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{name: _joined("required", first.get(name, []), second[name]) for name in second}}
    if isinstance(first, list) and isinstance(second, list):
        return _joined_lists(keyword, first, second)
    if keyword == "type":
        return _types(first, second)
    if isinstance(first, int | float) and isinstance(second, int | float):
        return _joined_numbers(keyword, first, second)
    if keyword == "not":
        return {"anyOf": [first, second]}
    if keyword == "pattern":
        return "".join(rf"(?=[\s\S]*?(?:{pattern}))" for pattern in (first, second))
    return both(first, second) if keyword in _INNER else None


def _joined_lists(keyword: str, first: list[JsonValue], second: list[JsonValue]) -> JsonValue:
    if keyword == "required":
        return [*first, *(name for name in second if name not in first)]
    if keyword == "enum":
        return [value for value in first if any(same(value, other) for other in second)] or None
    if keyword == "type":
        return _types(first, second)
    return [*first, *second] if keyword == "allOf" else None


def _joined_numbers(keyword: str, first: float, second: float) -> JsonValue:
    if keyword in _LARGER:
        return max(first, second)
    if keyword in _SMALLER:
        return min(first, second)
    if keyword == "multipleOf" and isinstance(first, int) and isinstance(second, int):
        return math.lcm(first, second)
    return (first or second) if keyword == "uniqueItems" else None


def both(first: JsonValue, second: JsonValue) -> JsonValue:
    """Return the schema that asks for what the schemas `first` and `second` ask for."""
    if isinstance(first, bool):
        return second if first else first
    if isinstance(second, bool):
        return first if second else second
    return {"allOf": [first, second]}


def same(first: JsonValue, second: JsonValue) -> bool:
    """Tell whether two values are the same in JSON, where `true` is not 1."""
    return first == second and isinstance(first, bool) == isinstance(second, bool)


def shares_type(first: JsonObject, second: JsonValue) -> bool:
    """Tell whether the schemas `first` and `second` may have a value in common, by what they say of its type."""
    if not isinstance(second, dict) or "type" not in first or "type" not in second:
        return True
    return _types(first["type"], second["type"]) is not None


def _types(first: JsonValue, second: JsonValue) -> JsonValue:
    """Return the types that both name; None where they share none."""
    ours = first if isinstance(first, list) else [first]
    theirs = second if isinstance(second, list) else [second]
    shared = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    shared += [kind for kind in theirs if kind == "integer" and "number" in ours and kind not in shared]
    return shared[0] if len(shared) == 1 else shared or None
