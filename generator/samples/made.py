"""Values made from a schema where its author gives none."""

import enum
import json
from collections.abc import Mapping

from msgspec import Struct

from generator.json_values import JsonObject, JsonValue, pointer_split
from generator.samples.merging import merge, without_composition
from generator.samples.numbers import made_number
from generator.samples.patterns import pattern_text
from generator.samples.texts import FORMATS, fitted, named_text

_MOST_NODES = 2000
_DEEPEST = 12
_MOST_ITEMS = 100
_LONGEST_TEXT = 100_000


class Direction(enum.Enum):
    """Whether a value is sent or received: `readOnly` members are not sent, `writeOnly` ones not received."""

    REQUEST = "readOnly"
    RESPONSE = "writeOnly"


class NothingFitsError(Exception):
    """No value can be made here: an enclosing optional member is left out instead."""


class Attempt(Struct, frozen=True, kw_only=True):
    """One way to make a value: which alternative of anyOf and oneOf, with optional members, with what authors give."""

    branch: int = 0
    full: bool = True
    authored: bool = True


class _Budget(Struct):
    """What one sample may still spend."""

    nodes: int
    branch: int
    full: bool
    authored: bool = True


class Maker:
    """Makes values for one direction from schemas whose references are in `definitions`."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool], direction: Direction) -> None:
        self._definitions = definitions
        self._direction = direction

    def make(self, node: JsonValue, name: str, attempt: Attempt) -> JsonValue:
        """Return a value for the schema `node` of the member `name`, made as `attempt` says.

        Raises NothingFitsError where the schema allows nothing, or needs itself without end.
        """
        return self._value(node, name, (), _Budget(_MOST_NODES, attempt.branch, attempt.full, attempt.authored))

    def resolved(self, node: JsonValue) -> JsonObject:
        """Return the schema object that `node` is behind its references; an empty one where anything goes."""
        seen = 0
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and seen < 50:
            beside = {keyword: value for keyword, value in node.items() if keyword != "$ref"}
            target = self._target(str(node["$ref"]))
            node = merge(target, beside) if beside and isinstance(target, dict) else target
            seen += 1
        return node if isinstance(node, dict) else {}

    def _target(self, reference: str) -> JsonObject | bool:
        import urllib.parse

        tokens = pointer_split(urllib.parse.unquote(reference.removeprefix("#")))
        return self._definitions.get(tokens[1], True) if len(tokens) == 2 else True

    def _value(self, node: JsonValue, name: str, path: tuple[str, ...], budget: _Budget) -> JsonValue:
        if node is False:
            raise NothingFitsError
        budget.nodes -= 1
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            reference = str(node["$ref"])
            if path.count(reference) > 1 or (path.count(reference) and not budget.full) or len(path) > 60:
                raise NothingFitsError
            path = (*path, reference)
        flat, path = self._flat(self.resolved(node), path, budget)
        authored = _authored(flat, examples=budget.authored)
        if authored is not None:
            return authored[0]
        return self._typed(flat, name, path, budget)

    def _flat(self, node: JsonObject, path: tuple[str, ...], budget: _Budget) -> tuple[JsonObject, tuple[str, ...]]:
        """Return the schema with its allOf, and one alternative of anyOf and oneOf, merged in."""
        rounds = 0
        while rounds < 20 and any(keyword in node for keyword in ("allOf", "anyOf", "oneOf", "$ref")):
            rounds += 1
            flat = without_composition(node)
            composed = node.get("allOf")
            for part in composed if isinstance(composed, list) else []:
                path = self._entered(part, path)
                flat = merge(flat, self.resolved(part))
            for keyword in ("oneOf", "anyOf"):
                alternatives = node.get(keyword)
                if isinstance(alternatives, list) and alternatives:
                    chosen = self._alternative(alternatives, path, budget)
                    path = self._entered(chosen, path)
                    flat = self._discriminated(merge(flat, self.resolved(chosen)), node, chosen)
            node = flat
        return node, path

    def _entered(self, node: JsonValue, path: tuple[str, ...]) -> tuple[str, ...]:
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            return path
        if path.count(reference) > 1:
            raise NothingFitsError
        return (*path, reference)

    def _alternative(self, alternatives: list[JsonValue], path: tuple[str, ...], budget: _Budget) -> JsonValue:
        usable = [a for a in alternatives if a is not False and self.resolved(a).get("type") != "null"] or alternatives
        fresh = [a for a in usable if not (isinstance(a, dict) and a.get("$ref") in path)] or usable
        return fresh[budget.branch % len(fresh)]

    def _discriminated(self, flat: JsonObject, owner: JsonObject, chosen: JsonValue) -> JsonObject:
        """Add the discriminator's value for the chosen alternative (OpenAPI 3.0.4 section 4.7.25)."""
        discriminator = owner.get("discriminator")
        name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
        reference = chosen.get("$ref") if isinstance(chosen, dict) else None
        if not isinstance(name, str) or not isinstance(reference, str) or not isinstance(discriminator, dict):
            return flat
        mapping = discriminator.get("mapping")
        names = [key for key, target in mapping.items() if target == reference] if isinstance(mapping, dict) else []
        value = names[0] if names else reference.rpartition("~1")[2]
        properties = flat.get("properties")
        members = dict(properties) if isinstance(properties, dict) else {}
        members[name] = {"const": value}
        required = flat.get("required")
        needed = [*(required if isinstance(required, list) else []), name]
        return {**flat, "properties": members, "required": list(dict.fromkeys(map(str, needed)))}

    def _typed(self, node: JsonObject, name: str, path: tuple[str, ...], budget: _Budget) -> JsonValue:
        kind = _type(node)
        if kind == "object":
            return self._object(node, path, budget)
        if kind == "array":
            return self._array(node, name, path, budget)
        if kind in {"integer", "number"}:
            return made_number(node, name, integer=kind == "integer")
        if kind == "string":
            return _string(node, name)
        return {"boolean": True, "null": None}.get(kind, "example")

    def _object(self, node: JsonObject, path: tuple[str, ...], budget: _Budget) -> JsonValue:
        declared = node.get("properties")
        members = declared if isinstance(declared, dict) else {}
        asked = node.get("required")
        required = [str(name) for name in asked] if isinstance(asked, list) else []
        value: JsonObject = {}
        most = _count(node, "maxProperties", _MOST_NODES)
        for member, schema in members.items():
            if self.resolved(schema).get(self._direction.value) is True:
                continue
            if member not in required and not self._affordable(budget, path, len(value), most):
                continue
            try:
                value[member] = self._value(schema, member, path, budget)
            except NothingFitsError:
                if member in required:
                    raise
        self._undeclared(node, value, required, path, budget)
        return value

    def _affordable(self, budget: _Budget, path: tuple[str, ...], count: int, most: int) -> bool:
        return budget.full and budget.nodes > 0 and len(path) < _DEEPEST and count < most

    def _undeclared(
        self, node: JsonObject, value: JsonObject, required: list[str], path: tuple[str, ...], budget: _Budget
    ) -> None:
        """Add members that are asked for without being declared, and one entry to a map."""
        declared = node.get("properties")
        members = declared if isinstance(declared, dict) else {}
        extra = node.get("additionalProperties", True)
        for member in required:
            if member not in value and member not in members:
                value[member] = self._value(extra, member, path, budget)
        least = _count(node, "minProperties", 0)
        if isinstance(extra, dict) and not members and budget.full and budget.nodes > 0:
            least = max(least, 1)
        index = 0
        while len(value) < min(least, _MOST_ITEMS) and extra is not False:
            index += 1
            key = self._key(node, index)
            if key in value and index > 1000:
                break
            try:
                value.setdefault(key, self._value(extra, key, path, budget))
            except NothingFitsError:
                break

    def _key(self, node: JsonObject, index: int) -> str:
        names = node.get("propertyNames")
        patterns = node.get("patternProperties")
        if isinstance(names, dict):
            made = self._value(names, "key", (), _Budget(50, index, False))
            key = made if isinstance(made, str) else "key"
            return key if index == 1 else f"{key}{index}"
        if isinstance(patterns, dict) and patterns and node.get("additionalProperties") is False:
            return pattern_text(next(iter(patterns)), 0, 100) or "key"
        return "key" if index == 1 else f"key{index}"

    def _array(self, node: JsonObject, name: str, path: tuple[str, ...], budget: _Budget) -> JsonValue:
        prefix = node.get("prefixItems")
        value = [self._value(item, name, path, budget) for item in (prefix if isinstance(prefix, list) else [])]
        items = node.get("items", True)
        least = _count(node, "minItems", 0)
        if isinstance(contains := node.get("contains"), dict):
            items = merge(self.resolved(items), self.resolved(contains))
            least = max(least, len(value) + _count(node, "minContains", 1))
        wanted = min(max(least, 1 if budget.full or least else 0), _count(node, "maxItems", _MOST_ITEMS), _MOST_ITEMS)
        singular = name.removesuffix("s")
        while len(value) < wanted and items is not False:
            try:
                item = self._value(items, singular, path, budget)
            except NothingFitsError:
                if len(value) < least:
                    raise
                break
            if node.get("uniqueItems") is True and item in value:
                item = self._another(items, value)
            value.append(item)
        return value

    def _another(self, items: JsonValue, taken: list[JsonValue]) -> JsonValue:
        """Return an item that is not in `taken` yet."""
        node = self.resolved(items)
        choices = node.get("enum")
        for choice in choices if isinstance(choices, list) else []:
            if choice not in taken:
                return choice
        last = taken[-1]
        if isinstance(last, bool):
            return not last
        if isinstance(last, int | float):
            step = node.get("multipleOf", 1)
            return last + (step if isinstance(step, int | float) else 1)
        if isinstance(last, str):
            length = _count(node, "maxLength", 1000)
            longer = f"{last}{len(taken) + 1}"
            return longer if len(longer) <= length else f"{last[: length - 3]}{len(taken):03}"[-length:]
        return last


