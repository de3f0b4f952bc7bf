"""Schemas of every version as JSON Schema 2020-12, references as `#/$defs/KEY`, each target read once."""

import urllib.parse
from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.model import Schema
from generator.references import Target, Unresolvable, dynamic_anchors, is_dynamic, resolve, step
from generator.vocabulary import SCHEMA_LISTS, SCHEMA_MAPS

Translate: TypeAlias = "Callable[[JsonObject], JsonObject]"
"""Rewrites one schema object's own keywords from its version's dialect; may return the object itself."""

DynamicScope: TypeAlias = "Mapping[str, Place]"
"""The dynamic anchors that hold where a schema is read, by their names (JSON Schema 2020-12, 8.2.3.2)."""

_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_SCHEMA = frozenset(
    {
        "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then",
        "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
_SCHEMA_MAPS = SCHEMA_MAPS | {"definitions"}
_COUNTS = frozenset(
    {
        "maxContains", "maxItems", "maxLength", "maxProperties", "minContains", "minItems", "minLength",
        "minProperties",
    }
)  # fmt: skip
_NUMBERS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"})
_RANGES = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32)},
}
"""The least and the greatest value of the formats of whole numbers that are smaller than what JSON can carry."""

_MOST_VARIANTS = 300
"""How many schemas are read once more for other dynamic anchors; without an end each could be, for each set of them."""

_DROPPED = frozenset({"$schema", "$id", "$vocabulary", "$comment", "$dynamicAnchor", "$anchor", "id"})
_TEXTS = frozenset({"pattern", "format", "title", "description", "$ref", "$dynamicRef"})
_NESTED = _SCHEMA | SCHEMA_LISTS | _SCHEMA_MAPS


def definition_reference(key: str) -> str:
    """Return the `$ref` that names the definition `key` (RFC 6901 section 6)."""
    return "#" + urllib.parse.quote(pointer_join("", "$defs", key), safe="/~!$&'()*+,;=:@?-._")


_Slot: TypeAlias = "tuple[JsonValue, JsonObject | list[JsonValue], str | int, Place]"
"""A schema still to be read, where the result goes, and where the document has it."""


