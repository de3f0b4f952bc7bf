"""OpenAPI 2.0, told in the words of 3."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue
from generator.model import (
    Api,
    Body,
    Encoding,
    Example,
    Flow,
    Grant,
    MediaType,
    Operation,
    Parameter,
    ParameterLocation,
    Response,
    Schema,
    SchemeType,
    SecurityScheme,
    Server,
    Style,
)
from generator.readers.base import (
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
from generator.readers.schemas import merged, translate_openapi30
from generator.validation.security import grant_of

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
_LOCATIONS = {
    "path": ParameterLocation.PATH,
    "query": ParameterLocation.QUERY,
    "header": ParameterLocation.HEADER,
}
_DELIMITED = {"ssv": Style.SPACE_DELIMITED, "tsv": Style.TAB_DELIMITED, "pipes": Style.PIPE_DELIMITED}
_NOT_SCHEMA = frozenset({"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"})
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


def read_swagger2(document: Document, broken: frozenset[Place]) -> Api:
    """Return the model of a 2.0 document, without the operations at the places in `broken`."""
    reader = _Reader(Reading.of(document, translate_openapi30))
    root = document.root
    info = as_object(root.get("info"))
    operations = tuple(reader.operations(broken))
    return Api(
        title=as_text(info.get("title")) or "API",
        version=as_text(info.get("version")),
        place=reader.reading.root_place(),
        description=as_text(info.get("description")),
        servers=_servers(root, texts(root.get("schemes")), reader.reading.root_place()),
        tags=tags(root),
        operations=operations,
        security_schemes=reader.security_schemes(),
        external_documentation=external_documentation(root.get("externalDocs")),
        definitions=reader.reading.schemas.definitions,
    )


def _servers(root: JsonObject, schemes: tuple[str, ...], place: Place) -> tuple[Server, ...]:
    """Return a server for each web scheme, https first; without a host one that is relative."""
    base_path = as_text(root.get("basePath")).strip()
    base_path = base_path if base_path.startswith("/") or not base_path else f"/{base_path}"
    host = as_text(root.get("host")).strip()
    if not host:
        return (Server(url=base_path or "/", place=below(place, "basePath") if base_path else place),)
    web = [scheme for scheme in ("https", "http") if scheme in schemes] or ["https"]
    return tuple(Server(url=as_address(f"{scheme}://{host}{base_path}"), place=below(place, "host")) for scheme in web)


class _Reader(Struct, frozen=True):
    reading: Reading

    def operations(self, broken: frozenset[Place]) -> Iterator[Operation]:
        root = self.reading.document.root
        place = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), place, _METHODS, broken):
            operation, place = found.node, found.place
            nodes = [
                *self._nodes(found.item.get("parameters"), below(found.item_place, "parameters")),
                *self._nodes(operation.get("parameters"), below(place, "parameters")),
            ]
            parameters = [
                self._parameter(node, node_place, _LOCATIONS[as_text(node["in"])])
                for node, node_place in nodes
                if as_text(node.get("in")) in _LOCATIONS and as_text(node.get("name"))
            ]
            consumes = texts(operation.get("consumes", root.get("consumes")))
            yield replace(
                operation_words(operation, found.item),
                method=found.method,
                path=found.path,
                place=place,
                parameters=with_template_parameters(found.path, parameters, place),
                body=self._body(nodes, consumes, place),
                responses=self._responses(operation, place),
                security=security(self.reading, operation, place),
            )

    def _nodes(self, nodes: JsonValue, place: Place) -> Iterator[tuple[JsonObject, Place]]:
        for index, node in enumerate(as_list(nodes)):
            yield self.reading.target(node, below(place, index))

    def _parameter(self, node: JsonObject, place: Place, location: ParameterLocation) -> Parameter:
        style, explode = _style(as_text(node.get("collectionFormat")), location)
        examples = [key for key in ("x-example", "example") if key in node]
        return Parameter(
            name=as_text(node.get("name")),
            location=location,
            schema=self._inline(node, place),
            place=place,
            required=node.get("required") is True or location is ParameterLocation.PATH,
            description=as_text(node.get("description")),
            style=style,
            explode=explode,
            allow_empty_value=node.get("allowEmptyValue") is True,
            examples=tuple(Example(value=node[key], place=below(place, key)) for key in examples),
        )

    def _inline(self, node: JsonObject, place: Place) -> Schema:
        """Return the schema that a parameter or header that is no body carries in its own members."""
        if isinstance(node.get("schema"), dict) and "type" not in node:
            return self.reading.schema(node["schema"], below(place, "schema"))
        own: JsonObject = {key: value for key, value in node.items() if key not in _NOT_SCHEMA}
        return self.reading.schema(own, place)

    def _body(self, nodes: list[tuple[JsonObject, Place]], consumes: tuple[str, ...], place: Place) -> Body | None:
        for node, node_place in nodes:
            if node.get("in") == "body":
                schema = self.reading.schema(node.get("schema"), below(node_place, "schema"))
                names = [name for name in consumes if name not in {_FORM, _MULTIPART}]
                return Body(
                    media_types=tuple(
                        MediaType(name=name, place=node_place, schema=schema) for name in names or ["application/json"]
                    ),
                    media_types_declared=bool(names),
                    place=node_place,
                    required=node.get("required") is True,
                    description=as_text(node.get("description")),
                )
        form = [(node, at) for node, at in nodes if node.get("in") == "formData" and as_text(node.get("name"))]
        return self._form(form, consumes, place) if form else None

    def _form(self, nodes: list[tuple[JsonObject, Place]], consumes: tuple[str, ...], place: Place) -> Body:
        files = any(node.get("type") == "file" for node, _ in nodes)
        multipart = files or (_MULTIPART in consumes and _FORM not in consumes)
        schemas: dict[str, Schema] = {}
        encoding: dict[str, Encoding] = {}
        required: list[str] = []
        for node, node_place in nodes:
            name = as_text(node["name"])
            inline = self._inline(node, node_place)
            described = (
                {**inline.node, "description": as_text(node.get("description"))}
                if isinstance(inline.node, dict)
                else {}
            )
            schemas[name] = Schema(node=described, place=node_place)
            style, explode = _style(as_text(node.get("collectionFormat")), ParameterLocation.QUERY)
            if not multipart or node.get("type") == "array":
                encoding[name] = Encoding(style=style, explode=explode)
            if node.get("required") is True:
                required.append(name)
        media_type = MediaType(
            name=_MULTIPART if multipart else _FORM,
            place=place,
            schema=merged(schemas, list(dict.fromkeys(required)), place),
            encoding=encoding,
        )
        return Body(media_types=(media_type,), place=place, required=bool(required))

    def _responses(self, operation: JsonObject, place: Place) -> tuple[Response, ...]:
        produces = texts(operation.get("produces", self.reading.document.root.get("produces")))
        found = []
        for status, node in as_object(operation.get("responses")).items():
            if status.startswith("x-"):
                continue
            response, at = self.reading.target(node, below(place, "responses", status))
            found.append(
                Response(
                    status=status,
                    place=at,
                    description=as_text(response.get("description")),
                    headers=self._headers(as_object(response.get("headers")), below(at, "headers")),
                    media_types=self._response_media_types(response, at, produces),
                )
            )
        return tuple(found)

    def _headers(self, nodes: JsonObject, place: Place) -> tuple[Parameter, ...]:
        return tuple(
            self._parameter({**as_object(node), "name": name}, below(place, name), ParameterLocation.HEADER)
            for name, node in nodes.items()
        )

    def _response_media_types(
        self, response: JsonObject, place: Place, produces: tuple[str, ...]
    ) -> tuple[MediaType, ...]:
        examples = as_object(response.get("examples"))
        node = response.get("schema")
        if node is None and not examples:
            return ()
        schema = self.reading.schema(node, below(place, "schema")) if node is not None else None
        names = dict.fromkeys((*produces, *examples)) or ("application/json",)
        authored = {
            name: (Example(value=value, place=below(place, "examples", name)),) for name, value in examples.items()
        }
        dangling = self.reading.dangles(node, below(place, "schema"))
        return tuple(
            MediaType(name=name, place=place, schema=schema, examples=authored.get(name, ()), dangling=dangling)
            for name in names
        )

    def security_schemes(self) -> dict[str, SecurityScheme]:
        found = {}
        for name, node in as_object(self.reading.document.root.get("securityDefinitions")).items():
            scheme = _scheme(name, as_object(node), self.reading.root_place("securityDefinitions", name))
            if scheme is not None:
                found[name] = scheme
        return found


def _style(collection_format: str, location: ParameterLocation) -> tuple[Style, bool]:
    """Return style and explode for a `collectionFormat` (2.0, Parameter Object; csv where it is not said)."""
    if collection_format == "multi":
        return Style.FORM, True
    if collection_format in _DELIMITED:
        return _DELIMITED[collection_format], False
    return (Style.FORM if location is ParameterLocation.QUERY else Style.SIMPLE), False


def _scheme(name: str, node: JsonObject, place: Place) -> SecurityScheme | None:
    kind = as_text(node.get("type"))
    description = as_text(node.get("description"))
    if kind == "basic":
        return SecurityScheme(
            name=name, type=SchemeType.HTTP, place=place, description=description, http_scheme="basic"
        )
    if kind == "apiKey":
        return SecurityScheme(
            name=name,
            type=SchemeType.API_KEY,
            place=place,
            description=description,
            parameter_name=as_text(node.get("name")),
            parameter_location=_LOCATIONS.get(as_text(node.get("in")), ParameterLocation.HEADER),
        )
    if kind != "oauth2":
        return None
    flow = Flow(
        grant=Grant(grant_of(node)),
        place=place,
        token_url=as_address(node.get("tokenUrl")),
        authorization_url=as_address(node.get("authorizationUrl")),
        scopes={key: as_text(value) for key, value in as_object(node.get("scopes")).items()},
    )
    return SecurityScheme(name=name, type=SchemeType.OAUTH2, place=place, description=description, flows=(flow,))
