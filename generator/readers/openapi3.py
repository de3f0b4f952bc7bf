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
    Flow,
    Grant,
    Incoming,
    IncomingKind,
    Link,
    MediaType,
    Operation,
    Parameter,
    ParameterLocation,
    Response,
    SchemeType,
    SecurityScheme,
    Server,
    ServerVariable,
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
    path_operations,
    security,
    tags,
    texts,
    with_template_parameters,
)
from generator.readers.discovery import discovered
from generator.readers.schemas import Translate
from generator.uris import part_without_credentials
from generator.validation.security import grant_called

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
_SCHEME_TYPES = {kind.value: kind for kind in SchemeType}


class Dialect(Struct, frozen=True, kw_only=True):
    """What differs between the versions of OpenAPI 3."""

    methods: frozenset[str]
    translate: Translate
    siblings: frozenset[str] = frozenset()


def read_openapi3(document: Document, broken: frozenset[Place], dialect: Dialect) -> Api:
    """Return the model of an OpenAPI 3 document, without the operations at the places in `broken`."""
    reader = _Reader(Reading.of(document, dialect.translate, dialect.siblings))
    root = document.root
    info = as_object(root.get("info"))
    operations = tuple(reader.operations(dialect.methods, broken))
    incoming = tuple(reader.incoming(dialect.methods, broken))
    return Api(
        title=as_text(info.get("title")) or "API",
        version=as_text(info.get("version")),
        place=reader.reading.root_place(),
        summary=as_text(info.get("summary")),
        description=as_text(info.get("description")),
        servers=reader.servers(root, reader.reading.root_place()),
        tags=tags(root),
        operations=operations,
        incoming=incoming,
        security_schemes=reader.security_schemes(),
        external_documentation=external_documentation(root.get("externalDocs")),
        definitions=reader.reading.schemas.definitions,
    )


