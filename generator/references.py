"""From a `$ref` to the node it names: local ones, and those into other resources of the same closure."""

import enum
import urllib.parse

from msgspec import Struct

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonValue

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
    """A reference that leads nowhere; `message` says why in a sentence."""

    reference: str
    problem: Problem
    message: str


def resolve(document: Document, reference: object, base: Place) -> Target | Unresolvable:
    """Return what `reference`, which stands at `base`, names in the end (RFC 3986, 5; RFC 6901, 6).

    Chains of references are followed; a loop is an answer, not an error.
    """
    seen: set[Place] = set()
    while True:
        target = _step(document, reference, base)
        if isinstance(target, Unresolvable):
            return target
        inner = target.node.get("$ref") if isinstance(target.node, dict) else None
        if inner is None or not isinstance(inner, str):
            return target
        if target.place in seen or len(seen) > _LONGEST_CHAIN:
            message = f"The reference `{reference}` leads back to itself."
            return Unresolvable(reference=str(reference), problem=Problem.CYCLE, message=message)
        seen.add(target.place)
        reference, base = inner, target.place


def follow(document: Document, node: JsonValue, place: Place) -> Target | Unresolvable:
    """Return `node` itself, or what it names where it is a reference object."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        return resolve(document, node["$ref"], place)
    return Target(node=node, place=place)


def _step(document: Document, reference: object, base: Place) -> Target | Unresolvable:
    if not isinstance(reference, str):
        message = f"The reference `{reference!r}` is not text."
        return Unresolvable(reference=repr(reference), problem=Problem.NOT_TEXT, message=message)
    address, _, fragment = reference.partition("#")
    uri = base.uri if not address else _joined(base.uri, address)
    if uri not in document.resources:
        return Unresolvable(reference=reference, problem=Problem.OTHER_DOCUMENT, message=_elsewhere(reference))
    place = Place(uri, urllib.parse.unquote(fragment))
    try:
        if place.pointer and not place.pointer.startswith("/"):
            raise KeyError(place.pointer)
        return Target(node=document.node_at(place), place=place)
    except KeyError:
        message = f"The reference `{reference}` leads nowhere."
        return Unresolvable(reference=reference, problem=Problem.DANGLING, message=message)


def _joined(base: str, address: str) -> str:
    try:
        return urllib.parse.urljoin(base, address)
    except ValueError:
        return address


def _elsewhere(reference: str) -> str:
    if reference.startswith("https://api.swaggerhub.com/domains/"):
        return f"The reference `{reference}` leads into a SwaggerHub domain, which is not part of this file."
    return f"The reference `{reference}` leads to another document."
