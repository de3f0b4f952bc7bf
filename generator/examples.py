"""Authors' examples held against their schemas, in the whole document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.model import Api, Example, MediaType, Parameter, Schema
from generator.readers import read_beyond
from generator.samples import Direction
from generator.samples.verify import TOO_MANY_WAYS, Marks, Verifier
from generator.samples.violations import Violation
from generator.validation import ValidDocument
from generator.validation.rules.openapi import default_valid
from generator.validation.rules.sendable import example_invalid
from generator.validation.schema_types import allows
from generator.vocabulary import DATA_KEYWORDS, SCHEMA_MAPS

_Path: TypeAlias = "tuple[_Path, str | int] | None"
"""The way to a node: that to its parent, and the key or index there."""

_NOT_SCHEMAS = DATA_KEYWORDS | {"required"}

_MOST_TOLD = 10
"""How many faults of one example are told."""


def example_findings(api: Api, valid: ValidDocument) -> Iterator[Finding]:
    """Yield a finding for each fault of an example by its schema, sent or received (OpenAPI 3.0.4, 4.7.24.1)."""
    collector = _Collector()
    for key, node in api.definitions.items():
        uri, _, pointer = key.partition("#")
        collector.within(Schema(node=node, place=Place(uri or api.place.uri, pointer)))
    for schema, examples in _owners(api):
        collector.within(schema)
        collector.beside(schema, examples)
    beyond, definitions = read_beyond(valid, {given.place for given in collector.found})
    for each in beyond:
        examples = each.examples if each.media_type is None else _judged(each.media_type, each.examples)
        collector.beside(each.schema, examples)
    for given, violation in _violations(collector.found, {**definitions, **api.definitions}):
        judged = violation is not TOO_MANY_WAYS
        what = "default" if given.is_default else "example"
        message = f"The {what} {'violates its schema' if judged else 'is not judged'}: {violation.message}."
        severity = Severity.WARNING if judged else Severity.INFO
        at = Place(given.place.uri, pointer_join(given.place.pointer, *violation.whole))
        rule = default_valid.RULE if given.is_default else example_invalid.RULE
        yield rule.finding(at, message, f"Correct the {what}, or the schema.", severity)


class _Given(Struct, frozen=True):
    """A value that stands at a `place`, with its schema."""

    place: Place
    schema: Schema
    value: JsonValue
    is_default: bool = False


def _violations(found: Iterable[_Given], known: Mapping[str, JsonObject | bool]) -> Iterator[tuple[_Given, Violation]]:
    """Yield how examples violate their schemas in either direction, be it with what is read-only or write-only."""
    found = tuple(found)
    everyone = Verifier(known, [given.schema for given in found])
    doubtful = [given for given in found if not everyone.accepts(given.schema.node, given.value)]
    marks = Marks(known)
    reached = [(given, *marks.reach(given.schema.node)) for given in doubtful]
    definitions = {key: node for _, marked, nodes in reached if marked for key, node in nodes.items()}
    verifier = Verifier(definitions, [given.schema for given, marked, _ in reached if marked])
    for given, marked, _ in reached:
        judge, node = verifier if marked else everyone, given.schema.node
        directions = (Direction.RESPONSE, Direction.REQUEST) if marked else ()
        ways = [judge.violations(node, given.value, each, most=_MOST_TOLD) for each in directions]
        travelling = [way for way in ways if all(violation.keyword != "falseSchema" for violation in way)]
        # An example that has members for both directions is held against the schema as it stands.
        told = min(travelling, key=len) if travelling else judge.violations(node, given.value, None, most=_MOST_TOLD)
        yield from ((given, violation) for violation in told)


def _owners(api: Api) -> Iterator[tuple[Schema, tuple[Example, ...]]]:
    for operation in api.operations:
        yield from _parameters(operation.parameters)
        yield from _media_types(operation.body.media_types if operation.body else ())
        for response in operation.responses:
            yield from _parameters(response.headers)
            yield from _media_types(response.media_types)


def _parameters(parameters: Iterable[Parameter]) -> Iterator[tuple[Schema, tuple[Example, ...]]]:
    for parameter in parameters:
        yield parameter.schema, parameter.examples if parameter.media_type is None else ()


def _media_types(media_types: Iterable[MediaType]) -> Iterator[tuple[Schema, tuple[Example, ...]]]:
    for media_type in media_types:
        if media_type.schema is not None:
            yield media_type.schema, _judged(media_type.name, media_type.examples)


def _judged(media_type: str, examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """Return the examples that are values of their schema: where a text is what goes over the wire, the others."""
    name = media_type.lower()
    if "json" in name or "form" in name or "*" in name:
        return examples
    return tuple(example for example in examples if not isinstance(example.value, str))


class _Collector:
    """Gathers the examples and defaults of one API, each with its schema, each place once for one schema."""

    def __init__(self) -> None:
        self._found: dict[tuple[Place, str | int], _Given] = {}

    @property
    def found(self) -> Iterable[_Given]:
        """All of them; one that is given for several schemas with each."""
        return self._found.values()

    def _take(self, place: Place, schema: Schema, value: JsonValue, *, is_default: bool = False) -> None:
        node = schema.node
        reference = node["$ref"] if isinstance(node, dict) and len(node) == 1 and "$ref" in node else None
        same = reference if isinstance(reference, str) else id(node)
        self._found.setdefault((place, same), _Given(place, schema, value, is_default))

    def beside(self, schema: Schema, examples: Iterable[Example]) -> None:
        """Take the examples that stand beside their schema; text as it goes over the wire is no value of it."""
        for example in examples:
            if not example.serialized:
                self._take(example.place, schema, example.value)

    def within(self, schema: Schema) -> None:
        """Take the examples inside a schema and the schemas in it."""
        stack: list[tuple[Any, _Path, bool]] = [(schema.node, None, False)]
        while stack:
            node, path, is_map = stack.pop()
            if type(node) is list:
                stack += [(child, (path, index), False) for index, child in enumerate(node)]
                continue
            if type(node) is not dict:
                continue
            if not is_map and ("example" in node or "examples" in node or "default" in node):
                self._own(Schema(node=node, place=_below(schema.place, path)))
            for key, child in node.items():
                kind = type(child)
                if (kind is dict or kind is list) and (is_map or key not in _NOT_SCHEMAS):
                    stack.append((child, (path, key), not is_map and key in SCHEMA_MAPS))

    def _own(self, schema: Schema) -> None:
        """Take the examples of the schema itself, and its default."""
        node, place = schema.node, schema.place
        if not isinstance(node, dict):
            return
        if "example" in node:
            self._take(_below(place, (None, "example")), schema, node["example"])
        if "default" in node and allows(node, node["default"]):  # of another type: its rule says so itself
            self._take(_below(place, (None, "default")), schema, node["default"], is_default=True)
        listed = node.get("examples")
        for index, value in enumerate(listed if isinstance(listed, list) else []):
            self._take(_below(place, ((None, "examples"), index)), schema, value)


def _below(place: Place, path: _Path) -> Place:
    tokens = []
    while path is not None:
        path, token = path
        tokens.append(token)
    return Place(place.uri, pointer_join(place.pointer, *reversed(tokens)))
