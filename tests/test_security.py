"""Security: every member of a requirement is carried, alternatives are told, no variable of a document is resolved."""

import json
import re
from typing import Any

import pytest

from generator.checking import CheckOptions, check
from generator.findings import Severity, UsageError
from generator.pipeline import Options, convert
from generator.readers import read
from generator.validation import validate
from tests.conftest import OK, api, document_of

FLOWS = {
    "clientCredentials": {"tokenUrl": "https://id.example/t", "scopes": {"r": ""}},
    "authorizationCode": {
        "authorizationUrl": "/authorize",
        "tokenUrl": "https://login.example/t",
        "refreshUrl": "https://login.example/r",
        "scopes": {"r": ""},
    },
}
EVIL = "{{client_secret}}"
SCHEMES: dict[str, Any] = {
    "machine": {"type": "oauth2", "flows": {"clientCredentials": FLOWS["clientCredentials"]}},
    "person": {"type": "oauth2", "flows": {"authorizationCode": FLOWS["authorizationCode"]}},
    "password": {"type": "oauth2", "flows": {"password": {"tokenUrl": "https://login.example/p", "scopes": {}}}},
    "device": {
        "type": "oauth2",
        "flows": {"deviceAuthorization": {"deviceAuthorizationUrl": "https://x.example", "tokenUrl": "", "scopes": {}}},
        "oauth2MetadataUrl": "https://x.example/.well-known/oauth-authorization-server",
    },
    "connect": {"type": "openIdConnect", "openIdConnectUrl": "https://c.example/.well-known/openid-configuration"},
    "certificate": {"type": "mutualTLS"},
    "header key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query key": {"type": "apiKey", "in": "query", "name": "key[1]"},
    "cookie key": {"type": "apiKey", "in": "cookie", "name": "session"},
}


def converted(security, options=None, paths=None, **members):
    """Return the requests by name, and the rules of the findings, for one operation with these requirements."""
    paths = paths or {"/a": {"get": {"operationId": "one", "security": security, "responses": OK}}}
    tree = api(paths, servers=[{"url": "https://a.example/v1"}], components={"securitySchemes": SCHEMES, **members})
    result = convert(document_of(tree), options or Options())
    assert result.value is not None
    collection = json.loads(result.value.files[".postman_collection.json"])
    requests = {item["name"]: item["request"] for item in collection["item"] if "request" in item}
    return requests, [finding.rule for finding in result.findings], collection


def auth_of(request: dict) -> tuple[str, dict[str, str]]:
    """Return kind and values of a request's auth."""
    kind = request["auth"]["type"]
    return kind, {entry["key"]: entry["value"] for entry in request["auth"].get(kind, [])}


def test_flows_of_a_scheme_of_another_type_are_not_read():
    """A key that also lists flows is a key: no token is fetched for it."""
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "flows": FLOWS}}
    requests, _, _ = converted([{"key": []}], securitySchemes=schemes)
    assert list(requests) == ["one"]
    assert auth_of(requests["one"])[0] in {"apikey", "noauth"}


def test_every_member_of_a_requirement_is_carried():
    """A token, keys in header, query and cookie, and a certificate together all arrive, each in its place."""
    every = {name: [] for name in ("machine", "header key", "query key", "cookie key", "certificate")}
    requests, rules, _ = converted([every])
    request = requests["one"]
    assert auth_of(request) == ("bearer", {"token": "{{access_token}}"})
    assert {h["key"]: h["value"] for h in request["header"]} == {
        "X-Key": "{{header_key}}",
        "Cookie": "session={{cookie_key}}",
    }
    assert [(q["key"], q["value"]) for q in request["url"]["query"]] == [("key%5B1%5D", "{{query_key}}")]
    assert "`certificate`" in request["description"]
    assert "mutual-tls" in rules


