"""What has examples and belongs to no operation: components that nobody refers to, callbacks, webhooks."""

from collections.abc import Iterator

from msgspec import Struct

from generator.json_values import JsonObject
from generator.model import Example, Schema
from generator.readers.base import Reading, below
from generator.validation.walk import Visit

_OWNERS = frozenset({"media_type", "parameter", "header"})


class Exemplified(Struct, frozen=True, kw_only=True):
    """A schema with the examples that stand beside it or in it; `media_type` is what they are written in, if known."""

    schema: Schema
    examples: tuple[Example, ...]
    media_type: str | None = None


def exemplified(reading: Reading, visits: Iterator[Visit]) -> Iterator[Exemplified]:
    """Yield the schemas with examples among `visits`; what they refer to gathers in the reading's definitions."""
    for visit in visits:
        node = visit.node
        if "$ref" in node or not ("example" in node or "examples" in node):
            continue
        if visit.kind == "schema":
            yield Exemplified(schema=reading.schema(node, visit.place), examples=tuple(_within(node, visit)))
        elif visit.kind in _OWNERS and "schema" in node:
            name = visit.name if visit.kind == "media_type" else None
            schema = reading.schema(node["schema"], below(visit.place, "schema"))
            yield Exemplified(schema=schema, examples=reading.examples(node, visit.place), media_type=name)


def _within(node: JsonObject, visit: Visit) -> Iterator[Example]:
    if "example" in node:
        yield Example(value=node["example"], place=below(visit.place, "example"))
    listed = node.get("examples")
    for index, value in enumerate(listed if isinstance(listed, list) else []):
        yield Example(value=value, place=below(visit.place, "examples", index))
