"""What the readers of all versions share: nodes behind references, text whatever was written, paths, security."""

import re
import urllib.parse
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_join, pointer_split
from generator.model import (
    Example,
    ExternalDocumentation,
    MediaType,
    Operation,
    Parameter,
    ParameterLocation,
    Schema,
    SchemeUse,
    SecurityRequirement,
    Style,
    Tag,
)
from generator.readers.schemas import SchemaReader, Translate
from generator.references import Unresolvable, follow
from generator.uris import without_credentials
from generator.validation.rules.sendable import operations_left_out
from generator.validation.security import alternatives
from generator.vocabulary import IGNORED_HEADERS, METHODS


def as_object(node: JsonValue) -> JsonObject:
    """Return `node` where it is an object, else an empty one."""
    return node if isinstance(node, dict) else {}


def as_list(node: JsonValue) -> list[JsonValue]:
    """Return `node` where it is a list, else an empty one."""
    return node if isinstance(node, list) else []


def as_text(node: JsonValue) -> str:
    """Return `node` as text: numbers as they are written, nothing for null and for containers."""
    if isinstance(node, bool):
        return str(node).lower()
    return str(node) if isinstance(node, str | int | float) else ""


def as_address(node: JsonValue) -> str:
    """Return `node` as an address without the credentials in it; validation has said that they are there."""
    return without_credentials(as_text(node)).address


def texts(node: JsonValue) -> tuple[str, ...]:
    """Return the items of a list of texts."""
    return tuple(as_text(item) for item in as_list(node) if isinstance(item, str | int | float))


class Allowance(Struct, kw_only=True):
    """How many parts may still be read, and the first operation for which they did not suffice."""

    parts: int = 0
    left_out: Operation | None = None

    def within(self, operations: Iterable[Operation]) -> Iterator[Operation]:
        """Yield `operations` as long as their parts suffice. What they share counts for each of them."""
        for operation in operations:
            self.parts -= _parts(operation)
            if self.parts < 0:
                self.left_out = self.left_out or operation
                return
            yield operation


def _parts(operation: Operation) -> int:
    """Return of how many parts an operation is made."""
    media_types = [each for response in operation.responses for each in response.media_types]
    headers = [each for response in operation.responses for each in response.headers]
    if operation.body:
        media_types += operation.body.media_types
        encodings = (each for media_type in operation.body.media_types for each in media_type.encoding.values())
        headers += [each for encoding in encodings for each in encoding.headers]
    exampled: list[Parameter | MediaType] = [*operation.parameters, *media_types, *headers]
    uses = [use for requirement in operation.security or () for use in requirement.uses]
    return (
        len(exampled)
        + sum(len(each.examples) for each in exampled)
        + sum(1 + len(response.links) for response in operation.responses)
        + sum(1 + len(use.scopes) for use in uses)
    )


