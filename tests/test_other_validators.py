"""Cases like those in the test suites of openapi-spec-validator 0.9.0 and of Redocly's 1.0.0-beta.100, in our words.

Both suites were run over the rules by hand; `docs/validators.md` has the figures and the exceptions with their reasons.
"""

import copy
from typing import Any

import pytest

from generator.checking import CheckOptions, Policy, check
from generator.document import Source, parse
from generator.findings import Severity
from generator.json_values import to_json
from generator.validation.rule import Family
from generator.validation.rules.catalogue import RULES_BY_NAME

OK: Any = {"200": {"description": "OK"}}
GET: Any = {"get": {"responses": OK}}
VALID = "valid"
INFO = {"title": "Pets", "version": "1"}


def parameter(name, place="query", **members):
    """Return a parameter of 3.x."""
    return {
        "name": name,
        "in": place,
        "schema": {"type": "integer"},
        **({"required": True} if place == "path" else {}),
    } | members


def paths(path="/a", **operation):
    """Return paths with one operation."""
    return {path: {"get": {"responses": OK, **operation}}}


def schema(**members):
    """Return components with one schema."""
    return {"schemas": {"A": members}}


def body(**media_type):
    """Return paths whose operation answers with JSON described so."""
    answer = {"200": {"description": "OK", "content": {"application/json": media_type}}}
    return {"/a": {"get": {"responses": answer}}}