def _authored(node: JsonObject, *, examples: bool) -> tuple[JsonValue] | None:
    """Return what the schema itself gives: const, then, if wanted, example, examples, default; then enum."""
    if "const" in node:
        return (node["const"],)
    choices = node.get("enum")
    for keyword in ("example", "examples", "default") if examples else ():
        value = node.get(keyword)
        value = (value[0] if value else None) if keyword == "examples" and isinstance(value, list) else value
        fits = not isinstance(choices, list) or value in choices
        if value is not None and fits and matches_type(node, value) and not _holds_direction(node):
            return (value,)
    if isinstance(choices, list):
        return (next((choice for choice in choices if choice is not None), choices[0] if choices else None),)
    return None


def _holds_direction(node: JsonObject) -> bool:
    """Tell whether some member is only sent or only received, so that an example of the whole may not fit."""
    members = node.get("properties")
    nodes = members.values() if isinstance(members, dict) else ()
    return any(isinstance(item, dict) and (item.get("readOnly") or item.get("writeOnly")) for item in nodes)


def _types(node: JsonObject) -> list[str]:
    kind = node.get("type")
    return [str(item) for item in kind] if isinstance(kind, list) else [kind] if isinstance(kind, str) else []


def matches_type(node: JsonObject, value: JsonValue) -> bool:
    """Tell whether `value` has one of the types that `node` names."""
    kinds = _types(node)
    if not kinds:
        return True
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, int):
        return "integer" in kinds or "number" in kinds
    if isinstance(value, float):
        return "number" in kinds or ("integer" in kinds and value.is_integer())
    names = {str: "string", list: "array", dict: "object", type(None): "null"}
    return names[type(value)] in kinds


