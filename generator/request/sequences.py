"""Bodies that are a row of items: JSON lines, JSON text sequences, events, tables (OpenAPI 3.2, 4.14.2)."""

from collections.abc import Iterable, Iterator

from generator.json_values import JsonObject, JsonValue, to_json
from generator.model import MediaType, Operation, Schema
from generator.request.media_types import essence
from generator.request.schemas import Definitions, members, resolved_node
from generator.request.serialization import scalar_text

EVENTS = "text/event-stream"
TABLE = "text/csv"
_RECORD_SEPARATOR = "\x1e"


def body_schema(media_type: MediaType) -> Schema | None:
    """Return the schema of a whole body: where only items have one, that of a list of them."""
    if media_type.schema is not None or media_type.item_schema is None:
        return media_type.schema
    items = media_type.item_schema
    return Schema(node={"type": "array", "items": items.node, "minItems": 1}, place=items.place)


def sequence_text(value: JsonValue, media_type: MediaType, definitions: Definitions) -> str:
    """Return the items of `value` one after the other, as the media type writes them."""
    items: list[JsonValue] = list(value) if isinstance(value, list) else [value]
    kind = essence(media_type.name)
    if kind == EVENTS:
        return "".join(f"{_event(item)}\n\n" for item in items)
    if kind == TABLE:
        return _table(items, _columns(body_schema(media_type), definitions))
    before = _RECORD_SEPARATOR if kind.endswith("json-seq") else ""  # RFC 7464, 2.2
    return "".join(f"{before}{to_json(item, indent=False)}\n" for item in items)


def _event(item: JsonValue) -> str:
    """Return one event with a line for each field, for `data` as many as it has (HTML, 9.2.5)."""
    fields = item if isinstance(item, dict) else {"data": item}
    lines = [
        f"{' '.join(name.split())}: {line}"
        for name, value in fields.items()
        for line in (scalar_text(value).splitlines() or [""])
    ]
    return "\n".join(lines)


def _columns(schema: Schema | None, definitions: Definitions) -> list[str]:
    """Return the names of the members of the items, in the document's order."""
    node: JsonObject = resolved_node(schema.node, definitions) if schema else {}
    return list(members(resolved_node(node.get("items"), definitions), definitions))


def _table(items: list[JsonValue], columns: list[str]) -> str:
    """Return rows below a header; items that are no objects are rows without one (RFC 4180, but for how lines end)."""
    import csv
    import io

    written = io.StringIO()
    rows = [item for item in items if isinstance(item, dict)]
    names = list(dict.fromkeys([*(name for name in columns if any(name in row for row in rows)), *_names(rows)]))
    writer = csv.writer(written, lineterminator="\n")
    if names:
        writer.writerow(names)
    for item in items:
        cells = (
            [item.get(name) for name in names] if isinstance(item, dict) else item if isinstance(item, list) else [item]
        )
        writer.writerow(map(scalar_text, cells))
    return written.getvalue()


def _names(rows: list[JsonObject]) -> list[str]:
    return [name for row in rows for name in row]


def sampled_schemas(operations: Iterable[Operation]) -> Iterator[Schema]:
    """Yield the schemas that requests and saved responses of `operations` are made from."""
    for operation in operations:
        yield from (parameter.schema for parameter in operation.parameters)
        yield from _of_media_types(operation.body.media_types if operation.body else ())
        for response in operation.responses:
            yield from (header.schema for header in response.headers)
            yield from _of_media_types(response.media_types)


def _of_media_types(media_types: Iterable[MediaType]) -> Iterator[Schema]:
    for media_type in media_types:
        schema = body_schema(media_type)
        if schema is not None:
            yield schema
