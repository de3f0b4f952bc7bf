"""One walk over a document: every object of OpenAPI in it, by the kind that the specification gives its place."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from generator.document import Document, SpecificationVersion
from generator.json_values import JsonObject, JsonValue, pointer_join

Kind: TypeAlias = str
"""The name of an object of OpenAPI, as in the specification: `operation`, `parameter`, `schema`."""

Structure: TypeAlias = "dict[Kind, dict[str, Kind]]"
"""What the members of each kind are. `*`: any member; a kind with `[]`: a list of it; with `{}`: a map of it."""

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_SCHEMA = {
    **dict.fromkeys(
        ("additionalProperties", "items", "not", "if", "then", "else", "contains", "propertyNames"), "schema"
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "schema[]"),
    **dict.fromkeys(("properties", "patternProperties", "$defs", "dependentSchemas"), "schema{}"),
}

_V3_0: Structure = {
    "document": {
        "info": "info", "servers": "server[]", "paths": "paths", "components": "components",
        "security": "security_requirement[]", "tags": "tag[]",
    },
    "paths": {"*": "path_item"},
    "path_item": {
        **dict.fromkeys(_METHODS, "operation"), "parameters": "parameter[]", "servers": "server[]",
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
    "response": {"headers": "header{}", "content": "media_type{}", "links": "link{}"},
    "schema": _SCHEMA,
    "components": {
        "schemas": "schema{}", "responses": "response{}", "parameters": "parameter{}", "examples": "example{}",
        "requestBodies": "request_body{}", "headers": "header{}", "securitySchemes": "security_scheme{}",
        "links": "link{}", "callbacks": "callback{}", "pathItems": "path_item{}", "mediaTypes": "media_type{}",
    },
    "security_scheme": {"flows": "flows"},
    "flows": {"*": "flow"},
}  # fmt: skip

_V3_1: Structure = {**_V3_0, "document": {**_V3_0["document"], "webhooks": "path_item{}"}}

_V3_2: Structure = {
    **_V3_1,
    "path_item": {**_V3_1["path_item"], "query": "operation", "additionalOperations": "operation{}"},
}

_V2_0: Structure = {
    "document": {
        "info": "info", "paths": "paths", "definitions": "schema{}", "parameters": "parameter{}",
        "responses": "response{}", "securityDefinitions": "security_scheme{}",
        "security": "security_requirement[]", "tags": "tag[]",
    },
    "paths": {"*": "path_item"},
    "path_item": {**dict.fromkeys(_METHODS[:-1], "operation"), "parameters": "parameter[]"},
    "operation": {"parameters": "parameter[]", "responses": "response{}", "security": "security_requirement[]"},
    "parameter": {"schema": "schema"},
    "response": {"schema": "schema", "headers": "header{}"},
    "schema": _SCHEMA,
}  # fmt: skip

STRUCTURES = {
    SpecificationVersion.V2_0: _V2_0,
    SpecificationVersion.V3_0: _V3_0,
    SpecificationVersion.V3_1: _V3_1,
    SpecificationVersion.V3_2: _V3_2,
}


class Visit(Struct):
    """One object met on the walk. `parent` is the object it belongs to; `name` its key or index there."""

    kind: Kind
    node: JsonObject
    pointer: str
    name: str
    parent: "Visit | None"


def walk(document: Document) -> Iterator[Visit]:
    """Yield every object of the entry document once, a parent before its children, in the document's order."""
    structure = STRUCTURES[document.version]
    stack = [Visit("document", document.root, "", "", None)]
    while stack:
        visit = stack.pop()
        yield visit
        members = structure.get(visit.kind)
        if members is not None and "$ref" not in visit.node:
            children = _children(visit, members)
            children.reverse()
            stack += children


def _children(visit: Visit, members: dict[str, Kind]) -> list[Visit]:
    found: list[Visit] = []
    every = members.get("*")
    for name, value in visit.node.items():
        if not isinstance(value, dict | list):
            continue
        kind = every if every is not None and not name.startswith("x-") else members.get(name)
        if kind is None:
            continue
        pointer = pointer_join(visit.pointer, name)
        if kind.endswith(("{}", "[]")):
            found += _collection(kind, value, pointer, visit)
        elif isinstance(value, dict):
            found.append(Visit(kind, value, pointer, name, visit))
    return found


def _collection(kind: Kind, value: JsonValue, pointer: str, parent: Visit) -> list[Visit]:
    inner = kind[:-2]
    entries: Iterable[tuple[str | int, JsonValue]] = ()
    if kind.endswith("{}") and isinstance(value, dict):
        entries = value.items()
    elif kind.endswith("[]") and isinstance(value, list):
        entries = enumerate(value)
    return [
        Visit(inner, item, pointer_join(pointer, key), str(key), parent)
        for key, item in entries
        if isinstance(item, dict)
    ]