CASES = [
    # openapi-spec-validator: integration/validation/test_exceptions.py
    ("nothing but a version", {"info": None, "paths": None}, "openapi-schema"),
    ("an empty info", {"info": {}}, "openapi-schema"),
    ("the least document", {}, VALID),
    (
        "one name in query and path",
        {"paths": {"/a/{b}": {**GET, "parameters": [parameter("b"), parameter("b", "path")]}}},
        VALID,
    ),
    (
        "an operationId three times",
        {"paths": {p: {"get": {"operationId": "x", "responses": OK}} for p in ("/a", "/b", "/c")}},
        "operation-id-unique",
    ),
    (
        "allOf with a part that only requires",
        {
            "components": {
                "schemas": {
                    "C": {"type": "object", "properties": {"id": {}}},
                    "D": {"allOf": [{"$ref": "#/components/schemas/C"}, {"required": ["id"]}]},
                }
            }
        },
        VALID,
    ),
    (
        "required beside allOf",
        {
            "components": {
                "schemas": {
                    "C": {"properties": {"a": {}}},
                    "D": {"required": ["a"], "allOf": [{"$ref": "#/components/schemas/C"}]},
                }
            }
        },
        VALID,
    ),
    ("required without properties", {"components": schema(type="object", required=["a"])}, VALID),
    (
        "a path parameter that nobody describes",
        {"paths": {"/a/{b}/{c}": {**GET, "parameters": [parameter("b", "path")]}}},
        "path-parameters",
    ),
    ("a path parameter that the path lacks", {"paths": paths(parameters=[parameter("b", "path")])}, "path-parameters"),
    ("a default of another type", {"components": schema(type="integer", default="no")}, "default-valid"),
    (
        "a parameter's default of another type",
        {
            "paths": {
                "/a/{b}": {**GET, "parameters": [parameter("b", "path", schema={"type": "integer", "default": "no"})]}
            }
        },
        "default-valid",
    ),
    (
        "a default beside a reference",
        {
            "paths": paths(parameters=[parameter("b", schema={"$ref": "#/components/schemas/A"})]),
            "components": schema(type="integer", default=1),
        },
        VALID,
    ),
    (
        "a schema that is no schema",
        {"openapi": "3.1.0", "components": schema(type="object", properties={"a": {"type": "strng"}})},
        "openapi-schema",
    ),
    # test_validators.py, test_dialect.py
    ("tags of operations that nobody declares", {"paths": paths(tags=["a"])}, VALID),
    ("a tag twice", {"tags": [{"name": "a"}, {"name": "a"}]}, "tags-unique"),
    ("tags below each other", {"openapi": "3.2.0", "tags": [{"name": "a", "parent": "b"}, {"name": "b"}]}, VALID),
    (
        "a tag below itself",
        {"openapi": "3.2.0", "tags": [{"name": "a", "parent": "b"}, {"name": "b", "parent": "a"}]},
        "tag-parent",
    ),
    ("a tag below nothing", {"openapi": "3.2.0", "tags": [{"name": "a", "parent": "b"}]}, "tag-parent"),
    (
        "what is wrong in QUERY",
        {"openapi": "3.2.0", "paths": {"/a/{b}": {"query": {"responses": OK}}}},
        "path-parameters",
    ),
    (
        "what is wrong in an additional operation",
        {"openapi": "3.2.0", "paths": {"/a/{b}": {"additionalOperations": {"COPY": {"responses": OK}}}}},
        "path-parameters",
    ),
    (
        "an older dialect",
        {"openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema"},
        VALID,
    ),
    ("a boolean schema", {"openapi": "3.1.0", "components": {"schemas": {"A": True}}}, VALID),
    ("a reference to nothing", {"paths": body(schema={"$ref": "#/components/schemas/B"})}, "reference-resolves"),
    (
        "a schema that contains itself",
        {"components": schema(properties={"a": {"$ref": "#/components/schemas/A"}})},
        VALID,
    ),
    ("a response without description", {"paths": {"/a": {"get": {"responses": {"200": {}}}}}}, "openapi-schema"),
    (
        "read-only and write-only apart",
        {"components": schema(type="object", properties={"a": {"readOnly": True}, "b": {"writeOnly": True}})},
        VALID,
    ),
    # Redocly: rules/common, rules/oas3 and the structure tests
    ("an enum of another type", {"components": schema(type="string", enum=["a", 1])}, "enum-type"),
    (
        "an enum with null where null is allowed",
        {"components": schema(type="string", nullable=True, enum=["a", None])},
        VALID,
    ),
    (
        "paths that are the same",
        {"paths": {f"/a/{{{n}}}": {"get": {"responses": OK, "parameters": [parameter(n, "path")]}} for n in "bc"}},
        "paths-distinct",
    ),
    ("a parameter twice", {"paths": paths(parameters=[parameter("a"), parameter("a")])}, "parameters-unique"),
    (
        "an operation's parameter in place of the path's",
        {"paths": {"/a": {"get": {"responses": OK, "parameters": [parameter("b")]}, "parameters": [parameter("b")]}}},
        VALID,
    ),
    ("a scheme that is not declared", {"paths": paths(security=[{"b": []}])}, "security-requirement"),
    ("a query in a path", {"paths": paths("/a?b=1")}, "path-query"),
    ("a path without a slash", {"paths": paths("a")}, "path-begins-with-slash"),
    ("a server's variable that is not declared", {"servers": [{"url": "https://{b}.acme.com"}]}, "server-variables"),
    (
        "a default that the enum lacks",
        {"servers": [{"url": "https://{b}.acme.com", "variables": {"b": {"default": "c", "enum": ["d"]}}}]},
        "server-variables",
    ),
    ("a server without url", {"servers": [{"description": "Nowhere"}]}, "openapi-schema"),
    (
        "value and externalValue",
        {"paths": body(examples={"a": {"value": 1, "externalValue": "https://acme.com/a.json"}})},
        "example-exclusive",
    ),
    ("an example of another type", {"paths": body(schema={"type": "integer"}, example="one")}, "example-invalid"),
    ("an example that fits", {"paths": body(schema={"type": "integer"}, example=1)}, VALID),
    ("nullable without a type", {"components": schema(nullable=True, properties={"a": {}})}, "nullable-effective"),
    ("a member that nobody knows", {"components1": {}}, "openapi-schema"),
    ("a member that is null", {"paths": {"/a": {"summary": None, **GET}}}, "openapi-schema"),
    ("no paths", {"paths": None}, "openapi-schema"),
]


def told(changes):
    """Return the rules about validity that speak of the least document with `changes`; what is None is left out."""
    tree: Any = {"openapi": "3.0.3", "info": INFO, "paths": {}} | copy.deepcopy(changes)
    for name in [name for name, value in changes.items() if value is None]:
        del tree[name]
    loaded = parse({"a.json": Source(uri="a.json", content=to_json(tree).encode())}, "a.json")
    assert loaded.value is not None
    found = check(loaded.value, CheckOptions(policy=Policy(public_api=True)), loaded.findings)
    about = [
        f
        for f in found
        if RULES_BY_NAME[f.rule].family is Family.OPENAPI or f.rule in {"security-requirement", "example-invalid"}
    ]
    return {f.rule for f in about if f.severity is not Severity.INFO}


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_valid_passes_and_invalid_is_refused_for_its_reason(changes, expected):
    """What the other suites hold for valid has nothing against it; what they refuse is told by the rule for it."""
    assert told(changes) == (set() if expected == VALID else {expected})