@pytest.mark.parametrize(
    ("scheme", "auth"),
    [
        ("Bearer", "bearer"),
        ("BASIC", "basic"),
        ("Digest", "digest"),
        ("hoba", "noauth"),
        ("DPoP", "noauth"),
        ("AWS4-HMAC-SHA256", "noauth"),
    ],
)
def test_http_schemes_are_carried_or_told(scheme, auth):
    """A scheme of HTTP that nobody can fill in is no Bearer: nothing is sent for it, and a check says so too."""
    tree = api(
        {"/a": {"get": {"security": [{"s": []}], "responses": OK}}},
        servers=[{"url": "https://a.example"}],
        components={"securitySchemes": {"s": {"type": "http", "scheme": scheme}}},
    )
    result = convert(document_of(tree), Options())
    assert result.value is not None
    collection = json.loads(result.value.files[".postman_collection.json"])
    kind, values = auth_of(collection["item"][0]["request"])
    filled = {"bearer": {"token"}, "noauth": set()}.get(auth, {"username", "password"})
    assert (kind, values) == (auth, {name: f"{{{{s_{name}}}}}" for name in filled})
    for findings in (result.findings, check(document_of(tree), CheckOptions())):
        severities = [finding.severity for finding in findings if finding.rule == "http-scheme"]
        assert severities == ([Severity.WARNING] if auth == "noauth" else [])


def test_a_scheme_in_the_words_of_another_version_is_told_too():
    """2.0 has no schemes of HTTP; one that stands there is read, and is told where nobody can fill it in."""
    tree = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "host": "a.example",
        "paths": {"/a": {"get": {"security": [{"s": []}], "responses": OK}}},
        "securityDefinitions": {"s": {"type": "http", "scheme": "hoba"}},
    }
    assert "http-scheme" in {finding.rule for finding in convert(document_of(tree), Options()).findings}


def test_a_scheme_that_cannot_be_filled_in_gives_way():
    """Another alternative is taken, and another member of the requirement is sent, without a word of a conflict."""
    schemes = {"signed": {"type": "http", "scheme": "hoba"}, "basic": {"type": "http", "scheme": "basic"}}
    for security in ([{"signed": []}, {"basic": []}], [{"signed": [], "basic": []}]):
        requests, rules, _ = converted(security, securitySchemes=schemes)
        assert auth_of(requests["one"])[0] == "basic"
        assert "security-authorization-conflict" not in rules


def test_a_slip_in_the_name_of_a_scheme_is_guessed():
    """Who writes `bearar` is asked whether it was to be `bearer`."""
    tree = api({"/a": {"get": {"responses": OK}}}, components={"securitySchemes": {"s": {"type": "http"}}})
    tree["components"]["securitySchemes"]["s"]["scheme"] = "bearar"
    hints = [f.hint for f in convert(document_of(tree), Options()).findings if f.rule == "http-scheme"]
    assert hints == ["Did you mean `bearer`?"]


def test_alternatives_are_told_and_the_token_comes_first():
    """Of several alternatives the client credentials token is carried; the description names the others."""
    requests, _, _ = converted([{"header key": []}, {"person": ["r"]}, {"machine": ["r"]}])
    assert auth_of(requests["one"])[0] == "bearer"
    description = requests["one"]["description"]
    assert description.startswith("Security: `machine` with scope `r`.")
    assert "`header key`" in description
    assert "`person` with scope `r`" in description


def test_chosen_scheme_comes_first():
    """--auth-scheme picks among an operation's alternatives, and never secures what is public."""
    options = Options(auth_scheme="header key")
    requests, _, _ = converted([{"machine": []}, {"header key": []}], options)
    assert auth_of(requests["one"])[0] == "apikey"
    requests, _, _ = converted([{}, {"header key": []}], options)
    assert auth_of(requests["one"])[0] == "noauth"


def test_unknown_scheme_is_a_usage_error():
    """A scheme that the document does not declare cannot be chosen; the message names those that can."""
    with pytest.raises(UsageError, match="declares machine, person"):
        converted([{"machine": []}], Options(auth_scheme="machin"))


def test_interactive_grant_is_filled_in():
    """Postman's dialog holds addresses, client, scope and redirect; a second client has variables of its own."""
    requests, _, collection = converted([{"person": ["r"]}])
    kind, values = auth_of(requests["one"])
    assert kind == "oauth2"
    assert values == {
        "tokenName": "person",
        "grant_type": "authorization_code",
        "authUrl": "https://a.example/authorize",
        "accessTokenUrl": "https://login.example/t",
        "refreshTokenUrl": "https://login.example/r",
        "redirect_uri": "https://oauth.pstmn.io/v1/callback",
        "clientId": "{{client_id_person}}",
        "clientSecret": "{{client_secret_person}}",
        "scope": "r",
        "accessToken": "{{person_token}}",
        "addTokenTo": "header",
    }
    declared = {entry["key"]: entry["value"] for entry in collection["variable"]}
    assert declared["client_secret_person"] == ""


