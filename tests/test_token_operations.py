"""The token operation: one that the document describes itself, one that nobody needs, and options for it."""

import json
import runpy

import pytest

from generator.findings import UsageError
from generator.pipeline import Options, convert
from generator.settings.kinds import split_token_params
from tests.conftest import OK, REPOSITORY, api, document_of
from tests.test_security import SCHEMES, converted

TOKEN_OPERATION = {
    "operationId": "token",
    "summary": "Issue a token",
    "description": "Issues tokens.",
    "security": [],
    "requestBody": {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {"grant_type": {"enum": ["client_credentials"]}}}
            }
        }
    },
    "responses": {
        "200": {
            "description": "The token.",
            "content": {"application/json": {"schema": {"properties": {"access_token": {"type": "string"}}}}},
        }
    },
}


def test_token_operation_of_the_document_is_not_doubled():
    """An operation at the token endpoint's address is Get Access Token itself, with its words and its answers."""
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/v1/token?a=b", "scopes": {}}}}}
    paths = {
        "/token": {"post": TOKEN_OPERATION},
        "/a": {"get": {"operationId": "one", "security": [{"o": []}], "responses": OK}},
    }
    requests, _, collection = converted([], paths=paths, securitySchemes=schemes)
    assert list(requests) == ["Get Access Token", "one"]
    assert "Issues tokens." in requests["Get Access Token"]["description"]
    assert [response["name"] for response in collection["item"][0]["response"]] == ["200 The token."]


def test_a_token_operation_is_not_counted_as_lost(tmp_path):
    """The run over many specifications knows that Get Access Token stands for it, and misses what is really missing."""
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/v1/token", "scopes": {}}}}}
    paths = {"/token": {"post": TOKEN_OPERATION}, "/a": {"get": {"security": [{"o": []}], "responses": OK}}}
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(api(paths, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": schemes}))
    )
    seen = runpy.run_path(str(REPOSITORY / "benchmarks/corpus.py"))["look"](path)
    assert (seen.mistake, seen.operations, seen.requests, seen.unexplained) == ("", 2, 1, 0)


def test_token_operation_that_takes_no_form_stays_and_is_told():
    """An operation that takes JSON is a request of its own beside Get Access Token, whoever named the address."""
    paths = {
        "/token": {"post": {**TOKEN_OPERATION, "requestBody": {"content": {"application/json": {"schema": {}}}}}},
        "/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}},
    }
    schemes = {"b": {"type": "http", "scheme": "bearer"}}
    options = Options(token_url="https://a.example/v1/token")
    requests, rules, _ = converted([], options, paths=paths, securitySchemes=schemes)
    assert list(requests) == ["Get Access Token", "Issue a token", "one"]
    assert requests["Issue a token"]["body"]["mode"] == "raw"
    assert "token-operation-body" in rules


def test_what_a_token_operation_asks_for_beside_is_told():
    """That Get Access Token stands for an operation is told, and what it requires that is not sent."""
    form = {"type": "object", "required": ["grant_type", "audience"], "properties": {"audience": {"type": "string"}}}
    content = {"application/x-www-form-urlencoded; charset=utf-8": {"schema": form}}
    paths = {
        "/token": {"post": {**TOKEN_OPERATION, "requestBody": {"content": content}}},
        "/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}},
    }
    schemes = {"b": {"type": "http", "scheme": "bearer"}}
    options = Options(token_url="https://a.example/v1/token")
    requests, rules, _ = converted([], options, paths=paths, securitySchemes=schemes)
    assert list(requests) == ["Get Access Token", "one"]
    assert {"token-operation", "token-operation-fields"} <= set(rules)
    options = Options(token_url="https://a.example/v1/token", token_parameters=(("audience", "x"),))
    assert "token-operation-fields" not in converted([], options, paths=paths, securitySchemes=schemes)[1]


@pytest.mark.parametrize(
    ("required", "hint", "token", "fill_in"),
    [
        (["audience", "scope"], "Give it with --token-param audience=VALUE --scope NAME.", True, "client_id"),
        (["audience", "client_assertion"], "`client_assertion` cannot be given: a secret must", False, "b_token"),
    ],
)
def test_what_a_token_operation_asks_for_is_given_by_options_that_take_it(required, hint, token, fill_in):
    """No option is advised that refuses the field; where no request can carry it, no token is promised."""
    content = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": required}}}
    paths = {
        "/token": {"post": {**TOKEN_OPERATION, "requestBody": {"content": content}}},
        "/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}},
    }
    schemes = {"b": {"type": "http", "scheme": "bearer"}}
    tree = api(paths, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": schemes})
    result = convert(document_of(tree), Options(token_url="https://a.example/v1/token"))
    found = next(finding for finding in result.findings if finding.rule == "token-operation-fields")
    assert found.hint.startswith(hint)
    advised = [word for word in found.hint.split() if "=VALUE" in word]
    assert split_token_params(advised) == tuple((word.partition("=")[0], "VALUE") for word in advised)
    assert result.value is not None
    assert (result.value.token, result.value.fill_in[0]) == (token, fill_in)


def test_token_operation_serves_a_bearer_scheme():
    """Where a bearer scheme says nothing of tokens, the operation that issues them is used, and that is told."""
    schemes = {"b": {"type": "http", "scheme": "bearer"}}
    paths = {
        "/token": {"post": TOKEN_OPERATION},
        "/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}},
    }
    requests, rules, collection = converted([], paths=paths, securitySchemes=schemes)
    assert list(requests) == ["Get Access Token", "one"]
    assert "token-operation" in rules
    assert {v["key"]: v["value"] for v in collection["variable"]}["tokenUrl"] == "https://a.example/v1/token"


def test_secrets_are_no_token_parameters():
    """--token-param takes what is public; what is a secret, or has an option of its own, is refused."""
    assert split_token_params(["audience=https://a.example/?x=y"]) == (("audience", "https://a.example/?x=y"),)
    for value in ("client_secret=x", "scope=a", "audience"):
        with pytest.raises(UsageError):
            split_token_params([value])


GIVEN = "https://other.example/token"


@pytest.mark.parametrize(
    ("security", "words"),
    [
        ([{"person": ["r"]}], "A person has to get the tokens of `person`, as no clientCredentials flow is declared"),
        ([{"implicit": []}], "A person has to get the tokens of `implicit`, as no clientCredentials flow is declared"),
        ([{"connect": []}], "A person has to get the tokens of `connect`, as no clientCredentials flow is declared"),
        ([{"header key": []}], "No operation carries a token that can be fetched"),
        ([], "No operation carries a token that can be fetched"),
        ([{"machine": ["r"]}], "Tokens of `machine` come from https://id.example/t, as the document says"),
        ([{"bearer": []}], None),
        ([{"bearer": []}, {"person": []}], None),
    ],
)
def test_an_address_that_changes_nothing_is_told(security, words):
    """Where the collection is the same with and without --token-url, and only there, a finding says why."""
    schemes = {
        **SCHEMES,
        "implicit": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "/authorize", "scopes": {}}}},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    schemes = {name: scheme for name, scheme in schemes.items() if any(name in each for each in security)}
    tree = api({"/a": {"get": {"security": security, "responses": OK}}}, components={"securitySchemes": schemes})
    without, given = (convert(document_of(tree), options) for options in (Options(), Options(token_url=GIVEN)))
    assert without.value is not None
    assert given.value is not None
    assert (without.value.files == given.value.files) == (words is not None)
    told = [finding.message for finding in given.findings if finding.rule == "token-url-given"]
    wanted = [] if words is None else [f"{words}; {GIVEN}, which --token-url or the settings give, is not used."]
    assert told == wanted
    assert "token-url-given" not in [finding.rule for finding in without.findings]


