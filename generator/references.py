"""From a `$ref` to the node it names: local ones, and those into other resources of the same closure."""

import enum
import posixpath
import urllib.parse

from msgspec import Struct

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonValue
from generator.uris import join

_LONGEST_CHAIN = 100
"""References to references that are followed; more of them, or a place met twice, is a loop."""


class Problem(enum.Enum):
    """Why a reference leads nowhere."""

    DANGLING = "dangling"
    OTHER_DOCUMENT = "other document"
    CYCLE = "cycle"
    NOT_TEXT = "not text"


class Target(Struct, frozen=True, kw_only=True):
    """Where a reference leads."""

    node: JsonValue
    place: Place


class Unresolvable(Struct, frozen=True, kw_only=True):
    """A reference that leads nowhere; `message` says why in a sentence, `hint` what to do, where that is known.

    Those with the same `cause` are told once.
    """

    reference: str
    problem: Problem
    message: str
    hint: str = ""
    cause: str = ""


def resolve(document: Document, reference: object, base: Place) -> Target | Unresolvable:
    """Return what `reference`, which stands at `base`, names in the end (RFC 3986, 5; RFC 6901, 6).

    Chains of references are followed; a loop is an answer, not an error. What says the same is followed once.
    """
    if not isinstance(reference, str):
        return step(document, reference, base)
    key = (base.uri, document.resources[base.uri].identifiers.scope_of(base.pointer), reference)
    known: Target | Unresolvable | None = document.followed.get(key)
    if known is None:
        known = document.followed[key] = _resolved(document, reference, base)
    return known


def _resolved(document: Document, reference: str, base: Place) -> Target | Unresolvable:
    seen: set[Place] = set()
    while True:
        target = step(document, reference, base)
        if isinstance(target, Unresolvable):
            return target
        inner = target.node.get("$ref") if isinstance(target.node, dict) else None
        if inner is None or not isinstance(inner, str):
            return target
        if target.place in seen or len(seen) > _LONGEST_CHAIN:
            message = f"The reference `{reference}` leads back to itself."
            return Unresolvable(reference=reference, problem=Problem.CYCLE, message=message)
        seen.add(target.place)
        reference, base = inner, target.place


def follow(document: Document, node: JsonValue, place: Place) -> Target | Unresolvable:
    """Return `node` itself, or what it names where it is a reference object."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        return resolve(document, node["$ref"], place)
    return Target(node=node, place=place)


def step(document: Document, reference: object, base: Place) -> Target | Unresolvable:
    """Return what `reference` names itself, be that another reference."""
    if not isinstance(reference, str):
        message = f"The reference `{reference!r}` is not text."
        return Unresolvable(reference=repr(reference), problem=Problem.NOT_TEXT, message=message)
    address, _, fragment = reference.partition("#")
    scope = _scope(document, address, base)
    if scope is None:
        return _elsewhere(document, reference, join(base.uri, address))
    fragment = urllib.parse.unquote(fragment)
    found = _within(document, scope, fragment)
    if found is None and scope.pointer:
        # Written as if `$id` were not there, which many documents do.
        found = _within(document, Place(scope.uri, ""), fragment)
    if found is not None:
        return found
    message = f"The reference `{reference}` leads nowhere."
    return Unresolvable(reference=reference, problem=Problem.DANGLING, message=message)


def dynamic_anchors(document: Document, place: Place) -> dict[str, Place]:
    """Return the dynamic anchors that hold once the schema at `place` is entered (JSON Schema 2020-12, 8.2.3.2).

    They are those of the schema resource around it; where no `$id` makes one, those in the schema itself, since
    documents that lack it have many schemas with anchors of one name.
    """
    found: dict[str, Place] = {}
    names = document.resources[place.uri].identifiers
    scope = names.scope_of(place.pointer)
    own = [(name, pointer) for name, pointer in names.dynamic_anchors if names.scope_of(pointer) == scope]
    for name, pointer in own:
        if pointer == place.pointer or pointer.startswith(f"{place.pointer}/"):
            found.setdefault(name, Place(place.uri, pointer))
    for name, pointer in own if scope else ():
        found.setdefault(name, Place(place.uri, pointer))
    return found


def is_dynamic(document: Document, target: Target, anchor: str) -> bool:
    """Tell whether what a `$dynamicRef` names at first bears the dynamic `anchor` itself, so that another may hold."""
    bearers = document.resources[target.place.uri].identifiers.dynamic_anchors
    return (anchor, target.place.pointer) in bearers


def _scope(document: Document, address: str, base: Place) -> Place | None:
    """Return the schema resource or the resource that `address` names from `base`; None where it is not there."""
    names = document.resources[base.uri].identifiers
    around = names.scope_of(base.pointer)
    if not address:
        return Place(base.uri, around)
    addresses = document.addresses
    if not addresses.places:
        return _resource(document, join(base.uri, address))
    own = addresses.absolute[base.uri, ""]
    wanted = {join(addresses.absolute[base.uri, around], address), join(own, address)}
    found = [addresses.places[each] for each in wanted if each in addresses.places]
    return min(found)[1] if found else _resource(document, join(base.uri, address))


def _resource(document: Document, uri: str) -> Place | None:
    if uri in document.resources:
        return Place(uri, "")
    return Place(document.uri, "") if uri == posixpath.normpath(document.uri) else None


def _within(document: Document, scope: Place, fragment: str) -> Target | None:
    if fragment and not fragment.startswith("/"):
        pointer = document.addresses.anchors.get((scope.uri, scope.pointer, fragment))
        if pointer is None:
            return None
        place = Place(scope.uri, pointer)
    else:
        place = Place(scope.uri, scope.pointer + fragment)
    try:
        return Target(node=document.node_at(place), place=place)
    except KeyError:
        return None


def _elsewhere(document: Document, reference: str, uri: str) -> Unresolvable:
    absence = document.absent.get(uri)
    message = absence.message if absence else "it is not part of what was read."
    return Unresolvable(
        reference=reference,
        problem=Problem.OTHER_DOCUMENT,
        message=f"The reference `{reference}` leads to another document: {message}",
        hint=absence.hint if absence else "",
        cause=absence.cause if absence else "",
    )