class Reading(Struct, frozen=True):
    """One document being read: its nodes behind references, and its schemas."""

    document: Document
    schemas: SchemaReader
    siblings: frozenset[str] = frozenset()
    schemes_elsewhere: dict[str, tuple[str, Place]] = {}
    allowance: Allowance = field(default_factory=Allowance)

    @classmethod
    def of(cls, document: Document, translate: Translate, siblings: frozenset[str] = frozenset()) -> "Reading":
        """Return the reading of `document`, whose schemas are in the dialect that `translate` rewrites.

        `siblings` are the members beside a reference that come before those of its target (3.1.1, section 4.8.23).
        """
        allowance = Allowance(parts=operations_left_out.parts_allowed(document.size))
        return cls(document, SchemaReader(document, translate), siblings, allowance=allowance)

    def root_place(self, *tokens: str) -> Place:
        """Return the place below the entry document's root."""
        return Place(self.document.uri, pointer_join("", *tokens))

    def target(self, node: JsonValue, place: Place) -> tuple[JsonObject, Place]:
        """Return the object that `node` is or refers to, and its place; an empty one where it leads nowhere."""
        target = follow(self.document, node, place)
        if isinstance(target, Unresolvable):
            return {}, place
        found = as_object(target.node)
        if self.siblings and isinstance(node, dict) and "$ref" in node:
            found = {**found, **{name: node[name] for name in self.siblings & node.keys()}}
        return found, target.place

    def dangles(self, node: JsonValue, place: Place) -> bool:
        """Tell whether `node` is a reference that leads nowhere; validation has said so."""
        return isinstance(follow(self.document, node, place), Unresolvable)

    def scheme_name(self, name: str, place: Place) -> str:
        """Return the name of a scheme; one that is named by its address (3.2, section 4.30) gets its last word."""
        components = as_object(self.document.root.get("components"))
        if "#" not in name or name in as_object(components.get("securitySchemes")):
            return name
        short = pointer_split(urllib.parse.unquote(name.partition("#")[2]))[-1:] or (name,)
        if short[0] not in as_object(components.get("securitySchemes")):
            self.schemes_elsewhere[short[0]] = (name, place)
        return short[0]

    def schema(self, node: JsonValue, place: Place) -> Schema:
        """Return the schema at `place`."""
        return self.schemas.read(node, place)

    def examples(self, owner: JsonObject, place: Place) -> tuple[Example, ...]:
        """Return `example`, then each of `examples` (OpenAPI 3.0.4 section 4.7.19)."""
        found = []
        if "example" in owner:
            found.append(Example(value=owner["example"], place=below(place, "example")))
        for name, node in as_object(owner.get("examples")).items():
            example, example_place = self.target(node, below(place, "examples", name))
            key = next((key for key in ("value", "dataValue", "serializedValue") if key in example), None)
            if key is not None:
                found.append(
                    Example(
                        value=example[key],
                        place=below(example_place, key),
                        name=name,
                        summary=as_text(example.get("summary")),
                        description=as_text(example.get("description")),
                        serialized=key == "serializedValue",
                    )
                )
        return tuple(found)


def below(place: Place, *tokens: str | int) -> Place:
    """Return the place that `tokens` lead to from `place`."""
    return Place(place.uri, pointer_join(place.pointer, *tokens))


class FoundOperation(Struct, frozen=True):
    """An operation object, where it stands, and the path item around it."""

    path: str
    method: str
    node: JsonObject
    place: Place
    item: JsonObject
    item_place: Place


def path_operations(
    reading: Reading, items: JsonObject, place: Place, broken: frozenset[Place]
) -> Iterator[FoundOperation]:
    """Yield the operations of the path items in `items`, which stands at `place`, in the document's order.

    A path item may be a reference; what stands beside it comes before what it names (OpenAPI 3.0.4, section 4.7.9).
    """
    for path, node in items.items():
        if path.startswith("x-"):
            continue
        item, item_place = reading.target(node, below(place, path))
        if isinstance(node, dict) and "$ref" in node:
            item = {**item, **{key: value for key, value in node.items() if key != "$ref"}}
        found = {key: value for key, value in item.items() if key.lower() in METHODS}
        extra = as_object(item.get("additionalOperations"))
        for method, operation in (*found.items(), *extra.items()):
            at = below(item_place, method) if method in found else below(item_place, "additionalOperations", method)
            if isinstance(operation, dict) and at not in broken:
                name = method.upper() if method in found else method
                yield FoundOperation(path, name, operation, at, item, item_place)


def parameter_nodes(reading: Reading, found: FoundOperation) -> list[tuple[JsonObject, Place]]:
    """Return the parameters of a path item and of its operation as they are written, behind references."""
    owners = ((found.item, found.item_place), (found.node, found.place))
    return [
        reading.target(node, below(place, "parameters", index))
        for owner, place in owners
        for index, node in enumerate(as_list(owner.get("parameters")))
    ]


