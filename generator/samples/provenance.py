"""Where in a document an author's value stands: at the schema that gives it, not at the one that refuses it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, child_at, pointer_join
from generator.model import Schema
from generator.samples.plan import Path
from generator.samples.schemas import definition_key
from generator.samples.violations import Violation
from generator.vocabulary import SCHEMA_LISTS, SCHEMA_MAPS

_MOST_PARTS = 200
"""In how many schemas that one is composed of the author's value is looked for."""

_OF_MEMBERS = frozenset({"properties", "patternProperties", "prefixItems"})
_OF_PARTS = frozenset({"additionalProperties", "contains", "items", "unevaluatedItems", "unevaluatedProperties"})
"""Keywords whose schemas are applied to a member or an item: after a name or a number, or at once."""


class Definitions(Struct, frozen=True):
    """The schemas that references name; `uri` is the entry document's, in whose terms they are keyed."""

    schemas: Mapping[str, JsonObject | bool]
    uri: str

    def named(self, reference: str) -> "_Node":
        """Return the schema that a reference names, with its place."""
        key = definition_key(reference) or ""
        other, _, pointer = key.rpartition("#")
        return _Node(value=self.schemas.get(key, True), place=Place(other or self.uri, pointer))


class Given(Struct, frozen=True, kw_only=True):
    """An author's value: the `place` where it stands, whether that is a `default`."""

    place: Place
    is_default: bool


class _Node(Struct, frozen=True, kw_only=True):
    """A schema, or a map or list of such, and its place."""

    value: JsonValue
    place: Place

    def child(self, step: str | int, definitions: Definitions) -> "_Node":
        """Return what `step` names here: behind the reference, where that is what it names."""
        value = child_at(self.value, str(step))
        if step == "$ref" and isinstance(value, str):
            return definitions.named(value)
        return _Node(value=value, place=Place(self.place.uri, pointer_join(self.place.pointer, step)))


def given_at(
    schema: Schema, violation: Violation, path: Path, value: JsonValue, definitions: Definitions
) -> Given | None:
    """Return where the author gives `value`, which stood at `path` when it violated `schema`; None where nobody knows.

    The way of the violation leads past the schema that gives it, or past one that is composed of that.
    """
    for node in _passed(_Node(value=schema.node, place=schema.place), violation.way, len(path), definitions):
        for part in _parts(node, definitions):
            found = _given(part, value)
            if found is not None:
                return found
    return None


def _passed(start: _Node, way: Path, depth: int, definitions: Definitions) -> Iterator[_Node]:
    """Yield the schemas on the `way` that are applied to a part of the value at this `depth`."""
    node, level, is_map, counts = start, 0, False, False
    for token in (*way, None):
        if level == depth and not is_map and isinstance(node.value, dict):
            yield node
        if token is None or level > depth:
            return
        if is_map:
            level, is_map = level + counts, False
        else:
            is_map = token in SCHEMA_MAPS or token in SCHEMA_LISTS
            counts = token in _OF_MEMBERS
            level += token in _OF_PARTS
        node = node.child(token, definitions)


def _parts(start: _Node, definitions: Definitions) -> Iterator[_Node]:
    """Yield a schema and those that it is composed of, the nearest first."""
    waiting = [start]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_PARTS:
        node = waiting.pop(0)
        if not isinstance(node.value, dict) or id(node.value) in seen:
            continue
        seen.add(id(node.value))
        yield node
        if "$ref" in node.value:
            waiting.append(node.child("$ref", definitions))
        for keyword in ("allOf", "oneOf", "anyOf"):
            listed = node.child(keyword, definitions)
            count = len(listed.value) if isinstance(listed.value, list) else 0
            waiting += [listed.child(index, definitions) for index in range(count)]


def _given(node: _Node, value: JsonValue) -> Given | None:
    """Return where the schema `node` gives `value` itself."""
    schema = node.value if isinstance(node.value, dict) else {}
    listed = schema.get("examples")
    offered: list[tuple[Path, JsonValue]] = [(("example",), schema["example"])] if "example" in schema else []
    offered += [(("examples", index), one) for index, one in enumerate(listed if isinstance(listed, list) else [])]
    offered += [(("default",), schema["default"])] if "default" in schema else []
    for tokens, one in offered:
        if type(one) is type(value) and one == value:
            place = Place(node.place.uri, pointer_join(node.place.pointer, *tokens))
            return Given(place=place, is_default=tokens == ("default",))
    return None
