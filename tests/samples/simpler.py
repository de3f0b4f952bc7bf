"""Random schemas in simpler words, for a solver: the same values satisfy them."""

import itertools
import json
from collections.abc import Callable
from typing import Any

_DATA = frozenset({"const", "enum"})
_OF_ARRAYS = frozenset(
    {"type", "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains"}
)
_MAPS = ("properties", "patternProperties", "dependentRequired", "dependentSchemas")
_ASKS_NOTHING = {
    **dict.fromkeys(_MAPS, ("{}",)),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), ("0",)),
    **dict.fromkeys(("items", "additionalProperties", "propertyNames"), ("true", "{}")),
    "required": ("[]",),
    "uniqueItems": ("false",),
}
"""The values of keywords with which they ask for nothing."""

_SAID: dict[str, dict[str, object]] = {
    "char": {"minLength": 1, "maxLength": 1},
    "byte": {"pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},
    "int32": {},
    "int64": {},
    "float": {},
    "double": {},
    "password": {},
}
"""What formats that the solver does not know ask for, in other keywords; validators check no format of a number."""


def simpler(node: Any, is_possible: Callable[[Any], bool]) -> Any:
    """Return the schema `node` in simpler words; `is_possible` tells whether anything can satisfy a schema."""
    if isinstance(node, list):
        return [simpler(item, is_possible) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: value if key in _DATA else simpler(value, is_possible) for key, value in node.items()}
    return _with_plain_alternatives(_with_plain_format(inner), is_possible)


def _with_plain_format(node: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(node.get("format"), str) or node["format"] not in _SAID:
        return node
    said = _SAID[node["format"]]
    rest = {key: value for key, value in node.items() if key != "format"}
    return {"allOf": [rest, said]} if said else rest


def _with_plain_alternatives(node: dict[str, Any], is_possible: Callable[[Any], bool]) -> Any:
    """Return `node` without what it says twice: a `not` of all that it asks for, an alternative that it implies."""
    if isinstance(node.get("not"), dict | bool) and _implies(_without(node, "not"), node["not"]):
        return False
    alternatives = node.get("oneOf")
    if isinstance(alternatives, list):
        rest = _without(node, "oneOf")
        said = [_text(alternative) for alternative in alternatives]
        certain = [_implies(rest, alternative) for alternative in alternatives]
        others = [{"not": one} for one, sure in zip(alternatives, certain, strict=True) if not sure]
        if sum(certain) > 1 or all(said.count(one) > 1 for one in said):
            return False
        if sum(certain) == 1:
            return {"allOf": [rest, *others]}
    if node.get("type") == "array" and node.keys() <= _OF_ARRAYS and not _is_possible_array(node, is_possible):
        return False
    return node


def _without(node: dict[str, Any], keyword: str) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != keyword}


def _text(node: Any) -> str:
    return json.dumps(node, sort_keys=True)


def _implies(node: dict[str, Any], other: Any) -> bool:
    """Tell whether `other` asks for nothing that `node` does not ask for in the same words."""
    if isinstance(other, bool):
        return other
    return all(
        (key in node and _text(node[key]) == _text(value)) or _text(value) in _ASKS_NOTHING.get(key, ())
        for key, value in other.items()
    )


def _is_possible_array(node: dict[str, Any], is_possible: Callable[[Any], bool]) -> bool:
    """Tell whether an array satisfies `node`: whether for some length each item can be what it has to be."""
    prefix, rest = node.get("prefixItems", []), node.get("items", True)
    contained = node.get("contains", True)
    count = node.get("minContains", 1) if "contains" in node else 0
    least = node.get("minItems", 0)
    most = min(node.get("maxItems", 1000), max(least, len(prefix) + count))
    for length in range(least, most + 1):
        asked = [prefix[index] if index < len(prefix) else rest for index in range(length)]
        for chosen in itertools.combinations(range(length), count):
            items = [{"allOf": [one, contained]} if index in chosen else one for index, one in enumerate(asked)]
            if all(map(is_possible, items)) and not (node.get("uniqueItems") is True and _must_repeat(items)):
                return True
    return False


def _must_repeat(items: list[Any]) -> bool:
    """Tell whether items that can only be one of a few values cannot all be different ones."""
    few = [values for values in map(_values, items) if values is not None]
    return not any(len(set(chosen)) == len(chosen) for chosen in itertools.product(*few))


def _values(node: Any) -> list[str] | None:
    """Return the values of a schema as text, where a few are all that it can have, be they more than it has."""
    for part in [node, *(node.get("allOf", []) if isinstance(node, dict) else [])]:
        if not isinstance(part, dict):
            continue
        if "const" in part or "enum" in part:
            return [_text(value) for value in part.get("enum", [part.get("const")])]
        kinds = part.get("type") if isinstance(part.get("type"), list) else [part.get("type")]
        if set(kinds) <= {"boolean", "null"}:
            return [text for kind in kinds for text in (["true", "false"] if kind == "boolean" else ["null"])]
    return None