class _Reader(Struct, frozen=True):
    reading: Reading

    def operations(self, methods: frozenset[str], broken: frozenset[Place]) -> Iterator[Operation]:
        place = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), place, methods, broken):
            yield self.operation(found)

    def operation(self, found: FoundOperation) -> Operation:
        operation, place = found.node, found.place
        parameters = (
            *self.parameters(found.item.get("parameters"), below(found.item_place, "parameters")),
            *self.parameters(operation.get("parameters"), below(place, "parameters")),
        )
        body = operation.get("requestBody")
        return replace(
            operation_words(operation, found.item),
            method=found.method,
            path=found.path,
            place=place,
            parameters=with_template_parameters(found.path, parameters, place),
            body=self.body(body, below(place, "requestBody")) if isinstance(body, dict) else None,
            responses=self.responses(operation.get("responses"), below(place, "responses")),
            security=security(self.reading, operation, place),
            servers=self.servers(operation, place) or self.servers(found.item, found.item_place),
        )

    def incoming(self, methods: frozenset[str], broken: frozenset[Place]) -> Iterator[Operation]:
        """Yield what the API sends itself: the callbacks of the operations, then the webhooks (3.1.1, 4.8.18)."""
        paths = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), paths, methods, broken):
            for name, node in as_object(found.node.get("callbacks")).items():
                items, place = self.reading.target(node, below(found.place, "callbacks", name))
                mark = Incoming(kind=IncomingKind.CALLBACK, name=name, of=f"{found.method} {found.path}")
                yield from self._incoming(path_operations(self.reading, items, place, methods, broken), mark)
        webhooks, place = as_object(self.reading.document.root.get("webhooks")), self.reading.root_place("webhooks")
        for found in path_operations(self.reading, webhooks, place, methods, broken):
            yield from self._incoming([found], Incoming(kind=IncomingKind.WEBHOOK, name=found.path))

    def _incoming(self, found: Iterable[FoundOperation], mark: Incoming) -> Iterator[Operation]:
        for operation in map(self.operation, found):
            sent = tuple(p for p in operation.parameters if p.location is not ParameterLocation.PATH)
            yield replace(operation, incoming=mark, parameters=sent, servers=())

    def parameters(self, nodes: JsonValue, place: Place) -> Iterator[Parameter]:
        for index, node in enumerate(as_list(nodes)):
            parameter, parameter_place = self.reading.target(node, below(place, index))
            location = _LOCATIONS.get(as_text(parameter.get("in")).lower())
            name = as_text(parameter.get("name"))
            if location is not None and (name or location is ParameterLocation.QUERYSTRING):
                yield self.parameter(name, location, parameter, parameter_place)

    def parameter(self, name: str, location: ParameterLocation, node: JsonObject, place: Place) -> Parameter:
        style = _STYLES.get(as_text(node.get("style")), _DEFAULT_STYLES[location])
        explode = node.get("explode")
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
        found = []
        for name, node in as_object(nodes).items():
            header, header_place = self.reading.target(node, below(place, name))
            if name.lower() != "content-type":
                found.append(self.parameter(name, ParameterLocation.HEADER, header, header_place))
        return tuple(found)

    def body(self, node: JsonValue, place: Place) -> Body:
        body, body_place = self.reading.target(node, place)
        return Body(
            media_types=self.media_types(body.get("content"), below(body_place, "content")),
            place=body_place,
            required=body.get("required") is True,
            description=as_text(body.get("description")),
        )

    def media_types(self, nodes: JsonValue, place: Place) -> tuple[MediaType, ...]:
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

    def responses(self, nodes: JsonValue, place: Place) -> tuple[Response, ...]:
        found = []
        for status, node in as_object(nodes).items():
            if status.startswith("x-"):
                continue
            response, response_place = self.reading.target(node, below(place, status))
            found.append(
                Response(
                    status=status,
                    place=response_place,
                    description=as_text(response.get("description")) or as_text(response.get("summary")),
                    headers=self.headers(response.get("headers"), below(response_place, "headers")),
                    media_types=self.media_types(response.get("content"), below(response_place, "content")),
                    links=self._links(response.get("links"), below(response_place, "links")),
                )
            )
        return tuple(found)

    def _links(self, nodes: JsonValue, place: Place) -> tuple[Link, ...]:
        found = []
        for name, node in as_object(nodes).items():
            link, _ = self.reading.target(node, below(place, name))
            found.append(
                Link(
                    name=name,
                    target=as_text(link.get("operationId")) or as_text(link.get("operationRef")),
                    description=as_text(link.get("description")),
                    parameters={key: as_text(value) for key, value in as_object(link.get("parameters")).items()},
                )
            )
        return tuple(found)

    def servers(self, owner: JsonObject, place: Place) -> tuple[Server, ...]:
        found = []
        for index, node in enumerate(as_list(owner.get("servers"))):
            server = as_object(node)
            if as_text(server.get("url")):
                found.append(
                    Server(
                        url=as_address(server["url"]).strip(),
                        place=below(place, "servers", index),
                        description=as_text(server.get("description")),
                        variables=tuple(
                            ServerVariable(
                                name=name,
                                default=part_without_credentials(as_text(as_object(variable).get("default"))).address,
                                enum=texts(as_object(variable).get("enum")),
                                description=as_text(as_object(variable).get("description")),
                            )
                            for name, variable in as_object(server.get("variables")).items()
                        ),
                    )
                )
        return tuple(found)

    def security_schemes(self) -> dict[str, SecurityScheme]:
        components = as_object(self.reading.document.root.get("components"))
        found = {}
        nodes: list[tuple[str, JsonValue, Place]] = [
            (name, node, self.reading.root_place("components", "securitySchemes", name))
            for name, node in as_object(components.get("securitySchemes")).items()
        ]
        nodes += [(name, {"$ref": uri}, at) for name, (uri, at) in self.reading.schemes_elsewhere.items()]
        for name, node, place in nodes:
            scheme, scheme_place = self.reading.target(node, place)
            kind = _SCHEME_TYPES.get(as_text(scheme.get("type")))
            if kind is not None:
                found[name] = discovered(_scheme(name, kind, scheme, scheme_place), self.reading.document)
        return found


def _scheme(name: str, kind: SchemeType, node: JsonObject, place: Place) -> SecurityScheme:
    return SecurityScheme(
        name=name,
        type=kind,
        place=place,
        description=as_text(node.get("description")),
        flows=tuple(
            Flow(
                grant=Grant(grant),
                place=below(place, "flows", name),
                token_url=as_address(as_object(flow).get("tokenUrl")),
                authorization_url=as_address(as_object(flow).get("authorizationUrl")),
                refresh_url=as_address(as_object(flow).get("refreshUrl")),
                device_authorization_url=as_address(as_object(flow).get("deviceAuthorizationUrl")),
                scopes={key: as_text(value) for key, value in as_object(as_object(flow).get("scopes")).items()},
            )
            for name, flow in as_object(node.get("flows")).items()
            if (grant := grant_called(name))
        ),
        http_scheme=as_text(node.get("scheme")).lower(),
        bearer_format=as_text(node.get("bearerFormat")),
        parameter_name=as_text(node.get("name")),
        parameter_location=_LOCATIONS.get(as_text(node.get("in")), ParameterLocation.HEADER),
        openid_connect_url=as_text(node.get("openIdConnectUrl")),
        metadata_url=as_text(node.get("oauth2MetadataUrl")),
    )
