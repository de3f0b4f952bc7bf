"""OpenAPI 2.0, told in the words of 3."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject
from generator.model import (
    Api,
    Example,
    Operation,
    Parameter,
    ParameterLocation,
    Response,
    Server,
)
from generator.readers.base import (
    Reading,
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
from generator.readers.openapi3 import OpenApi3
from generator.readers.schemas import translate_openapi30
from generator.readers.security_schemes import security_schemes
from generator.readers.servers import hosted_servers, listed_servers
from generator.readers.swagger2_contents import Contents

_LOCATIONS = {
    "path": ParameterLocation.PATH,
    "query": ParameterLocation.QUERY,
    "header": ParameterLocation.HEADER,
    "cookie": ParameterLocation.COOKIE,
}
_OF_OPENAPI3 = frozenset({"content", "examples", "explode", "style"})
"""With one of these a parameter is written in the words of 3."""


def read_swagger2(document: Document, broken: frozenset[Place]) -> Api:
    """Return the model of a 2.0 document, without the operations at the places in `broken`."""
    reader = Swagger2(Reading.of(document, translate_openapi30))
    root = document.root
    info = as_object(root.get("info"))
    operations = tuple(reader.reading.allowance.within(reader.operations(broken)))
    return Api(
        title=as_text(info.get("title")) or "API",
        version=as_text(info.get("version")),
        place=reader.reading.root_place(),
        summary=as_text(info.get("summary")),
        description=as_text(info.get("description")),
        servers=_servers(root, reader.reading.root_place()),
        tags=tags(root),
        operations=operations,
        incoming=tuple(reader.reading.allowance.within(reader.new.incoming(broken))),
        security_schemes=security_schemes(reader.reading),
        external_documentation=external_documentation(root.get("externalDocs")),
        definitions=reader.reading.schemas.definitions,
        size=document.size,
        left_out=reader.reading.allowance.left_out,
    )


def _servers(root: JsonObject, place: Place) -> tuple[Server, ...]:
    """Return the servers; 3's `servers` where there is no `host`."""
    hosted, listed = hosted_servers(root, place), listed_servers(root, place)
    return hosted if as_text(root.get("host")) or not listed else listed


class Swagger2(Struct, frozen=True):
    """Reads what is written in the words of 2.0, in whatever document."""

    reading: Reading

    @property
    def new(self) -> OpenApi3:
        """Return the reader of what is written in the words of OpenAPI 3."""
        return OpenApi3(self.reading)

    @property
    def contents(self) -> Contents:
        """Return the reader of what requests and responses hold."""
        return Contents(self.reading)

    def operations(self, broken: frozenset[Place]) -> Iterator[Operation]:
        """Yield the operations, without those at the places in `broken`."""
        place = self.reading.root_place("paths")
        for found in path_operations(self.reading, documented_paths(self.reading), place, broken):
            operation, place = found.node, found.place
            parameters = [
                self._parameter(node, node_place, _LOCATIONS[as_text(node["in"])])
                for node, node_place in parameter_nodes(self.reading, found)
                if as_text(node.get("in")) in _LOCATIONS and as_text(node.get("name"))
            ]
            body = operation.get("requestBody")
            yield replace(
                operation_words(operation, found.item),
                method=found.method,
                path=found.path,
                place=place,
                parameters=with_template_parameters(found.path, parameters, place),
                body=self.contents.request_body(found)
                or (self.new.body(body, below(place, "requestBody")) if isinstance(body, dict) else None),
                responses=self._responses(operation, place),
                security=security(self.reading, operation, place),
                servers=listed_servers(operation, place) or listed_servers(found.item, found.item_place),
            )

    def _parameter(self, node: JsonObject, place: Place, location: ParameterLocation) -> Parameter:
        if location is ParameterLocation.COOKIE or not _OF_OPENAPI3.isdisjoint(node):
            return self.new.parameter(as_text(node.get("name")), location, node, place)
        style, explode = style_of(as_text(node.get("collectionFormat")), location)
        examples = [key for key in ("x-example", "example") if key in node]
        return Parameter(
            name=as_text(node.get("name")),
            location=location,
            schema=self.contents.inline(node, place),
            place=place,
            required=node.get("required") is True or location is ParameterLocation.PATH,
            description=as_text(node.get("description")),
            style=style,
            explode=explode,
            allow_empty_value=node.get("allowEmptyValue") is True,
            examples=tuple(Example(value=node[key], place=below(place, key)) for key in examples),
        )

    def _responses(self, operation: JsonObject, place: Place) -> tuple[Response, ...]:
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
                    media_types=self.contents.media_types(response, at, operation),
                )
                if "content" not in response and "links" not in response
                else self.new.response(status, response, at, operation)
            )
        return tuple(found)

    def _headers(self, nodes: JsonObject, place: Place) -> tuple[Parameter, ...]:
        return tuple(
            self._parameter({**as_object(node), "name": name}, below(place, name), ParameterLocation.HEADER)
            for name, node in nodes.items()
        )
