"""Authors' examples held against their schemas, in the whole document."""

from collections.abc import Iterable, Iterator

from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join, to_json
from generator.model import Api, Example, MediaType, Parameter, Schema
from generator.samples import Direction
from generator.samples.verify import Verifier

_CONSTRAINTS = frozenset(
    {
        "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "maxLength", "maximum", "minLength", "minimum",
        "multipleOf", "pattern", "type",
    }
)  # fmt: skip
_SCALARS = frozenset({"boolean", "integer", "null", "number", "string"})
_NOT_SCHEMAS = frozenset({"default", "enum", "const", "example", "examples", "required"})


def example_findings(api: Api) -> Iterator[Finding]:
    """Yield a finding for each example that its schema refuses, be it sent or received (OpenAPI 3.0.4, 4.7.24.1)."""
    judge = _Judge(api)
    for key, node in api.definitions.items():
        uri, _, pointer = key.partition("#")
        yield from judge.within(Schema(node=node, place=Place(uri or api.place.uri, pointer)))
    for schema, examples in _owners(api):
        yield from judge.within(schema)
        yield from judge.beside(schema, examples)


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
            is_json = "json" in media_type.name.lower() or "*" in media_type.name
            yield media_type.schema, media_type.examples if is_json else ()


class _Judge:
    def __init__(self, api: Api) -> None:
        self._verifier = Verifier(api.definitions)
        self._scalars: dict[str, JsonObject] = {}
        self._seen: set[Place] = set()

    def beside(self, schema: Schema, examples: Iterable[Example]) -> Iterator[Finding]:
        """Yield what is to be said of examples that stand beside their schema."""
        for example in examples:
            # Text beside a schema that wants an object is the body as it is written; nothing says that it is wrong.
            if not example.serialized and example.place not in self._seen:
                yield from self._judged(schema.node, example.value, example.place)

    def within(self, schema: Schema) -> Iterator[Finding]:
        """Yield what is to be said of the examples inside a schema and the schemas in it."""
        stack: list[tuple[JsonValue, str]] = [(schema.node, schema.place.pointer)]
        while stack:
            node, pointer = stack.pop()
            if isinstance(node, list):
                stack.extend((child, pointer_join(pointer, index)) for index, child in enumerate(node))
            if not isinstance(node, dict):
                continue
            if "example" in node:
                yield from self._judged(node, node["example"], Place(schema.place.uri, f"{pointer}/example"))
            listed = node.get("examples")
            for index, value in enumerate(listed if isinstance(listed, list) else []):
                yield from self._judged(node, value, Place(schema.place.uri, f"{pointer}/examples/{index}"))
            stack.extend(
                (child, pointer_join(pointer, key))
                for key, child in node.items()
                if isinstance(child, dict | list) and key not in _NOT_SCHEMAS
            )

    def _judged(self, node: JsonObject | bool, value: JsonValue, place: Place) -> Iterator[Finding]:
        if place in self._seen:
            return
        self._seen.add(place)
        shared = self._shared(node)
        sent = self._verifier.reason(shared, value, Direction.REQUEST)
        if sent is None or self._verifier.reason(shared, value, Direction.RESPONSE) is None:
            return
        yield Finding(
            rule="example-invalid",
            severity=Severity.WARNING,
            message=f"The example does not fit its schema: {sent}.",
            why="It is sent as the sample, and readers copy it (OpenAPI 3.0.4, 4.7.24).",
            hint="Correct the example, or the schema.",
            place=place,
        )

    def _shared(self, node: JsonObject | bool) -> JsonObject | bool:
        """Return one node for all scalar schemas that ask for the same, so that each is compiled once."""
        if not isinstance(node, dict):
            return node
        kind = node.get("type")
        if not all(each in _SCALARS for each in (kind if isinstance(kind, list) else [kind])):
            return node
        if any(isinstance(node.get(word), dict | list) for word in ("allOf", "anyOf", "oneOf", "not", "if", "$ref")):
            return node
        asked: JsonObject = {word: node[word] for word in sorted(_CONSTRAINTS & node.keys())}
        return self._scalars.setdefault(to_json(asked, indent=False), asked)
