"""Authors' examples held against their schemas, in the whole document."""

from collections.abc import Iterable, Iterator

from generator.findings import Finding, Place, Severity
from generator.json_values import JsonValue, pointer_join
from generator.model import Api, Example, MediaType, Parameter, Schema
from generator.samples import Direction
from generator.samples.verify import Verifier

_MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_NOT_SCHEMAS = frozenset({"default", "enum", "const", "example", "examples", "required"})


def example_findings(api: Api) -> Iterator[Finding]:
    """Yield a finding for each example that its schema refuses, be it sent or received (OpenAPI 3.0.4, 4.7.24.1)."""
    collector = _Collector()
    for key, node in api.definitions.items():
        uri, _, pointer = key.partition("#")
        collector.within(Schema(node=node, place=Place(uri or api.place.uri, pointer)))
    for schema, examples in _owners(api):
        collector.within(schema)
        collector.beside(schema, examples)
    verifier = Verifier(api.definitions, [schema for schema, _ in collector.found.values()])
    for place, (schema, value) in collector.found.items():
        sent = verifier.violation(schema.node, value, Direction.REQUEST)
        if sent is not None and verifier.violation(schema.node, value, Direction.RESPONSE) is not None:
            yield Finding(
                rule="example-invalid",
                severity=Severity.WARNING,
                message=f"The example does not fit its schema: {sent.message}.",
                why="It is sent as the sample, and readers copy it (OpenAPI 3.0.4, 4.7.24).",
                hint="Correct the example, or the schema.",
                place=place,
            )


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
            name = media_type.name.lower()
            structured = "json" in name or "form" in name or "*" in name
            yield media_type.schema, media_type.examples if structured else ()


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
        uri = schema.place.uri
        stack: list[tuple[JsonValue, str]] = [(schema.node, schema.place.pointer)]
        while stack:
            node, pointer = stack.pop()
            if isinstance(node, list):
                stack.extend((child, pointer_join(pointer, index)) for index, child in enumerate(node))
            if not isinstance(node, dict):
                continue
            own = Schema(node=node, place=Place(uri, pointer))
            if "example" in node and not _is_property_map(pointer):
                self.found.setdefault(Place(uri, f"{pointer}/example"), (own, node["example"]))
            listed = node.get("examples")
            for index, value in enumerate(listed if isinstance(listed, list) else []):
                self.found.setdefault(Place(uri, f"{pointer}/examples/{index}"), (own, value))
            stack.extend(
                (child, pointer_join(pointer, key))
                for key, child in node.items()
                if isinstance(child, dict | list) and (key not in _NOT_SCHEMAS or _is_property_map(pointer))
            )


def _is_property_map(pointer: str) -> bool:
    """Tell whether a map of schemas is at `pointer`, whose keys are names and no keywords."""
    *_, above, last = ("", "", *pointer.split("/"))
    return last in _MAPS and above not in _MAPS
