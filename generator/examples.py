"""Authors' examples held against their schemas, in the whole document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.model import Api, Example, MediaType, Parameter, Schema
from generator.readers import read_beyond
from generator.samples import Direction
from generator.samples.verify import TOO_MANY_WAYS, Marks, Verifier, Violation
from generator.validation import ValidDocument
from generator.validation.rules.sendable import example_invalid
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
    beyond, definitions = read_beyond(valid, collector.found.keys())
    for each in beyond:
        examples = each.examples if each.media_type is None else _judged(each.media_type, each.examples)
        collector.beside(each.schema, examples)
    for place, violation in _violations(collector.found, {**definitions, **api.definitions}):
        judged = violation is not TOO_MANY_WAYS
        message = f"The example {'violates its schema' if judged else 'is not judged'}: {violation.message}."
        severity = None if judged else Severity.INFO
        at = Place(place.uri, pointer_join(place.pointer, *violation.whole))
        yield example_invalid.RULE.finding(at, message, "Correct the example, or the schema.", severity)


def _violations(
    found: Mapping[Place, tuple[Schema, JsonValue]], known: Mapping[str, JsonObject | bool]
) -> Iterator[tuple[Place, Violation]]:
    """Yield how examples violate their schemas in either direction, be it with what is read-only or write-only."""
    everyone = Verifier(known, [schema for schema, _ in found.values()])
    doubtful = {at: pair for at, pair in found.items() if not everyone.accepts(pair[0].node, pair[1])}
    marks = Marks(known)
    reached = {at: marks.reach(schema.node) for at, (schema, _) in doubtful.items()}
    directed = [at for at, (marked, _) in reached.items() if marked]
    definitions = {key: node for at in directed for key, node in reached[at][1].items()}
    verifier = Verifier(definitions, [doubtful[at][0] for at in directed])
    for at, (schema, value) in doubtful.items():
        if not reached[at][0]:
            found_here = everyone.violations(schema.node, value, None, most=_MOST_TOLD)
        elif verifier.violation(schema.node, value, Direction.RESPONSE) is None:
            continue
        else:
            found_here = verifier.violations(schema.node, value, Direction.REQUEST, most=_MOST_TOLD)
        yield from ((at, violation) for violation in found_here)


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
    """Gathers the examples of one API, each with its schema, each place once."""

    def __init__(self) -> None:
        self.found: dict[Place, tuple[Schema, JsonValue]] = {}

    def beside(self, schema: Schema, examples: Iterable[Example]) -> None:
        """Take the examples that stand beside their schema; text as it goes over the wire is no value of it."""
        for example in examples:
            if not example.serialized:
                self.found.setdefault(example.place, (schema, example.value))

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
            if not is_map and ("example" in node or "examples" in node):
                self._own(Schema(node=node, place=_below(schema.place, path)))
            for key, child in node.items():
                kind = type(child)
                if (kind is dict or kind is list) and (is_map or key not in _NOT_SCHEMAS):
                    stack.append((child, (path, key), not is_map and key in SCHEMA_MAPS))

    def _own(self, schema: Schema) -> None:
        """Take the examples of the schema itself."""
        node, place = schema.node, schema.place
        if not isinstance(node, dict):
            return
        if "example" in node:
            self.found.setdefault(_below(place, (None, "example")), (schema, node["example"]))
        listed = node.get("examples")
        for index, value in enumerate(listed if isinstance(listed, list) else []):
            self.found.setdefault(_below(place, ((None, "examples"), index)), (schema, value))


def _below(place: Place, path: _Path) -> Place:
    tokens = []
    while path is not None:
        path, token = path
        tokens.append(token)
    return Place(place.uri, pointer_join(place.pointer, *reversed(tokens)))