@pytest.mark.parametrize("declared", [["machine"], ["machine", "second"]])
def test_token_that_no_operation_carries_is_told(declared):
    """A flow that is declared and not used has its one request, and a finding; no user is sent to fill in a client."""
    second = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://two.example/t", "scopes": {}}}}
    schemes = {name: {**SCHEMES, "second": second}[name] for name in declared}
    tree = api({"/a": {"get": {"responses": OK}}}, components={"securitySchemes": schemes})
    result = convert(document_of(tree), Options())
    assert result.value is not None
    collection = json.loads(result.value.files[".postman_collection.json"])
    assert [item["name"] for item in collection["item"]] == ["Get Access Token", "GET /a"]
    assert [finding.rule for finding in result.findings].count("token-unused") == 1
    assert not result.value.token
    assert result.value.fill_in == ()


@pytest.mark.parametrize("schemes", [{"machine": SCHEMES["machine"]}, {}], ids=["declared", "not declared"])
def test_document_of_the_token_endpoint_alone(schemes):
    """A document whose only operation gets tokens becomes that request; without a scheme, an ordinary one."""
    form = {"application/x-www-form-urlencoded": {"schema": {"properties": {"grant_type": {"type": "string"}}}}}
    answer = {"application/json": {"schema": {"properties": {"access_token": {"type": "string"}}}}}
    operation = {"requestBody": {"content": form}, "responses": {"200": {"description": "OK", "content": answer}}}
    tree = api({"/t": {"post": operation}}, servers=[{"url": "https://id.example"}])
    result = convert(document_of({**tree, "components": {"securitySchemes": schemes}}), Options())
    assert result.value is not None
    collection = json.loads(result.value.files[".postman_collection.json"])
    assert [item["name"] for item in collection["item"]] == (["Get Access Token"] if schemes else ["POST /t"])
    assert result.value.fill_in == (("client_id", "client_secret") if schemes else ())
    assert "token-unused" not in [finding.rule for finding in result.findings]


def test_endpoint_that_nothing_uses_has_no_request():
    """Of two flows, the one that no operation names brings no request and no variables."""
    second = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://two.example/t", "scopes": {}}}}
    requests, rules, collection = converted([{"machine": ["r"]}], securitySchemes={**SCHEMES, "second": second})
    assert list(requests) == ["Get Access Token", "one"]
    assert "token-unused" not in rules
    assert not any("second" in variable["key"] for variable in collection["variable"])
