"""OpenAPI 3.0, 3.1 and 3.2: what they share, with the differences in a table."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue
from generator.model import (
    Api,
    Body,
    Encoding,
    Incoming,
    IncomingKind,
    Link,
    MediaType,
    Operation,
    Parameter,
    ParameterLocation,
    Response,
    Style,
)
from generator.readers.base import (
    FoundOperation,
    Reading,
    as_address,
    as_list,
    as_object,
    as_text,
    below,
    documented_paths,
    external_documentation,
    operation_words,
    parameter_nodes,
    path_operations,
    security,
    style_of,
    tags,
    with_template_parameters,
)
from generator.readers.schemas import Translate
from generator.readers.security_schemes import security_schemes
from generator.readers.servers import hosted_servers, listed_servers
from generator.readers.swagger2_contents import Contents

_DEFAULT_STYLES = {
    ParameterLocation.PATH: Style.SIMPLE,
    ParameterLocation.QUERY: Style.FORM,
    ParameterLocation.QUERYSTRING: Style.FORM,
    ParameterLocation.HEADER: Style.SIMPLE,
    ParameterLocation.COOKIE: Style.FORM,
}
_STYLES = {style.value: style for style in Style if style is not Style.TAB_DELIMITED}
_NOT_SCHEMA = frozenset(
    {"name", "in", "required", "description", "deprecated", "style", "explode", "example", "examples", "allowReserved"}
)
_LOCATIONS = {location.value: location for location in ParameterLocation}
_OLD_BODIES = ("body", "formData")
_OLD_CONTENT = frozenset({"schema", "examples"})


class Dialect(Struct, frozen=True, kw_only=True):
    """What differs between the versions of OpenAPI 3."""

    translate: Translate
    siblings: frozenset[str] = frozenset()


def read_openapi3(document: Document, broken: frozenset[Place], dialect: Dialect) -> Api:
    """Return the model of an OpenAPI 3 document, without the operations at the places in `broken`."""
    reader = OpenApi3(Reading.of(document, dialect.translate, dialect.siblings))
    root = document.root
    info = as_object(root.get("info"))
    operations = tuple(reader.reading.allowance.within(reader.operations(broken)))
    incoming = tuple(reader.reading.allowance.within(reader.incoming(broken)))
    return Api(
        title=as_text(info.get("title")) or "API",
        version=as_text(info.get("version")),
        place=reader.reading.root_place(),
        summary=as_text(info.get("summary")),
        description=as_text(info.get("description")),
        servers=listed_servers(root, reader.reading.root_place()) or hosted_servers(root, reader.reading.root_place()),
        tags=tags(root),
        operations=operations,
        incoming=incoming,
        security_schemes=security_schemes(reader.reading),
        external_documentation=external_documentation(root.get("externalDocs")),
        definitions=reader.reading.schemas.definitions,
        size=document.size,
        left_out=reader.reading.allowance.left_out,
    )


class OpenApi3(Struct, frozen=True):
    """Reads what is written in the words of OpenAPI 3, in whatever document."""

    reading: Reading

    def operations(self, broken: frozenset[Place]) -> Iterator[Operation]:
        """Yield the operations, without those at the places in `broken`."""
        place = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), place, broken):
            yield self.operation(found)

    def operation(self, found: FoundOperation) -> Operation:
        """Return the operation that was found."""
        operation, place = found.node, found.place
        parameters = (
            *self.parameters(found.item.get("parameters"), below(found.item_place, "parameters")),
            *self.parameters(operation.get("parameters"), below(place, "parameters")),
        )
        return replace(
            operation_words(operation, found.item),
            method=found.method,
            path=found.path,
            place=place,
            parameters=with_template_parameters(found.path, parameters, place),
            body=self.request_body(found),
            responses=self.responses(operation, place),
            security=security(self.reading, operation, place),
            servers=listed_servers(operation, place) or listed_servers(found.item, found.item_place),
        )

    def request_body(self, found: FoundOperation) -> Body | None:
        """Return the body; where there is no `requestBody`, the one that parameters make up as in 2.0."""
        if isinstance(body := found.node.get("requestBody"), dict):
            return self.body(body, below(found.place, "requestBody"))
        if all(node.get("in") not in _OLD_BODIES for node, _ in parameter_nodes(self.reading, found)):
            return None
        return Contents(self.reading).request_body(found)

    def incoming(self, broken: frozenset[Place]) -> Iterator[Operation]:
        """Yield what the API sends itself: the callbacks of the operations, then the webhooks (3.1.1, 4.8.18)."""
        paths = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), paths, broken):
            for name, node in as_object(found.node.get("callbacks")).items():
                items, place = self.reading.target(node, below(found.place, "callbacks", name))
                mark = Incoming(kind=IncomingKind.CALLBACK, name=name, of=f"{found.method} {found.path}")
                yield from self._incoming(path_operations(self.reading, items, place, broken), mark)
        webhooks, place = as_object(self.reading.document.root.get("webhooks")), self.reading.root_place("webhooks")
        for found in path_operations(self.reading, webhooks, place, broken):
            yield from self._incoming([found], Incoming(kind=IncomingKind.WEBHOOK, name=found.path))

    def _incoming(self, found: Iterable[FoundOperation], mark: Incoming) -> Iterator[Operation]:
        for operation in map(self.operation, found):
            sent = tuple(p for p in operation.parameters if p.location is not ParameterLocation.PATH)
            yield replace(operation, incoming=mark, parameters=sent, servers=())

    def parameters(self, nodes: JsonValue, place: Place) -> Iterator[Parameter]:
        """Yield the parameters of a list."""
        for index, node in enumerate(as_list(nodes)):
            parameter, parameter_place = self.reading.target(node, below(place, index))
            location = _LOCATIONS.get(as_text(parameter.get("in")).lower())
            name = as_text(parameter.get("name"))
            if location is not None and (name or location is ParameterLocation.QUERYSTRING):
                yield self.parameter(name, location, parameter, parameter_place)

    def parameter(self, name: str, location: ParameterLocation, node: JsonObject, place: Place) -> Parameter:
        """Return a parameter or a header."""
        style = _STYLES.get(as_text(node.get("style")), _DEFAULT_STYLES[location])
        explode = node.get("explode")
        if "collectionFormat" in node and "style" not in node:
            style, explode = style_of(as_text(node["collectionFormat"]), location)  # 2.0's way
        content = next(iter(as_object(node.get("content")).items()), None)
        owner, owner_place = node, place
        if content is None and "schema" not in node and "type" in node:
            owner = {
                **node,
                "schema": {key: value for key, value in node.items() if key not in _NOT_SCHEMA},
            }  # 2.0's way
        if content is not None:
            owner, owner_place = self.reading.target(content[1], below(place, "content", content[0]))
        return Parameter(
            name=name,
            location=location,
            schema=self.reading.schema(owner.get("schema"), below(owner_place, "schema")),
            place=place,
            required=node.get("required") is True or location is ParameterLocation.PATH,
            deprecated=node.get("deprecated") is True,
            description=as_text(node.get("description")),
            style=style,
            explode=explode if isinstance(explode, bool) else style in {Style.FORM, Style.COOKIE},
            allow_reserved=node.get("allowReserved") is True,
            allow_empty_value=node.get("allowEmptyValue") is True,
            media_type=content[0] if content is not None else None,
            examples=self.reading.examples(owner, owner_place),
        )

    def headers(self, nodes: JsonValue, place: Place) -> tuple[Parameter, ...]:
        """Return the headers of a response or of a part."""
        found = []
        for name, node in as_object(nodes).items():
            header, header_place = self.reading.target(node, below(place, name))
            if name.lower() != "content-type":
                found.append(self.parameter(name, ParameterLocation.HEADER, header, header_place))
        return tuple(found)

    def body(self, node: JsonValue, place: Place) -> Body:
        """Return a request body."""
        body, body_place = self.reading.target(node, place)
        return Body(
            media_types=self.media_types(body.get("content"), below(body_place, "content")),
            place=body_place,
            required=body.get("required") is True,
            description=as_text(body.get("description")),
        )

    def media_types(self, nodes: JsonValue, place: Place) -> tuple[MediaType, ...]:
        """Return the media types of a `content`."""
        return tuple(self._media_type(name, node, below(place, name)) for name, node in as_object(nodes).items())

    def _media_type(self, name: str, node: JsonValue, place: Place) -> MediaType:
        media_type, media_place = self.reading.target(node, place)
        schema, items = media_type.get("schema"), media_type.get("itemSchema")
        encoding = as_object(media_type.get("encoding"))
        return MediaType(
            name=name,
            place=media_place,
            schema=self.reading.schema(schema, below(media_place, "schema")) if schema is not None else None,
            item_schema=self.reading.schema(items, below(media_place, "itemSchema")) if items is not None else None,
            examples=self.reading.examples(media_type, media_place),
            encoding={
                key: self._encoding(as_object(value), below(media_place, "encoding", key))
                for key, value in encoding.items()
            },
            dangling=self.reading.dangles(schema, below(media_place, "schema")),
            positional=not {"prefixEncoding", "itemEncoding"}.isdisjoint(media_type),
        )

    def _encoding(self, node: JsonObject, place: Place) -> Encoding:
        explode = node.get("explode")
        return Encoding(
            content_type=as_text(node.get("contentType")) or None,
            style=_STYLES.get(as_text(node.get("style"))),
            explode=explode if isinstance(explode, bool) else None,
            allow_reserved=node.get("allowReserved") is True,
            headers=self.headers(node.get("headers"), below(place, "headers")),
        )

    def responses(self, operation: JsonObject, place: Place) -> tuple[Response, ...]:
        """Return the responses of an operation."""
        found = []
        for status, node in as_object(operation.get("responses")).items():
            if not status.startswith("x-"):
                response, response_place = self.reading.target(node, below(place, "responses", status))
                found.append(self.response(status, response, response_place, operation))
        return tuple(found)

    def response(self, status: str, node: JsonObject, place: Place, operation: JsonObject) -> Response:
        """Return a response; without `content` what it has of 2.0's words."""
        media_types = self.media_types(node.get("content"), below(place, "content"))
        if "content" not in node and not _OLD_CONTENT.isdisjoint(node):
            media_types = Contents(self.reading).media_types(node, place, operation)
        return Response(
            status=status,
            place=place,
            description=as_text(node.get("description")) or as_text(node.get("summary")),
            headers=self.headers(node.get("headers"), below(place, "headers")),
            media_types=media_types,
            links=self._links(node.get("links"), below(place, "links")),
        )

    def _links(self, nodes: JsonValue, place: Place) -> tuple[Link, ...]:
        found = []
        for name, node in as_object(nodes).items():
            link, _ = self.reading.target(node, below(place, name))
            found.append(
                Link(
                    name=name,
                    target=as_text(link.get("operationId")) or as_address(link.get("operationRef")),
                    description=as_text(link.get("description")),
                    parameters={key: as_text(value) for key, value in as_object(link.get("parameters")).items()},
                )
            )
        return tuple(found)
