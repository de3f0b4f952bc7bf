"""Which operations cannot be sent, because their request needs a reference that leads nowhere."""

from collections.abc import Iterable, Iterator

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.references import Unresolvable, follow, resolve
from generator.validation.resolving import Resolver
from generator.validation.walk import Visit
from generator.vocabulary import DATA_KEYWORDS, METHODS


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
    needs = _Needs(document, dangling)
    asking: dict[Place, list[Place]] = {}
    for place, operation, item, item_place in _operations(document, visits):
        sides = [
            *((operation.get(member), _below(place, member)) for member in ("parameters", "requestBody")),
            (item.get("parameters"), _below(item_place, "parameters")),
        ]
        needs.look(sides)
        asking[place] = [side for _, side in sides]
    spoiled = needs.spoiled()
    broken = (place for place, sides in asking.items() if not spoiled.isdisjoint(sides))
    return frozenset(broken), frozenset(needs.blamed)


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
                if method in METHODS and isinstance(node, dict):
                    yield _below(target.place, method), node, target.node, target.place


def _below(place: Place, token: str | int) -> Place:
    return Place(place.uri, pointer_join(place.pointer, token))


class _Needs:
    """What needs what, each node looked at once however many operations need it.

    `blamed` are the references without a target that were reached.
    """

    def __init__(self, document: Document, dangling: frozenset[Place]) -> None:
        self.blamed: set[Place] = set()
        self._document = document
        self._dangling = dangling
        self._needed_by: dict[Place, list[Place]] = {}
        self._seen: set[Place] = set()

    def look(self, sides: Iterable[tuple[JsonValue, Place]]) -> None:
        """Look at all that is needed by `sides`."""
        stack = list(sides)
        while stack:
            node, place = stack.pop()
            if place in self._seen:
                continue
            self._seen.add(place)
            needed = list(self._needed(node, place))
            for _, at in needed:
                self._needed_by.setdefault(at, []).append(place)
            stack += needed

    def _needed(self, node: JsonValue, place: Place) -> Iterator[tuple[JsonValue, Place]]:
        """Yield what `node` needs itself; note it where that leads nowhere."""
        if isinstance(node, dict):
            reference = node.get("$ref")
            if place in self._dangling:
                self.blamed.add(place)
            elif isinstance(reference, str):
                target = resolve(self._document, reference, place)
                if not isinstance(target, Unresolvable):
                    yield target.node, target.place
                elif place.uri != self._document.uri:
                    self.blamed.add(place)
            exemplified = "example" in node or bool(node.get("examples"))
            for key, child in node.items():
                if key not in DATA_KEYWORDS and not (exemplified and key == "schema"):
                    yield child, _below(place, key)
        elif isinstance(node, list):
            for index, child in enumerate(node):
                yield child, _below(place, index)

    def spoiled(self) -> set[Place]:
        """Return all places from which a reference without a target is reached."""
        found = set(self.blamed)
        stack = list(found)
        while stack:
            further = [place for place in self._needed_by.get(stack.pop(), ()) if place not in found]
            found.update(further)
            stack += further
        return found