def test_password_grant_has_a_user():
    """The password grant asks for name and password in variables."""
    requests, _, _ = converted([{"password": []}])
    values = auth_of(requests["one"])[1]
    assert (values["username"], values["password"]) == ("{{password_username}}", "{{password_password}}")


@pytest.mark.parametrize(
    ("scheme", "rules"), [("device", {"device-flow", "oauth2-metadata"}), ("connect", {"openid-connect"})]
)
def test_what_a_person_has_to_do_is_told(scheme, rules):
    """The device flow, metadata and OpenID Connect are told as what they are."""
    assert rules <= set(converted([{scheme: []}])[1])


def test_a_scope_that_the_scheme_does_not_declare_is_told():
    """A slip in --scope is guessed at; where a scheme declares no scopes, nothing is said of any."""
    for scopes, expected in ((("r", "x"), ["x"]), (("r",), [])):
        tree = api(
            {"/a": {"get": {"security": [{"machine": []}], "responses": OK}}}, components={"securitySchemes": SCHEMES}
        )
        result = convert(document_of(tree), Options(scopes=scopes))
        found = [f for f in result.findings if f.rule == "scope-declared"]
        assert [f.message.split("`")[1] for f in found] == expected
        assert result.value is not None
        assert {f.severity for f in found} <= {Severity.WARNING}
    silent = {
        "machine": {"type": "oauth2", "flows": {"clientCredentials": {**FLOWS["clientCredentials"], "scopes": {}}}}
    }
    _, rules, _ = converted([{"machine": []}], Options(scopes=("x",)), securitySchemes=silent)
    assert "scope-declared" not in rules


@pytest.mark.parametrize("place", ["header", "query", "cookie"])
@pytest.mark.parametrize("name", [None, "", "a\r\nX-Evil: b", "{{{client_secret}}}", "a b", "é"])
def test_key_whose_name_cannot_be_sent_is_left_out(place, name):
    """A key without a name, or under one that would be another header or a variable, is not sent; a finding says so."""
    scheme = {"type": "apiKey", "in": place} | ({} if name is None else {"name": name})
    requests, rules, _ = converted([{"k": []}, {"k": []}], securitySchemes={"k": scheme})
    request = json.dumps(requests["one"])
    left_out = place != "query" or not name
    assert ("api-key-name" in rules) == left_out
    assert ("{{k}}" in request) != left_out
    assert "client_secret}}" not in request
    assert "X-Evil: b" not in request


def test_ids_are_unique_whatever_operations_are_called():
    """An operation that is called like another request, or like another's method and path, has an id of its own."""
    operations = {
        "/a": "get-access-token",
        "/b": "GET /a",
        "/c": "get-access-token",
        "/d": "callback x of GET /a POST {$u}",
    }
    paths = {
        path: {"get": {"operationId": name, "security": [{"machine": []}], "responses": OK}}
        for path, name in operations.items()
    }
    paths["/a"]["get"]["callbacks"] = {"x": {"{$u}": {"post": {"responses": OK}}}}
    _, _, collection = converted([], paths=paths)
    found = [item["id"] for item in _all_items(collection["item"])]
    assert len(found) == len(set(found)) == 7


def _all_items(items):
    for item in items:
        yield item
        yield from _all_items(item.get("item", []))


@pytest.mark.parametrize("method", [EVIL, "PO ST", "X\r\nHost: evil"])
def test_method_that_cannot_be_sent_is_left_out(method):
    """A method of OpenAPI 3.2 that is no token, and might be a variable, is left out with an error."""
    operations = {method: {"responses": OK}, "COPY": {"responses": OK}}
    tree = api({"/a": {"additionalOperations": operations}}, components={"securitySchemes": SCHEMES})
    result = convert(document_of({**tree, "openapi": "3.2.0"}), Options())
    assert result.value is not None
    collection = json.loads(result.value.files[".postman_collection.json"])
    assert [item["request"]["method"] for item in collection["item"]] == ["POST", "COPY"]
    assert [finding.rule for finding in result.findings].count("method-name") == 1


