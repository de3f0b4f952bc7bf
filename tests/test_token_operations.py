"""The token operation: one that the document describes itself, one that nobody needs, and options for it."""

import json
import runpy

import pytest

from generator.checking import CheckOptions, check
from generator.findings import UsageError
from generator.option_values import ClientAuthentication
from generator.pipeline import Options, convert
from generator.settings.kinds import split_token_params
from generator.validation import Policy
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


def token_like(path="/token", fields=("client_id", "client_secret"), answer=("access_token",), **operation):
    """Return a path item that asks for a token by a form with these fields."""
    answered = {"content": {"application/json": {"schema": {"properties": {name: {} for name in answer}}}}}
    form = {"properties": {name: {"type": "string"} for name in fields}}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": form}}} if fields else None
    responses = {"200": {"description": "OK", **(answered if answer else {})}}
    whole = {"responses": responses, "requestBody": body, **operation}
    return {path: {"post": {name: part for name, part in whole.items() if part is not None}}}


GRANT_IN_QUERY = {"in": "query", "name": "grant_type", "schema": {"type": "string", "enum": ["client_credentials"]}}
BEARER = {"b": {"type": "http", "scheme": "bearer"}}
SECURED = {"/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}}}


@pytest.mark.parametrize(
    ("paths", "address"),
    [
        (token_like(), "https://a.example/v1/token"),
        (
            token_like(fields=(), parameters=[GRANT_IN_QUERY]),
            "https://a.example/v1/token?grant_type=client_credentials",
        ),
        (token_like() | token_like("/old/token", deprecated=True), "https://a.example/v1/token"),
        (token_like() | token_like("/other", answer=()), "https://a.example/v1/token"),
        (token_like(servers=[{"url": "https://id.example"}]), "https://id.example/token"),
        (token_like() | token_like("/login", ("username", "client_id", "client_secret")), "https://a.example/v1/token"),
    ],
    ids=["form", "query", "deprecated", "another answer", "another server", "another grant"],
)
def test_the_one_operation_that_gives_tokens_is_used(paths, address):
    """Where a bearer scheme names no endpoint and just one operation is plainly it, tokens come from there."""
    requests, rules, collection = converted([], paths=paths | SECURED, securitySchemes=BEARER)
    assert "Get Access Token" in requests
    assert {v["key"]: v["value"] for v in collection["variable"]}["tokenUrl"] == address
    assert "token-endpoint-missing" not in rules
    tree = api(paths | SECURED, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": BEARER})
    assert "token-endpoint-missing" not in {f.rule for f in check(document_of(tree), CheckOptions())}


@pytest.mark.parametrize(
    ("paths", "addresses"),
    [
        (token_like() | token_like("/v2/token"), ["https://a.example/v1/token", "https://a.example/v1/v2/token"]),
        (token_like(answer=()), ["https://a.example/v1/token"]),
        (token_like(fields=("code", "client_id", "client_secret")), []),
        (token_like("/{realm}/token"), []),
        (token_like(fields=(), parameters=[GRANT_IN_QUERY, GRANT_IN_QUERY | {"name": "x", "required": True}]), []),
    ],
    ids=["several", "no token described", "another grant", "template", "more is asked for"],
)
def test_operations_that_may_give_tokens_are_proposed(paths, addresses):
    """Where it is not plain which operation gives tokens, none is used, and the finding names those that may."""
    tree = api(paths | SECURED, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": BEARER})
    document = document_of(tree)
    said = [f for f in convert(document, Options()).findings if f.rule == "token-endpoint-missing"]
    options = " or ".join(f"`--token-url {address}`" for address in addresses)
    assert [f.hint.partition(", or declare")[0] for f in said] == [
        f"Give the address, as in {options}" if addresses else "Give the address with --token-url"
    ]
    checked = [f for f in check(document, CheckOptions()) if f.rule == "token-endpoint-missing"]
    settings = " or ".join(f'`token-url = "{address}"`' for address in addresses)
    assert [f.hint for f in checked] == [
        "Declare a clientCredentials flow, or give "
        + (f"in the settings {settings}." if addresses else "`token-url` in the settings.")
    ]


@pytest.mark.parametrize(
    ("security", "missing"),
    [
        ([{"person": []}, {"machine": []}], []),
        ([{"person": []}, {"header key": []}], []),
        ([{"person": []}, {"machine": [], "connect": []}], ["person"]),
        ([{"person": []}, {"absent": []}], ["person"]),
        ([{"person": [], "machine": []}], ["person"]),
    ],
)
def test_an_alternative_that_a_program_can_meet_is_enough(security, missing):
    """Where an operation offers a person's token among others, a program takes another one."""
    schemes = {name: scheme for name, scheme in SCHEMES.items() if any(name in each for each in security)}
    tree = api({"/a": {"get": {"security": security, "responses": OK}}}, components={"securitySchemes": schemes})
    found = [f for f in check(document_of(tree), CheckOptions()) if f.rule == "token-endpoint-missing"]
    assert [f.place.pointer.rpartition("/")[2] for f in found] == missing


def test_a_described_endpoint_goes_with_its_server():
    """In the environment of another server the token comes from that server."""
    servers = [{"url": "https://a.example/v1"}, {"url": "https://test.example/v1", "description": "Test"}]
    tree = api(token_like() | SECURED, servers=servers, components={"securitySchemes": BEARER})
    result = convert(document_of(tree), Options())
    environment = json.loads(result.value.files[".test.postman_environment.json"])
    assert {v["key"]: v["value"] for v in environment["values"]}["tokenUrl"] == "https://test.example/v1/token"


def test_what_a_token_operation_requires_is_sent_as_its_author_gives_it():
    """An example, a default or a value beside the form is sent, a template is not, and an option comes first."""
    names = ["client_id", "client_secret", "scope", "audience", "realm", "tenant", "template", "unknown"]
    properties = {
        **{name: {"type": "string"} for name in names},
        "scope": {"type": "string", "example": "read write"},
        "audience": {"enum": ["first", "second"]},
        "tenant": {"default": 7},
        "template": {"example": "{{client_secret}}"},
    }
    form = {
        "schema": {"required": names, "properties": properties},
        "example": {"realm": "main", "client_secret": "x"},
    }
    paths = token_like(requestBody={"content": {"application/x-www-form-urlencoded": form}}) | SECURED
    tree = api(paths, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": BEARER})
    result = convert(document_of(tree), Options(token_parameters=(("realm", "mine"),)))
    collection = json.loads(result.value.files[".postman_collection.json"])
    body = {f["key"]: f["value"] for f in collection["item"][0]["request"]["body"]["urlencoded"]}
    further = {"scope": "{{scope}}", "audience": "first", "tenant": "7", "realm": "mine"}
    client = {"client_id": "{{client_id}}", "client_secret": "{{client_secret}}"}
    assert body == {"grant_type": "client_credentials", **client, **further}
    assert {v["key"]: v["value"] for v in collection["variable"]}["scope"] == "read write"
    said = {f.severity.value: f.message for f in result.findings if f.rule == "token-operation-fields"}
    assert "requires `template`, `unknown`, which" in said["warning"]
    assert "requires `audience`, `scope`, `tenant`: Get Access Token sends" in said["info"]


@pytest.mark.parametrize(
    ("security", "authentication", "words"),
    [
        ([{"user": []}], "body", "asks for `user`, which Get Access Token does not send: the client's"),
        ([{"user": []}], "basic", None),
        ([{"header key": []}], "body", "asks for `header key`, which Get Access Token does not send."),
        ([{"header key": []}, {"b": []}], "body", None),
        ([{}], "body", None),
    ],
)
def test_credentials_that_a_token_operation_asks_for_are_told(security, authentication, words):
    """Where the operation is described with HTTP Basic, the option for that is named; nothing is said of tokens."""
    schemes = {**BEARER, "header key": SCHEMES["header key"], "user": {"type": "http", "scheme": "Basic"}}
    options = Options(client_authentication=ClientAuthentication(authentication))
    tree = api(
        token_like(security=security) | SECURED,
        servers=[{"url": "https://a.example/v1"}],
        components={"securitySchemes": schemes},
    )
    said = [f.message for f in convert(document_of(tree), options).findings if f.rule == "token-operation-fields"]
    assert [words in message for message in said] == ([True] if words else [])


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


def test_a_check_holds_an_operation_to_the_rules_of_a_token_url():
    """Its host is allowed, and what it is sent is encrypted: it is where the secrets go."""
    paths = {"/token": {"post": TOKEN_OPERATION}, "/a": {"get": {"security": [{"b": []}], "responses": OK}}}
    components = {"securitySchemes": {"b": {"type": "http", "scheme": "bearer"}}}
    for server, hosts, rules in (
        ("https://a.example/v1", ("*.example",), set()),
        ("https://a.example/v1", ("login.acme.com",), {"token-url-host"}),
        ("http://a.example/v1", (), {"token-url-https"}),
        ("http://localhost:8080", (), set()),
    ):
        tree = api(paths, servers=[{"url": server}], components=components)
        found = check(document_of(tree), CheckOptions(policy=Policy(token_hosts=hosts)))
        told = [f for f in found if f.rule.startswith("token-url-")]
        assert {f.rule for f in told} == rules
        assert all(f.place.pointer == "/paths/~1token/post" for f in told)


def test_what_is_empty_or_another_one_each_time_is_not_given():
    """An author's example of a one-time password is no value for all customers."""
    named = {"grant_type": {"type": "string"}, "empty": {"type": "string", "default": ""}, "otp": {"example": "123456"}}
    schema = {"type": "object", "required": [*named, "audience"], "properties": {**named, "audience": {"example": "b"}}}
    form = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    paths = {
        "/token": {"post": {**TOKEN_OPERATION, "requestBody": form}},
        "/a": {"get": {"operationId": "one", "security": [{"b": []}], "responses": OK}},
    }
    schemes = {"b": {"type": "http", "scheme": "bearer"}}
    _, _, collection = converted([], paths=paths, servers=[{"url": "https://a.example/v1"}], securitySchemes=schemes)
    text = json.dumps(collection)
    assert "audience" in text
    assert "123456" not in text
