"""One walk over a document: every object of OpenAPI in it, by the kind that the specification gives its place."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from generator.document import Document
from generator.findings import Place
from generator.json_values import JsonObject, JsonValue, pointer_join, pointer_split
from generator.references import Unresolvable, follow
from generator.vocabulary import METHODS, SCHEMA_LISTS, SCHEMA_MAPS

Kind: TypeAlias = str
"""The name of an object of OpenAPI, as in the specification: `operation`, `parameter`, `schema`."""

Structure: TypeAlias = "dict[Kind, dict[str, Kind]]"
"""What the members of each kind are. `*`: any member; a kind with `[]`: a list of it; with `{}`: a map of it."""

_SCHEMA = {
    **dict.fromkeys(
        ("additionalProperties", "items", "not", "if", "then", "else", "contains", "propertyNames"), "schema"
    ),
    **dict.fromkeys(SCHEMA_LISTS, "schema[]"),
    **dict.fromkeys(SCHEMA_MAPS, "schema{}"),
}

STRUCTURE: Structure = {
    "document": {
        "info": "info", "servers": "server[]", "paths": "paths", "webhooks": "path_item{}", "components": "components",
        "security": "security_requirement[]", "tags": "tag[]", "definitions": "schema{}", "parameters": "parameter{}",
        "responses": "response{}", "securityDefinitions": "security_scheme{}",
    },
    "paths": {"*": "path_item"},
    "path_item": {
        **dict.fromkeys(METHODS, "operation"), "additionalOperations": "operation{}", "parameters": "parameter[]",
        "servers": "server[]",
    },
    "operation": {
        "parameters": "parameter[]", "requestBody": "request_body", "responses": "response{}",
        "callbacks": "callback{}", "security": "security_requirement[]", "servers": "server[]",
    },
    "callback": {"*": "path_item"},
    "parameter": {"schema": "schema", "content": "media_type{}", "examples": "example{}"},
    "header": {"schema": "schema", "content": "media_type{}", "examples": "example{}"},
    "request_body": {"content": "media_type{}"},
    "media_type": {"schema": "schema", "itemSchema": "schema", "examples": "example{}", "encoding": "encoding{}"},
    "encoding": {"headers": "header{}"},
    "response": {"schema": "schema", "headers": "header{}", "content": "media_type{}", "links": "link{}"},
    "schema": _SCHEMA,
    "components": {
        "schemas": "schema{}", "responses": "response{}", "parameters": "parameter{}", "examples": "example{}",
        "requestBodies": "request_body{}", "headers": "header{}", "securitySchemes": "security_scheme{}",
        "links": "link{}", "callbacks": "callback{}", "pathItems": "path_item{}", "mediaTypes": "media_type{}",
    },
    "security_scheme": {"flows": "flows"},
    "flows": {"*": "flow"},
}  # fmt: skip
"""One for all versions: what belongs to another version than the document says is looked at all the same, since it is
read; a rule says that it is foreign."""


class Visit(Struct):
    """One object met on the walk, in the resource `uri`.

    `parent` is the object it belongs to, be that in another resource; `name` its key or index there. `above` is the
    object met before it in the same resource, `below` the way from there; the pointer is made when it is asked for.
    """

    kind: Kind
    node: JsonObject
    name: str
    parent: "Visit | None"
    uri: str
    above: "Visit | None"
    below: tuple[str | int, ...]
    known_pointer: str | None = None

    @property
    def pointer(self) -> str:
        """Return the JSON pointer of the object."""
        way = []
        visit: Visit | None = self
        while visit is not None and visit.known_pointer is None:
            way.append(visit)
            visit = visit.above
        pointer = "" if visit is None else visit.known_pointer or ""
        for each in reversed(way):
            pointer = each.known_pointer = pointer_join(pointer, *each.below)
        return pointer

    @property
    def place(self) -> Place:
        """Return the place of the object."""
        return Place(self.uri, self.pointer)


def walk(document: Document) -> Iterator[Visit]:
    """Yield every object of the entry document once, a parent before its children, in the document's order.

    Then come those objects of other resources that the document refers to, in the places where it does.
    """
    stack = [Visit("document", document.root, "", None, document.uri, None, ())]
    alone = len(document.resources) == 1
    leaving: list[Visit] = []
    met: set[Place] = set()
    while stack or leaving:
        if not stack:
            stack = _entered(document, leaving, met)
            leaving = []
            continue
        visit = stack.pop()
        yield visit
        if "$ref" in visit.node:
            if not alone:
                leaving.append(visit)
        elif (members := STRUCTURE.get(visit.kind)) is not None:
            children = _children(visit, members)
            children.reverse()
            stack += children


def _entered(document: Document, leaving: list[Visit], met: set[Place]) -> list[Visit]:
    """Return the objects of other resources that `leaving` refer to and that were not met before, the last first."""
    entered = []
    for visit in leaving:
        target = follow(document, visit.node, visit.place)
        if isinstance(target, Unresolvable) or target.place.uri == document.uri or target.place in met:
            continue
        met.add(target.place)
        if isinstance(target.node, dict):
            place = target.place
            below = pointer_split(place.pointer)
            entered.append(Visit(visit.kind, target.node, visit.name, visit.parent, place.uri, None, below))
    entered.reverse()
    return entered


def kind_at(document: Document, pointer: str) -> Kind | None:
    """Return the kind of the object of the entry document that is at `pointer`; None where the walk meets none."""
    kind: Kind | None = "document"
    node: JsonValue = document.root
    for token in pointer_split(pointer):
        if not isinstance(node, dict | list) or kind is None:
            return None
        if kind.endswith(("{}", "[]")):
            kind = kind[:-2]
        elif isinstance(node, list) or "$ref" in node:
            return None
        else:
            members = STRUCTURE.get(kind, {})
            every = members.get("*")
            kind = every if every is not None and not token.startswith("x-") else members.get(token)
        try:
            node = node[token] if isinstance(node, dict) else node[int(token)]
        except (KeyError, IndexError, ValueError):
            return None
    return kind if isinstance(node, dict) and kind is not None and kind[-1] not in "}]" else None


def _children(visit: Visit, members: dict[str, Kind]) -> list[Visit]:
    found: list[Visit] = []
    uri = visit.uri
    every = members.get("*")
    for name, value in visit.node.items():
        shape = type(value)
        if shape is not dict and shape is not list:
            continue
        kind = every if every is not None and not name.startswith("x-") else members.get(name)
        if kind is None:
            continue
        mark = kind[-1]
        if mark == "}" and isinstance(value, dict):
            kind = kind[:-2]
            found += [
                Visit(kind, item, key, visit, uri, visit, (name, key))
                for key, item in value.items()
                if isinstance(item, dict)
            ]
        elif mark == "]" and isinstance(value, list):
            kind = kind[:-2]
            found += [
                Visit(kind, item, str(index), visit, uri, visit, (name, index))
                for index, item in enumerate(value)
                if isinstance(item, dict)
            ]
        elif isinstance(value, dict) and mark not in "}]":
            found.append(Visit(kind, value, name, visit, uri, visit, (name,)))
    return found