class SchemaReader:
    """Reads a document's schemas; what references name gathers in `definitions`."""

    def __init__(self, document: Document, translate: Translate) -> None:
        self.definitions: dict[str, JsonObject | bool] = {}
        self._document = document
        self._translate = translate
        self._waiting: list[tuple[str, JsonValue, Place, DynamicScope]] = []
        self._references: dict[tuple[Place, str, tuple[str, ...]], str | None] = {}
        self._targets: dict[tuple[Place, str], Target | None] = {}
        self._scope: DynamicScope = {}
        self._variants = 0
        named = [resource.identifiers for resource in document.resources.values()]
        self._has_ids = any(names.ids for names in named)
        self._has_dynamic_anchors = any(names.dynamic_anchors for names in named)
        self._read: dict[tuple[str, bytes], JsonObject | bool] = {}

    def read(self, node: JsonValue, place: Place) -> Schema:
        """Return the schema at `place`; whatever is no schema means that anything goes."""
        schema = Schema(node=self._read_in(node, place, {}), place=place)
        while self._waiting:
            key, target, target_place, scope = self._waiting.pop()
            self.definitions[key] = self._read_in(target, target_place, scope)
        return schema

    def reference(self, reference: str, place: Place) -> str | None:
        """Return `#/$defs/KEY` for what `reference` names, and see to it that it is read; None where it dangles."""
        base = place if self._has_ids else Place(place.uri, "")
        marks = self._marks()
        known = self._references.get((base, reference, marks), "")
        if known != "":
            return known
        if (base, reference) not in self._targets:
            self._targets[base, reference] = self._target(reference, base)
        nearest = self._targets[base, reference]
        result = self._definition(nearest, marks) if nearest else None
        self._references[base, reference, marks] = result
        return result

    def _target(self, reference: str, base: Place) -> Target | None:
        target = resolve(self._document, reference, base)
        if isinstance(target, Unresolvable) or not isinstance(target.node, dict | bool):
            return None
        return self._nearest(target, reference, base)

    def _marks(self) -> tuple[str, ...]:
        """Return what tells a definition from the same one read where other dynamic anchors hold."""
        return tuple(f"{name}={target.uri}#{target.pointer}" for name, target in sorted(self._scope.items()))

    def _nearest(self, target: Target, reference: str, base: Place) -> Target:
        """Return the first on the way from `reference` to `target` that says more than where the next one is."""
        while True:
            first = step(self._document, reference, base)
            if not isinstance(first, Target) or first.place == target.place or not isinstance(first.node, dict):
                return target
            said = self._translate(first.node)
            if len(said) > 1 or not isinstance(said.get("$ref"), str):
                return first
            reference, base = str(said["$ref"]), first.place

    def _definition(self, target: Target, marks: tuple[str, ...]) -> str:
        uri = "" if target.place.uri == self._document.uri else target.place.uri
        plain = f"{uri}#{target.place.pointer}"
        key = f"{plain} with {', '.join(marks)}" if marks else plain
        scope = self._scope
        if marks and key not in self.definitions:
            self._variants += 1
            if self._variants > _MOST_VARIANTS:
                key, scope = plain, {}
        if key not in self.definitions:
            self.definitions[key] = True  # holds the place until its turn
            self._waiting.append((key, target.node, target.place, scope))
        return definition_reference(key)

    def _read_in(self, node: JsonValue, place: Place, scope: DynamicScope) -> JsonObject | bool:
        """Return one schema, read where the dynamic anchors in `scope` hold: those of outer schemas come first."""
        if self._has_dynamic_anchors:
            scope = {**dynamic_anchors(self._document, place), **scope}
        self._scope = scope
        if self._has_ids or self._has_dynamic_anchors:
            return self._read_one(node, place)
        # Where nothing but the file counts for what references mean, schemas of the same text are the same schema.
        key = (place.uri, msgspec.json.encode(node))
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self._read_one(node, place)
        return known

    def _read_one(self, node: JsonValue, place: Place) -> JsonObject | bool:
        """Return one schema with all schemas inside it, by a loop: depth is the document's, not Python's."""
        root: dict[str, JsonValue] = {}
        stack: list[_Slot] = [(node, root, "schema", place)]
        while stack:
            current, parent, slot, at = stack.pop()
            if not isinstance(current, dict):
                parent[slot] = current if isinstance(current, bool) else True  # type: ignore[index] # slot fits parent
                continue
            if self._has_dynamic_anchors and at != place and isinstance(current.get("$id"), str):
                inner = self._definition(Target(node=current, place=at), self._marks())
                parent[slot] = {"$ref": inner}  # type: ignore[index] # a resource of its own: its anchors hold in it
                continue
            read = self._keywords(current, at)
            parent[slot] = read  # type: ignore[index] # slot fits parent
            for keyword in [keyword for keyword in read if keyword in _NESTED]:
                self._inner(keyword, read[keyword], read, stack, at)
        result = root["schema"]
        return result if isinstance(result, dict | bool) else True

    def _inner(self, keyword: str, value: JsonValue, read: JsonObject, stack: list[_Slot], place: Place) -> None:
        if keyword in _SCHEMA:
            stack.append((value, read, keyword, self._below(place, keyword)))
        elif keyword in SCHEMA_LISTS and isinstance(value, list):
            items: list[JsonValue] = [True] * len(value)
            read[keyword] = items
            stack.extend((item, items, index, self._below(place, keyword, index)) for index, item in enumerate(value))
        elif keyword in _SCHEMA_MAPS and isinstance(value, dict):
            inner: JsonObject = dict.fromkeys(value, True)
            read[keyword] = inner
            stack.extend((item, inner, name, self._below(place, keyword, name)) for name, item in value.items())

    def _below(self, place: Place, *tokens: str | int) -> Place:
        """Return the place of an inner schema; it is of interest only where `$id`s change what references mean."""
        return Place(place.uri, pointer_join(place.pointer, *tokens)) if self._has_ids else place

    def _keywords(self, node: JsonObject, place: Place) -> JsonObject:
        """Return the schema object's own keywords in the 2020-12 dialect, in an object of its own."""
        read = dict(self._translate(node))
        for keyword in _SOUND.keys() & read.keys():
            if not _SOUND[keyword](read[keyword]):
                del read[keyword]
        if not _COUNTS.isdisjoint(read):
            for keyword in _COUNTS & read.keys():
                read[keyword] = int(read[keyword])  # type: ignore[arg-type] # sound ones are numbers
        if (limits := _RANGES.get(str(read.get("format")))) is not None:
            _limit(read, *limits)
        if "pattern" in read or "patternProperties" in read:
            self._leave_out_costly_patterns(read)
        if "$ref" in read or "$dynamicRef" in read:
            self._refer(read, place)
        discriminator = read.get("discriminator")
        if isinstance(discriminator, dict) and isinstance(discriminator.get("mapping"), dict):
            read["discriminator"] = {**discriminator, "mapping": self._mapping(discriminator["mapping"], place)}
        return read

    def _leave_out_costly_patterns(self, read: JsonObject) -> None:
        """Take away what must not be compiled, which validation has said; members that it may be about are free."""
        costly = self._document.costly_patterns
        by_name = read.get("patternProperties")
        if read.get("pattern") in costly:
            del read["pattern"]
        if isinstance(by_name, dict) and not costly.isdisjoint(by_name):
            kept = {pattern: schema for pattern, schema in by_name.items() if pattern not in costly}
            read["patternProperties"] = {"": True, **kept}

    def _refer(self, read: JsonObject, place: Place) -> None:
        reference, dynamic = read.pop("$ref", None), read.pop("$dynamicRef", None)
        if not isinstance(reference, str):
            reference = dynamic
            outer = self._dynamic(str(dynamic), place)
            if outer is not None:
                read["$ref"] = self._definition(Target(node=self._document.node_at(outer), place=outer), self._marks())
                return
        target = self.reference(reference, place) if isinstance(reference, str) else None
        if target is not None:
            read["$ref"] = target

    def _dynamic(self, reference: str, place: Place) -> Place | None:
        """Return what holds instead of what a `$dynamicRef` names at first; None where that is what it names."""
        anchor = reference.partition("#")[2]
        outer = self._scope.get(anchor)
        if outer is None:
            return None
        first = step(self._document, reference, place if self._has_ids else Place(place.uri, ""))
        dangling = isinstance(first, Unresolvable)
        return outer if dangling or is_dynamic(self._document, first, anchor) else None  # type: ignore[arg-type]

    def _mapping(self, mapping: JsonValue, place: Place) -> JsonObject:
        """Return a discriminator's mapping with references in place of names (OpenAPI 3.0.4 section 4.7.25.2)."""
        read: JsonObject = {}
        for value, name in mapping.items() if isinstance(mapping, dict) else ():
            if isinstance(name, str):
                is_name = "/" not in name and "#" not in name
                target = self.reference(f"#/components/schemas/{name}" if is_name else name, place)
                if target is not None:
                    read[value] = target
        return read


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_flag(value: JsonValue) -> bool:
    return isinstance(value, bool)


