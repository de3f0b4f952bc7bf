"""What a document is: sources, their trees, and the version of OpenAPI."""

import enum
import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Protocol

from msgspec import Struct

from generator.document.identifiers import Identifiers
from generator.findings import Finding, Place, Position
from generator.json_values import JsonObject, JsonValue, pointer_split
from generator.pattern_weight import costly, patterns
from generator.uris import join

_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
"""An array's index in a JSON pointer (RFC 6901, section 4), as long as an array can be."""


class SpecificationVersion(enum.Enum):
    """The versions of OpenAPI that are read, each with its patch releases."""

    V2_0 = "2.0"
    V3_0 = "3.0"
    V3_1 = "3.1"
    V3_2 = "3.2"


class Source(Struct, frozen=True, kw_only=True):
    """The bytes of a specification and what the user calls it: its path, or `-` for standard input."""

    uri: str
    content: bytes


class Places(Protocol):
    """Where the parts of a tree stand in the text from which it was read."""

    def locate(self, pointers: Collection[str]) -> dict[str, Position]:
        """Return the position of each of `pointers`: a member's is its key's, an item's its own.

        What is not there has its nearest ancestor's.
        """


class Tree(Struct, frozen=True, kw_only=True):
    """What a source holds, None where it cannot be read, and what is to be said of it.

    `places` knows where the parts of what was read as YAML stand.
    """

    value: JsonValue
    findings: tuple[Finding, ...] = ()
    places: Places | None = None


class Absence(Struct, frozen=True, kw_only=True):
    """Why a source that a document refers to is not there, and what to do; each a sentence or two.

    Of absences with the same `cause` only the first is told, which speaks for all.
    """

    message: str
    hint: str
    cause: str = ""


class Resource(Struct, frozen=True, kw_only=True):
    """A source, the tree that was read from it, and the names that parts of it have.

    `places` are those of the `Tree`.
    """

    source: Source
    root: JsonObject
    places: Places | None = None
    identifiers: Identifiers = Identifiers()


class Addresses(Struct, frozen=True, kw_only=True):
    """The addresses that resources and the schemas in them give themselves, and their anchors.

    `absolute` has the address of each, by its resource's URI and its pointer; `places` is the reverse, the first first.
    `anchors` has the pointers of what bears a name, by the resource, the pointer of the schema resource, and the name.
    """

    absolute: Mapping[tuple[str, str], str]
    places: Mapping[str, tuple[int, Place]]
    anchors: Mapping[tuple[str, str, str], str]


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """A specification: the resource at `uri`, and every other one that it may refer to, by URI.

    `absent` says of further ones that it refers to why they are not there.
    """

    uri: str
    version: SpecificationVersion
    resources: Mapping[str, Resource]
    absent: Mapping[str, Absence] = {}

    @property
    def root(self) -> JsonObject:
        """Return the tree of the entry resource."""
        return self.resources[self.uri].root

    @cached_property
    def size(self) -> int:
        """Return how many bytes all resources have."""
        return sum(len(resource.source.content) for resource in self.resources.values())

    @cached_property
    def addresses(self) -> Addresses:
        """Return the addresses within all resources, each made once."""
        return _addresses(self.resources)

    @cached_property
    def followed(self) -> dict[tuple[str, str, str], Any]:
        """Return where references led that were followed already, by what they mean: resource, scope and text."""
        return {}

    @cached_property
    def costly_patterns(self) -> frozenset[str]:
        """Return the patterns that are left out, since to compile them with all others would take too much."""
        return costly(pattern for resource in self.resources.values() for pattern, _ in patterns(resource.root))

    def node_at(self, place: Place) -> JsonValue:
        """Return the node at `place`. Raises KeyError where there is none (RFC 6901, section 4)."""
        node: JsonValue = self.resources[place.uri].root
        for token in pointer_split(place.pointer):
            if isinstance(node, dict):
                node = node[token]
            elif isinstance(node, list) and _INDEX.fullmatch(token) and int(token) < len(node):
                node = node[int(token)]
            else:
                raise KeyError(place.pointer)
        return node


def _addresses(resources: Mapping[str, Resource]) -> Addresses:
    absolute: dict[tuple[str, str], str] = {}
    places: dict[str, tuple[int, Place]] = {}
    anchors: dict[tuple[str, str, str], str] = {}
    for uri, resource in resources.items():
        names = resource.identifiers
        own = absolute[uri, ""] = join(uri, names.own) if names.own else uri
        if own != uri:
            places.setdefault(own, (len(places), Place(uri, "")))
        for pointer, name in names.ids.items():  # those around come before those within
            around = names.scope_of(pointer.rpartition("/")[0])
            address = absolute[uri, pointer] = join(absolute[uri, around], name)
            places.setdefault(address, (len(places), Place(uri, pointer)))
        for name, pointer in (*names.anchors, *names.dynamic_anchors):
            anchors.setdefault((uri, names.scope_of(pointer), name), pointer)
    return Addresses(absolute=absolute, places=places, anchors=anchors)
