"""Which operations cannot be sent, because their request needs a reference that leads nowhere."""

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonValue, pointer_join
from generator.references import Unresolvable, resolve
from generator.validation.walk import Visit


def unresolvable_needs(document: Document, visits: list[Visit]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the pointers of the operations that cannot be sent, and those of the references to blame.

    A request needs what its parameters and its body refer to, and what that refers to in turn; not the schema of
    what has an author's example, which can be sent as it is.
    """
    dangling = _dangling(document, visits)
    if not dangling:
        return frozenset(), frozenset()
    broken: set[str] = set()
    blamed: set[str] = set()
    for visit in visits:
        if visit.kind == "operation" and visit.parent is not None:
            found = _reached(document, _request_side(visit), dangling)
            blamed |= found
            if found:
                broken.add(visit.pointer)
    return frozenset(broken), frozenset(blamed)


def _dangling(document: Document, visits: list[Visit]) -> frozenset[str]:
    return frozenset(
        visit.pointer
        for visit in visits
        if isinstance(visit.node.get("$ref"), str)
        and isinstance(resolve(document, visit.node["$ref"], Place(document.uri, visit.pointer)), Unresolvable)
    )


def _request_side(operation: Visit) -> list[tuple[JsonValue, str]]:
    sides = [
        (operation.node.get(member), pointer_join(operation.pointer, member))
        for member in ("parameters", "requestBody")
    ]
    if operation.parent is not None:
        item = operation.parent
        sides.append((item.node.get("parameters"), pointer_join(item.pointer, "parameters")))
    return sides


def _reached(document: Document, sides: list[tuple[JsonValue, str]], dangling: frozenset[str]) -> set[str]:
    """Return which of `dangling` is reached from `sides`, each node looked at once."""
    found: set[str] = set()
    seen: set[str] = set()
    stack = list(sides)
    while stack:
        node, pointer = stack.pop()
        if pointer in seen:
            continue
        seen.add(pointer)
        if isinstance(node, dict):
            if pointer in dangling:
                found.add(pointer)
            elif isinstance(node.get("$ref"), str):
                target = resolve(document, node["$ref"], Place(document.uri, pointer))
                if not isinstance(target, Unresolvable):
                    stack.append((target.node, target.place.pointer))
            exemplified = "example" in node or bool(node.get("examples"))
            stack.extend(
                (child, pointer_join(pointer, key))
                for key, child in node.items()
                if not (exemplified and key == "schema")
            )
        elif isinstance(node, list):
            stack.extend((child, pointer_join(pointer, index)) for index, child in enumerate(node))
    return found