def _limit(read: JsonObject, least: int, most: int) -> None:
    """Give a schema of numbers the bounds of its format, which no validator looks at (OpenAPI's format registry)."""
    kinds = read.get("type")
    if {"integer", "number"}.isdisjoint(kinds if isinstance(kinds, list) else [kinds]):
        return
    low, high = read.get("minimum"), read.get("maximum")
    read["minimum"] = max(low, least) if isinstance(low, int | float) else least
    read["maximum"] = min(high, most) if isinstance(high, int | float) else most


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_positive(value: JsonValue) -> bool:
    return _is_number(value) and value > 0  # type: ignore[operator] # a number


def _is_count(value: JsonValue) -> bool:
    is_whole = value.is_integer() if isinstance(value, float) else _is_number(value)
    return is_whole and value >= 0  # type: ignore[operator] # a number


def _is_type(value: JsonValue) -> bool:
    return value in _TYPES if isinstance(value, str) else _is_filled(value)


def _is_filled(value: JsonValue) -> bool:
    return isinstance(value, list) and bool(value)


def _are_names(value: JsonValue) -> bool:
    names = value if isinstance(value, list) else [None]
    return all(isinstance(name, str) for name in names) and len(set(map(str, names))) == len(names)


def _is_map(value: JsonValue) -> bool:
    return isinstance(value, dict)


def _is_schema(value: JsonValue) -> bool:
    return isinstance(value, dict | bool)


_SOUND: Mapping[str, Callable[[JsonValue], bool]] = {
    **dict.fromkeys(_DROPPED, lambda _: False),
    **dict.fromkeys(_TEXTS, _is_text),
    **dict.fromkeys(_COUNTS, _is_count),
    **dict.fromkeys(_NUMBERS, _is_number),
    **dict.fromkeys(SCHEMA_LISTS, _is_filled),
    **dict.fromkeys(_SCHEMA_MAPS, _is_map),
    **dict.fromkeys(_SCHEMA, _is_schema),
    "dependentRequired": _is_map,
    "enum": _is_filled,
    "multipleOf": _is_positive,
    "required": _are_names,
    "type": _is_type,
    "uniqueItems": _is_flag,
}
"""Keywords that are taken over only with a value that JSON Schema allows them, or not at all."""


def translate_2020(node: JsonObject) -> JsonObject:
    """Return a schema of OpenAPI 3.1 or 3.2: already in the dialect, but for 3.0's `nullable` where that was kept."""
    kind = node.get("type")
    if node.get("nullable") is True and isinstance(kind, str):
        return {**node, "type": [kind, "null"]}
    return node


_OF_OPENAPI30 = frozenset({"exclusiveMinimum", "exclusiveMaximum", "nullable", "x-nullable"})
"""Keywords that have another meaning in 2.0 and 3.0, or only there one."""


def translate_openapi30(node: JsonObject) -> JsonObject:
    """Return a schema object of OpenAPI 3.0 or 2.0 in the 2020-12 dialect (3.0.4, section 4.7.24)."""
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # what stands beside it is ignored (3.0.4, section 4.7.23)
    if _OF_OPENAPI30.isdisjoint(node) and node.get("type") != "file":
        return node
    changed: JsonObject = {}
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(exclusive), bool):
            changed[exclusive] = node.get(bound) if node[exclusive] else None
            if node[exclusive]:
                changed[bound] = None
    kind = node.get("type")
    if kind == "file":
        changed.update(type="string", format="binary")
    if isinstance(kind, str) and (node.get("nullable") is True or node.get("x-nullable") is True):
        changed["type"] = [kind, "null"]
    if not changed:
        return node
    return {
        keyword: value for keyword, value in (node | changed).items() if value is not None or keyword not in changed
    }


def merged(schemas: Mapping[str, Schema], required: list[str], place: Place) -> Schema:
    """Return the object schema whose members are `schemas`: how 2.0's form parameters become a body."""
    properties: JsonObject = {name: schema.node for name, schema in schemas.items()}
    node: JsonObject = {"type": "object", "properties": properties}
    if required:
        node["required"] = list(required)
    return Schema(node=node, place=place)