def _type(node: JsonObject) -> str:
    """Return the type to make: the first that is not null, else what the keywords speak of."""
    kinds = _types(node)
    if kinds:
        return next((kind for kind in kinds if kind != "null"), "null")
    if any(key in node for key in ("properties", "required", "additionalProperties", "minProperties", "propertyNames")):
        return "object"
    if any(key in node for key in ("items", "prefixItems", "minItems", "contains", "uniqueItems")):
        return "array"
    if any(key in node for key in ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")):
        return "number"
    return "string"


def _count(node: JsonObject, keyword: str, default: int) -> int:
    value = node.get(keyword)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _string(node: JsonObject, name: str) -> str:
    shortest = min(_count(node, "minLength", 0), _LONGEST_TEXT)
    longest = max(min(_count(node, "maxLength", _LONGEST_TEXT), _LONGEST_TEXT), 0)
    pattern = node.get("pattern")
    wanted = FORMATS.get(str(node.get("format")), "")
    if isinstance(pattern, str):
        return _patterned(pattern, wanted or named_text(name), shortest, longest)
    if wanted and shortest <= len(wanted) <= longest:
        return wanted
    if isinstance(node.get("contentMediaType"), str) and "json" in str(node["contentMediaType"]):
        return json.dumps({})
    return fitted(wanted or named_text(name), shortest, longest)


def _patterned(pattern: str, wanted: str, shortest: int, longest: int) -> str:
    import re

    try:
        if re.search(pattern, wanted) and shortest <= len(wanted) <= longest:
            return wanted
    except (re.error, OverflowError):
        return fitted(wanted, shortest, longest)
    return pattern_text(pattern, shortest, longest) or fitted(wanted, shortest, longest)
