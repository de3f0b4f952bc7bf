"""A document that says one version of OpenAPI and uses another's words is read as it was meant, and told."""

import json

import pytest

from generator.pipeline import Options, convert, prepare
from generator.validation import validate
from tests.conftest import OK, api, document_of

FLOW = {"tokenUrl": "https://id.example/token", "scopes": {"r": "read"}}
PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "example": "Rex"}}}

SWAGGER = {
    "swagger": "2.0",
    "info": {"title": "T", "version": "1"},
    "servers": [{"url": "https://api.example/v1"}],
    "security": [{"oauth": ["r"]}],
    "paths": {
        "/pets": {
            "post": {
                "parameters": [
                    {"name": "trace", "in": "cookie", "schema": {"type": "string", "example": "c1"}},
                    {"name": "ids", "in": "query", "style": "pipeDelimited", "explode": False, "example": [1, 2],
                     "schema": {"type": "array", "items": {"type": "integer"}}},
                    {"name": "filter", "in": "query",
                     "content": {"application/json": {"schema": {"type": "object"}, "example": {"a": 1}}}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {"201": {"description": "Made", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
            },
            "trace": {"responses": OK},
        }
    },
    "components": {
        "schemas": {"Pet": PET},
        "securitySchemes": {"oauth": {"type": "oauth2", "flows": {"clientCredentials": FLOW}}},
    },
}  # fmt: skip
OPENAPI = {
    "openapi": "3.0.3",
    "info": {"title": "T", "version": "1"},
    "host": "api.example", "basePath": "/v1", "schemes": ["https"],
    "consumes": ["application/json"], "produces": ["application/json", "application/xml"],
    "security": [{"oauth": ["r"]}],
    "paths": {
        "/pets": {
            "post": {
                "parameters": [
                    {"$ref": "#/parameters/Ids"},
                    {"name": "pet", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Pet"}},
                ],
                "responses": {"201": {"description": "Made", "schema": {"$ref": "#/definitions/Pet"},
                                      "examples": {"application/json": {"name": "Tom"}}}},
            },
        },
        "/photos": {
            "post": {
                "consumes": ["multipart/form-data"],
                "parameters": [
                    {"name": "title", "in": "formData", "type": "string", "required": True},
                    {"name": "photo", "in": "formData", "type": "file", "required": True},
                ],
                "responses": OK,
            },
            "query": {"responses": OK},
        },
    },
    "parameters": {"Ids": {"name": "ids", "in": "query", "type": "array", "items": {"type": "integer", "example": 1},
                           "collectionFormat": "pipes", "required": True, "minItems": 2}},
    "definitions": {"Pet": PET},
    "securityDefinitions": {"oauth": {"type": "oauth2", "flow": "application", **FLOW},
                            "user": {"type": "basic"}},
}  # fmt: skip


def prepared(tree):
    """Return what renderers get of a document, and what is said of it."""
    found = prepare(document_of(tree), Options())
    return found.value, [finding for finding in found.findings if finding.rule == "version-keywords"]


def first(tree, method, body):
    """Return the first request of a method whose body is of a kind."""
    ready, _ = prepared(tree)
    return next(r for r in ready.requests if r.method == method and type(r.body).__name__ == body)


@pytest.mark.parametrize("tree", [SWAGGER, OPENAPI], ids=["3 in 2.0", "2.0 in 3"])
def test_servers_tokens_bodies_and_answers_arrive(tree):
    """Address, token endpoint with its scope, JSON body and described answer are those that were meant."""
    ready, _ = prepared(tree)
    assert ready.servers.default.base_url == ("https://api.example/v1",)
    (endpoint,) = ready.plan.token_endpoints
    assert (endpoint.url, endpoint.scopes) == ("https://id.example/token", ("r",))
    request = first(tree, "POST", "JsonBody")
    assert request.body.value == {"name": "Rex"}
    assert {str(answer.status) for answer in request.responses} == {"201"}
    assert request.responses[0].body.value in ({"name": "Rex"}, {"name": "Tom"})


def test_parameters_of_3_arrive_in_2():
    """Cookies, styles and `content` of OpenAPI 3 are sent as they are meant."""
    request = first(SWAGGER, "POST", "JsonBody")
    assert [(cookie.name, cookie.value) for cookie in request.cookies] == [("trace", ("c1",))]
    query = {part.name: "".join(map(str, part.value)) for part in request.url.query}
    assert query["ids"] in {"1%7C2", "1|2"}
    assert query["filter"] == "%7B%22a%22:1%7D"
    assert "TRACE" in {request.method for request in prepared(SWAGGER)[0].requests}


def test_parameters_of_2_arrive_in_3():
    """A `collectionFormat`, a form with a file, and 3.2's method are sent as they are meant."""
    request = first(OPENAPI, "POST", "JsonBody")
    assert ["".join(map(str, part.value)) for part in request.url.query] in (["1%7C1"], ["1|1"])
    form = first(OPENAPI, "POST", "MultipartBody")
    assert [part.name for part in form.body.parts] == ["title", "photo"]
    assert "QUERY" in {request.method for request in prepared(OPENAPI)[0].requests}


@pytest.mark.parametrize("tree", [SWAGGER, OPENAPI], ids=["3 in 2.0", "2.0 in 3"])
def test_every_foreign_word_is_told_with_what_becomes_of_it(tree):
    """A warning names each, and whether it is read."""
    _, said = prepared(tree)
    words = {finding.place.pointer.rpartition("/")[2]: finding for finding in said}
    new = {"servers", "components", "requestBody", "content"}
    old = {"host", "basePath", "consumes", "produces", "definitions", "securityDefinitions", "schema", "flow", "type"}
    wanted = new if "swagger" in tree else old
    assert wanted <= words.keys()
    assert all(finding.severity.value == "warning" for finding in said)
    assert all("read all the same" in words[word].message for word in wanted)


def test_schemes_of_2_beside_servers_of_3_are_told_once():
    """They are not read there: nothing is said of what would become of them."""
    tree = api({"/a": {"get": {"responses": OK}}}, servers=[{"url": "http://a.example"}], host="b", schemes=["wss"])
    assert not [f for f in convert(document_of(tree), Options()).findings if f.rule == "server-relative"]


def test_own_words_come_before_foreign_ones():
    """Where both stand, those of the version that the document says count."""
    old = {**SWAGGER, "host": "old.example"}
    assert prepared(old)[0].servers.default.base_url == ("https://old.example",)
    new = {**OPENAPI, "servers": [{"url": "https://new.example"}]}
    assert prepared(new)[0].servers.default.base_url == ("https://new.example",)


def test_a_reference_in_a_foreign_place_that_leads_nowhere_is_told():
    """A body in foreign words whose schema is missing is told as every other is."""
    tree = json.loads(json.dumps(SWAGGER))
    del tree["components"]["schemas"]
    rules = {finding.rule for finding in prepare(document_of(tree), Options()).findings}
    assert "reference-resolves" in rules


@pytest.mark.parametrize(
    ("version", "parameter", "at", "words"),
    [
        ("swagger", {"in": "cookie", "type": "string"}, "in", "`in: cookie` is a word of OpenAPI 3.0"),
        ("swagger", {"in": "query", "schema": {"type": "string"}}, "schema", "`schema` is a word of OpenAPI 3.0"),
        (
            "openapi",
            {"in": "querystring", "content": {"text/plain": {}}},
            "in",
            "`in: querystring` is a word of OpenAPI",
        ),
    ],
)
def test_a_foreign_word_is_the_only_thing_said_of_a_parameter(version, parameter, at, words):
    """What the official schema misses for its sake is not told beside it."""
    said = {"swagger": "2.0"} if version == "swagger" else {"openapi": "3.1.0"}
    operation = {"get": {"parameters": [{"name": "a", **parameter}], "responses": OK}}
    found = validate(document_of({**said, "info": OPENAPI["info"], "paths": {"/a": operation}})).findings
    assert [(finding.rule, finding.place.pointer) for finding in found if "parameters" in finding.place.pointer] == [
        ("version-keywords", f"/paths/~1a/get/parameters/0/{at}")
    ]
    assert any(finding.message.startswith(words) and "read all the same" in finding.message for finding in found)


def test_a_schema_beside_a_type_is_not_read_in_2():
    """Of the two, 2.0's own word counts, and the finding says so."""
    parameter = {"name": "a", "in": "query", "type": "string", "schema": {"type": "integer"}}
    operation = {"get": {"parameters": [parameter], "responses": OK}}
    _, (said,) = prepared({"swagger": "2.0", "info": OPENAPI["info"], "host": "a.nl", "paths": {"/a": operation}})
    assert said.message.endswith("it is not read.")
