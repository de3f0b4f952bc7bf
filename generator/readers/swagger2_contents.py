"""What requests and responses hold in the words of OpenAPI 2.0, which documents of other versions use as well."""

from msgspec import Struct

from generator.findings import Place
from generator.json_values import JsonObject
from generator.model import Body, Encoding, Example, MediaType, ParameterLocation, Schema
from generator.readers.base import FoundOperation, Reading, as_object, as_text, below, parameter_nodes, style_of, texts
from generator.readers.schemas import merged
from generator.vocabulary import FORM, MULTIPART

_NOT_SCHEMA = frozenset({"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"})


class Contents(Struct, frozen=True):
    """Reads bodies that parameters make up, and what responses hold."""

    reading: Reading

    def inline(self, node: JsonObject, place: Place) -> Schema:
        """Return the schema that a parameter or header that is no body carries in its own members."""
        if isinstance(node.get("schema"), dict) and "type" not in node:
            return self.reading.schema(node["schema"], below(place, "schema"))
        own: JsonObject = {key: value for key, value in node.items() if key not in _NOT_SCHEMA}
        return self.reading.schema(own, place)

    def request_body(self, found: FoundOperation) -> Body | None:
        """Return the body that parameters of an operation make up."""
        nodes, place = parameter_nodes(self.reading, found), found.place
        consumes = texts(found.node.get("consumes", self.reading.document.root.get("consumes")))
        for node, node_place in nodes:
            if node.get("in") == "body":
                schema = self.reading.schema(node.get("schema"), below(node_place, "schema"))
                names = [name for name in consumes if name not in {FORM, MULTIPART}]
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
        multipart = files or (MULTIPART in consumes and FORM not in consumes)
        schemas: dict[str, Schema] = {}
        encoding: dict[str, Encoding] = {}
        required: list[str] = []
        for node, node_place in nodes:
            name = as_text(node["name"])
            inline = self.inline(node, node_place)
            described = (
                {**inline.node, "description": as_text(node.get("description"))}
                if isinstance(inline.node, dict)
                else {}
            )
            schemas[name] = Schema(node=described, place=node_place)
            style, explode = style_of(as_text(node.get("collectionFormat")), ParameterLocation.QUERY)
            if not multipart or node.get("type") == "array":
                encoding[name] = Encoding(style=style, explode=explode)
            if node.get("required") is True:
                required.append(name)
        media_type = MediaType(
            name=MULTIPART if multipart else FORM,
            place=place,
            schema=merged(schemas, list(dict.fromkeys(required)), place),
            encoding=encoding,
        )
        return Body(media_types=(media_type,), place=place, required=bool(required))

    def media_types(self, response: JsonObject, place: Place, operation: JsonObject) -> tuple[MediaType, ...]:
        """Return what a response of an operation holds: its schema in each media type that is produced."""
        produces = texts(operation.get("produces", self.reading.document.root.get("produces")))
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