@pytest.mark.parametrize("security", [["machine"], {"machine": []}, "machine", [{"machine": []}]])
def test_security_in_another_form_is_read_and_told(security):
    """Text in place of an object, or an object in place of a list, makes no operation public; a finding says so."""
    requests, rules, _ = converted(security)
    assert auth_of(requests["one"])[0] == "bearer"
    assert ("security-form" in rules) == (security != [{"machine": []}])


@pytest.mark.parametrize("security", [[None], [3], ["nobody"], 7])
def test_security_that_cannot_be_read_is_told(security):
    """What names no scheme is public, and a finding says that it is not read."""
    tree = api({"/a": {"get": {"security": security, "responses": OK}}}, components={"securitySchemes": SCHEMES})
    found = [finding for finding in convert(document_of(tree), Options()).findings if finding.rule == "security-form"]
    assert len(found) == 1
    assert "not read" in found[0].message


@pytest.mark.parametrize(
    ("scheme", "grant", "told"),
    [
        ({"flow": "application"}, "clientCredentials", False),
        ({"flow": "clientCredentials"}, "clientCredentials", True),
        ({"flow": "access_code"}, "authorizationCode", True),
        ({"flow": "magic"}, "clientCredentials", True),
        ({"flow": "magic", "authorizationUrl": "https://l.example/a"}, "authorizationCode", True),
        ({}, "clientCredentials", True),
    ],
)
def test_flow_of_another_name_is_told(scheme, grant, told):
    """A flow that 2.0 does not know is taken for the one that its name or its addresses mean, and a finding says so."""
    oauth = {"type": "oauth2", "tokenUrl": "https://id.example/t", "scopes": {}, **scheme}
    tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "a.example", "schemes": ["https"],
            "paths": {"/a": {"get": {"security": [{"o": []}], "responses": OK}}},
            "securityDefinitions": {"o": oauth}}  # fmt: skip
    validated = validate(document_of(tree))
    flows = read(validated.value).value.security_schemes["o"].flows
    assert [flow.grant.value for flow in flows] == [grant]
    assert ("flow-grant" in [finding.rule for finding in validated.findings]) == told


@pytest.mark.parametrize(
    ("scheme", "told"),
    [
        ({"flow": "clientCredentials"}, {"The flow `clientCredentials` has no `tokenUrl`."}),
        ({"scopes": {}}, {"The scheme has no `tokenUrl`."}),
        (
            {"flow": "accesscode"},
            {f"The flow `accesscode` has no `{name}`." for name in ("tokenUrl", "authorizationUrl")},
        ),
        ({"flow": "implicit", "authorizationUrl": "https://id.example/a"}, set()),
    ],
)
def test_addresses_are_missed_under_another_name_too(scheme, told):
    """That the flow is called wrongly, or not at all, does not hide that its addresses are not there."""
    tree = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {},
            "securityDefinitions": {"o": {"type": "oauth2", **scheme}}}  # fmt: skip
    found = validate(document_of(tree)).findings
    assert {finding.message for finding in found if finding.rule == "flow-addresses"} == told


KEPT = re.compile(r"/(openapi|in|type|style|format|scheme|\$ref|explode|required)$")


def poisoned(node, pointer="", *, evil=EVIL):
    """Return the tree with a variable of Postman's in every text that may be any text."""
    if isinstance(node, dict):
        return {key: poisoned(value, f"{pointer}/{key}", evil=evil) for key, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, pointer, evil=evil) for value in node]
    return node + evil if isinstance(node, str) and not KEPT.search(pointer) and "security" not in pointer else node


