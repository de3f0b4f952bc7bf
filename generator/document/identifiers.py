"""Names that schemas give themselves: `$id`, `$anchor`, `$dynamicAnchor` (JSON Schema 2020-12, 8.2), 3.2's `$self`."""

import re
from collections.abc import Mapping

from msgspec import Struct

from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.vocabulary import DATA_KEYWORDS

_NAMES = re.compile(rb"\$(?:id|anchor|dynamicAnchor|self)\b")
_DATA = DATA_KEYWORDS | {"value"}
"""What stands below these is data, not a schema."""

_MOST_DYNAMIC = 100
"""How many dynamic anchors of one resource are dynamic: what they name depends on all that leads to them."""


class Identifiers(Struct, frozen=True, kw_only=True):
    """The names in one resource, by the pointers of the objects that bear them.

    `own` is the resource's own address (`$self`, or `$id` at its top). `ids` are the `$id`s below it. `anchors` and
    `dynamic_anchors` are names with the pointers of the schemas that bear them.
    """

    own: str = ""
    ids: Mapping[str, str] = {}
    anchors: tuple[tuple[str, str], ...] = ()
    dynamic_anchors: tuple[tuple[str, str], ...] = ()

    def scope_of(self, pointer: str) -> str:
        """Return the pointer of the schema resource around `pointer`: the nearest object with an `$id`."""
        while self.ids and pointer and pointer not in self.ids:
            pointer = pointer.rpartition("/")[0]
        return pointer if self.ids else ""


def identifiers(content: bytes, root: JsonObject) -> Identifiers:
    """Return the names in a resource; one whose text holds none of the keywords is not walked through."""
    if not _NAMES.search(content):
        return Identifiers()
    ids: dict[str, str] = {}
    anchors: list[tuple[str, str]] = []
    dynamic: list[tuple[str, str]] = []
    stack: list[tuple[JsonValue, str]] = [(root, "")]
    while stack:
        node, pointer = stack.pop()
        if isinstance(node, dict):
            name = node.get("$id")
            if pointer and isinstance(name, str):
                ids[pointer] = name
            for keyword, found in (("$anchor", anchors), ("$dynamicAnchor", dynamic)):
                if isinstance(anchor := node.get(keyword), str):
                    (found if len(found) < _MOST_DYNAMIC or found is anchors else anchors).append((anchor, pointer))
            stack.extend((child, pointer_join(pointer, key)) for key, child in node.items() if key not in _DATA)
        elif isinstance(node, list):
            stack.extend((child, pointer_join(pointer, index)) for index, child in enumerate(node))
    own = root.get("$self", root.get("$id"))
    return Identifiers(
        own=own if isinstance(own, str) else "", ids=ids, anchors=tuple(anchors), dynamic_anchors=tuple(dynamic)
    )