def with_template_parameters(path: str, parameters: Iterable[Parameter], place: Place) -> tuple[Parameter, ...]:
    """Return the parameters that count: the last of each name and place, path parameters as the template has them.

    A parameter that the template names and nobody declares is taken for required text; one that is declared and not
    in the template cannot be sent; validation has said both.
    """
    by_key = {(parameter.location, parameter.name): parameter for parameter in parameters}
    names = re.findall(r"\{([^{}]*)\}", path.partition("#")[0])
    in_query = {parameter.name for (location, _), parameter in by_key.items() if location is ParameterLocation.QUERY}
    kept = [
        parameter
        for (location, name), parameter in by_key.items()
        if (location is not ParameterLocation.PATH or name in names)
        and (location is not ParameterLocation.HEADER or name.lower() not in IGNORED_HEADERS)
    ]
    missing = [
        name
        for name in dict.fromkeys(names)
        if name and (ParameterLocation.PATH, name) not in by_key and name not in in_query
    ]
    undeclared = (
        Parameter(
            name=name,
            location=ParameterLocation.PATH,
            schema=Schema(node={"type": "string"}, place=place),
            place=place,
            required=True,
            style=Style.SIMPLE,
            explode=False,
        )
        for name in missing
    )
    return (*kept, *undeclared)


def security(reading: Reading, owner: JsonObject, place: Place) -> tuple[SecurityRequirement, ...] | None:
    """Return the requirements of an operation, or of the document where it has none of its own; None: nothing said."""
    offered = alternatives(owner.get("security"))
    if offered is None:
        offered, place = alternatives(reading.document.root.get("security")), reading.root_place()
    if offered is None:
        return None
    return tuple(
        SecurityRequirement(
            uses=tuple(
                SchemeUse(scheme=reading.scheme_name(name, place), scopes=texts(scopes))
                for name, scopes in node.items()
            ),
            place=below(place, "security", *at),
        )
        for node, at in offered
        if isinstance(node, dict)
    )


def documented_paths(reading: Reading) -> JsonObject:
    """Return the document's paths, without what is no path; validation has said so (OpenAPI 3.0.4, section 4.7.8)."""
    paths = as_object(reading.document.root.get("paths"))
    return {path: node for path, node in paths.items() if path.startswith("/")}


def external_documentation(node: JsonValue) -> ExternalDocumentation | None:
    """Return the link in `externalDocs`."""
    link = as_object(node)
    url = as_address(link.get("url"))
    return ExternalDocumentation(url=url, description=as_text(link.get("description"))) if url else None


def tags(root: JsonObject) -> tuple[Tag, ...]:
    """Return the declared tags."""
    nodes = [node for node in as_list(root.get("tags")) if isinstance(node, dict) and as_text(node.get("name"))]
    return tuple(
        Tag(
            name=as_text(node["name"]),
            summary=as_text(node.get("summary")),
            kind=as_text(node.get("kind")),
            description=as_text(node.get("description")),
            external_documentation=external_documentation(node.get("externalDocs")),
            parent=as_text(node.get("parent")) or None,
        )
        for node in nodes
    )


def operation_words(operation: JsonObject, item: JsonObject) -> Operation:
    """Return an operation's words alone; the readers complete it."""
    return Operation(
        method="",
        path="",
        place=Place("", ""),
        operation_id=as_text(operation.get("operationId")) or None,
        summary=as_text(operation.get("summary")) or as_text(item.get("summary")),
        description=as_text(operation.get("description")) or as_text(item.get("description")),
        tags=texts(operation.get("tags")),
        deprecated=operation.get("deprecated") is True,
        external_documentation=external_documentation(operation.get("externalDocs")),
    )


_DELIMITED = {"ssv": Style.SPACE_DELIMITED, "tsv": Style.TAB_DELIMITED, "pipes": Style.PIPE_DELIMITED}


def style_of(collection_format: str, location: ParameterLocation) -> tuple[Style, bool]:
    """Return style and explode for a `collectionFormat` (2.0, Parameter Object; csv where it is not said)."""
    if collection_format == "multi":
        return Style.FORM, True
    if collection_format in _DELIMITED:
        return _DELIMITED[collection_format], False
    return (Style.FORM if location is ParameterLocation.QUERY else Style.SIMPLE), False