@pytest.mark.parametrize("evil", [EVIL, f"{{{EVIL}}}", f"{{{{{EVIL}}}}}"], ids=["two", "three", "four"])
def test_no_variable_of_the_document_reaches_a_resolved_place(evil):
    """Whatever text of a document holds `{{client_secret}}`, only our own token request ever sends it."""
    flow = {"tokenUrl": "https://id.example/t", "authorizationUrl": "https://id.example/a", "scopes": {}}
    tree = poisoned(
        api(
            {
                "/a/{p}/x{q}": {
                    "post": {
                        "summary": "s",
                        "security": [{"o": [f"r{evil}"], f"k{evil}": [], "q": [], "c": []}, {"i": []}],
                        "servers": [{"url": "https://b.example/{v}", "variables": {"v": {"default": "d"}}}],
                        "parameters": [
                            {"name": name, "in": place, "required": True, "schema": {"type": "string"}, "example": "e"}
                            for name, place in (("n", "query"), ("X-N", "header"), ("n", "cookie"), ("p", "path"))
                        ],
                        "requestBody": {"content": {kind: {"example": {"a": "b"}} for kind in (
                            "application/json", "application/xml", "application/x-www-form-urlencoded",
                            "multipart/form-data", "text/plain",
                        )}},
                        "responses": OK,
                        "callbacks": {"cb": {"{$request.body#/u}/x": {"post": {"responses": OK}}}},
                    },
                    "get": {"security": [{"i": []}], "responses": OK},
                }
            },
            servers=[{"url": "https://a.example/{w}", "variables": {"w": {"default": "d", "enum": ["d", "e"]}}}],
        ),
        evil=evil,
    )  # fmt: skip
    tree["components"] = {
        "securitySchemes": {
            "o": {"type": "oauth2", "flows": {"clientCredentials": poisoned(flow, evil=evil)}},
            "i": {"type": "oauth2", "flows": {"authorizationCode": poisoned(flow, evil=evil)}},
            f"k{evil}": {"type": "apiKey", "in": "header", "name": f"X{evil}"},
            "q": {"type": "apiKey", "in": "query", "name": f"q{evil}"},
            "c": {"type": "apiKey", "in": "cookie", "name": f"c{evil}"},
        }
    }
    result = convert(document_of(tree), Options())
    assert result.value is not None
    for name, text in result.value.files.items():
        if name.endswith(".postman_environment.json"):
            assert EVIL not in text
    collection = json.loads(result.value.files[".postman_collection.json"])
    assert all(EVIL not in entry["value"] for entry in collection["variable"])
    requests = list(_requests(collection["item"][1:]))
    assert len(requests) == 3
    for request in requests:
        for member in ("header", "url", "body"):
            found = _without_descriptions(request.get(member))
            assert EVIL not in json.dumps(found), (member, found)
        kind, values = auth_of(request)
        assert kind == "oauth2" or EVIL not in json.dumps(values)
        assert all(EVIL not in value for key, value in values.items() if key != "clientSecret")


def _requests(items):
    for item in items:
        yield from _requests(item["item"]) if "item" in item else [item["request"]]


def _without_descriptions(node):
    if isinstance(node, dict):
        return {key: _without_descriptions(value) for key, value in node.items() if key != "description"}
    return [_without_descriptions(item) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize(
    ("flows", "said"),
    [
        ({"clientCredentials": ["read"], "authorizationCode": ["read", "write"]}, ["authorizationCode"]),
        ({"clientCredentials": ["read", "write"], "authorizationCode": ["read"]}, []),
        ({"clientCredentials": [], "authorizationCode": ["read", "write"]}, []),
        ({"authorizationCode": ["read", "write"], "implicit": ["read"]}, []),
    ],
)
def test_a_scope_of_another_flow_is_told(flows, said):
    """Get Access Token asks by client credentials for what only people may have: a server may refuse all of it."""
    addresses = {"tokenUrl": "https://id.example/t", "authorizationUrl": "https://id.example/a"}
    scheme = {
        "type": "oauth2",
        "flows": {grant: {**addresses, "scopes": dict.fromkeys(scopes, "")} for grant, scopes in flows.items()},
    }
    paths = {"/a": {"get": {"security": [{"o": ["read", "write"]}], "responses": OK}}}
    tree = api(paths, components={"securitySchemes": {"o": scheme}})
    for found in (convert(document_of(tree), Options()).findings, check(document_of(tree), CheckOptions())):
        told = [finding for finding in found if finding.rule == "scope-declared"]
        assert [finding.message for finding in told] == [
            f"Of the flows of `o`, clientCredentials does not declare the scope `write`; {flow} does." for flow in said
        ]
