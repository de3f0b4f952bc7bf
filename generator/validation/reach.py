"""Which operations cannot be sent, because their request needs a reference that leads nowhere."""

from collections.abc import Iterator

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.references import Unresolvable, follow, resolve
from generator.validation.resolving import Resolver
from generator.validation.walk import Visit

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
DATA = frozenset({"example", "examples", "default", "enum", "const"})
"""What stands below these is data; a `$ref` in it is none."""


def unresolvable_needs(
    document: Document, visits: list[Visit], resolver: Resolver
) -> tuple[frozenset[Place], frozenset[Place]]:
    """Return the places of the operations that cannot be sent, and those of the references to blame.

    A request needs what its parameters and its body refer to, and what that refers to in turn; not the schema of
    what has an author's example, which can be sent as it is.
    """
    dangling = _dangling(document, visits, resolver)
    if not dangling and len(document.resources) == 1:
        return frozenset(), frozenset()
    broken: set[Place] = set()
    blamed: set[Place] = set()
    for place, operation, item, item_place in _operations(document, visits):
        sides = [
            *((operation.get(member), _below(place, member)) for member in ("parameters", "requestBody")),
            (item.get("parameters"), _below(item_place, "parameters")),
        ]
        found = _reached(document, sides, dangling)
        blamed |= found
        if found:
            broken.add(place)
    return frozenset(broken), frozenset(blamed)


def _dangling(document: Document, visits: list[Visit], resolver: Resolver) -> frozenset[Place]:
    return frozenset(
        visit.place
        for visit in visits
        if "$ref" in visit.node
        and visit.uri == document.uri
        and isinstance(visit.node["$ref"], str)
        and isinstance(resolver(visit.node["$ref"], visit), Unresolvable)
    )


def _operations(document: Document, visits: list[Visit]) -> Iterator[tuple[Place, JsonObject, JsonObject, Place]]:
    """Yield each operation with its place, its path item and its place; also those of path items elsewhere."""
    for visit in visits:
        if visit.uri != document.uri:
            continue
        if visit.kind == "operation" and visit.parent is not None:
            yield visit.place, visit.node, visit.parent.node, visit.parent.place
        elif visit.kind == "path_item" and "$ref" in visit.node:
            target = follow(document, visit.node, visit.place)
            if isinstance(target, Unresolvable) or not isinstance(target.node, dict):
                continue
            for method, node in target.node.items():
                if method in _METHODS and isinstance(node, dict):
                    yield _below(target.place, method), node, target.node, target.place


def _below(place: Place, token: str | int) -> Place:
    return Place(place.uri, pointer_join(place.pointer, token))


def _reached(document: Document, sides: list[tuple[JsonValue, Place]], dangling: frozenset[Place]) -> set[Place]:
    """Return the references without a target that are reached from `sides`, each node looked at once."""
    found: set[Place] = set()
    seen: set[Place] = set()
    stack = list(sides)
    while stack:
        node, place = stack.pop()
        if place in seen:
            continue
        seen.add(place)
        if isinstance(node, dict):
            reference = node.get("$ref")
            if place in dangling:
                found.add(place)
            elif isinstance(reference, str):
                target = resolve(document, reference, place)
                if not isinstance(target, Unresolvable):
                    stack.append((target.node, target.place))
                elif place.uri != document.uri:
                    found.add(place)
            exemplified = "example" in node or bool(node.get("examples"))
            stack.extend(
                (child, _below(place, key))
                for key, child in node.items()
                if key not in DATA and not (exemplified and key == "schema")
            )
        elif isinstance(node, list):
            stack.extend((child, _below(place, index)) for index, child in enumerate(node))
    return found
