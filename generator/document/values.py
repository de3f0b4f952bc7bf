"""What a document is: sources, their trees, and the version of OpenAPI."""

import enum
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.document.identifiers import Identifiers
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_split

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


class Absence(Struct, frozen=True, kw_only=True):
    """Why a source that a document refers to is not there, and what to do; each a sentence or two."""

    message: str
    hint: str


class Resource(Struct, frozen=True, kw_only=True):
    """A source, the tree that was read from it, and the names that parts of it have.

    `marks` has for each container of a tree that was read as YAML, by its `id`, the marks of its keys or items.
    """

    source: Source
    root: JsonObject
    marks: Mapping[int, Sequence[Any]] = {}
    identifiers: Identifiers = Identifiers()


class Document(Struct, frozen=True, kw_only=True):
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
