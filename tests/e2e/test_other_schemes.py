"""Other schemes than the client credentials flow, in Postman's own runners: filled in, each request carries its own.

All of them stand in one document, since starting a runner takes longer than sending its requests.
"""

import base64
import json

import pytest

from generator.pipeline import Options, convert
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET

pytestmark = pytest.mark.e2e

LOGIN = {
    "authorizationUrl": "https://id.example/authorize",
    "tokenUrl": "https://id.example/token",
    "scopes": {"p": "x"},
}
SCHEMES = {
    "header": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "api_key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "login": {"type": "oauth2", "flows": {"authorizationCode": LOGIN}},
    "identity": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example/.well-known/openid-configuration"},
}
FILLED = {
    "header": "key&1",
    "query": "key-2",
    "cookie": "key3",
    "basic_username": "me",
    "basic_password": "pass:wörd",
    "bearer_token": "tok-b",
    "login_token": "tok-l",
    "identity_token": "tok-i",
}
PAIR = base64.b64encode("me:pass:wörd".encode()).decode()
CARRIED = {
    "/header": {"x-api-key": "key&1"},
    "/query?api_key=key-2": {},
    "/cookie": {"cookie": "session=key3"},
    "/basic": {"authorization": f"Basic {PAIR}"},
    "/bearer": {"authorization": "Bearer tok-b"},
    "/login": {"authorization": "Bearer tok-l"},
    "/identity": {"authorization": "Bearer tok-i"},
    "/both": {"authorization": f"Basic {PAIR}", "x-api-key": "key&1"},
    "/either": {"x-api-key": "key&1"},
    "/optional": {},
    "/open": {},
}


def document() -> dict:
    """Return a document with an operation for each scheme, one for two together, and public ones."""
    security = {name: [{name: ["p"] if name == "login" else []}] for name in SCHEMES}
    security |= {"both": [{"basic": [], "header": []}], "either": [{"login": ["p"]}, {"header": []}]}
    security |= {"optional": [{"basic": []}, {}], "open": []}
    return api(
        {f"/{name}": {"get": {"security": requirement, "responses": OK}} for name, requirement in security.items()},
        servers=[{"url": "https://api.example"}],
        components={"securitySchemes": SCHEMES},
    )


def collection(**options) -> str:
    """Return the document's collection."""
    value = convert(document_of(document()), Options(**options)).value
    assert value is not None
    return value.files[".postman_collection.json"]


def test_each_request_carries_its_own_scheme(runner, loopback, tmp_path):
    """Filled in, every key, password and token travels where the document says; the public requests carry nothing."""
    path = tmp_path / "c.json"
    path.write_text(collection())
    code, output = runner(path, baseUrl=loopback.address, **FILLED)
    assert code == 0, output
    names = ("authorization", "x-api-key", "cookie")
    sent = {c["path"]: {name: c["headers"][name] for name in names if name in c["headers"]} for c in loopback.received}
    assert sent == CARRIED


def test_a_user_is_told_what_to_fill_in():
    """Every variable of a scheme is in the collection, empty and described; no token request is made up."""
    made = json.loads(collection())
    variables = {variable["key"]: variable for variable in made["variable"]}
    assert set(FILLED) | {"baseUrl"} <= set(variables)
    assert all(variables[name]["value"] == "" and variables[name]["description"] for name in FILLED)
    assert made["event"] == []
    assert "tokenUrl" not in variables


def test_interactive_flows_are_ready_for_the_dialog():
    """Authorization code and OpenID Connect become Postman's OAuth 2.0, with the document's addresses and scopes."""
    items = {item["name"]: item["request"]["auth"] for item in json.loads(collection())["item"]}
    login = {entry["key"]: entry["value"] for entry in items["GET /login"]["oauth2"]}
    assert (login["grant_type"], login["authUrl"], login["accessTokenUrl"], login["scope"]) == (
        "authorization_code",
        LOGIN["authorizationUrl"],
        LOGIN["tokenUrl"],
        "p",
    )
    assert items["GET /identity"]["type"] == "oauth2"


def test_a_bearer_scheme_without_address_gets_one_by_option(runner, loopback, tmp_path):
    """With --token-url, the requests of a plain bearer scheme get a token by themselves; others are as they were."""
    path = tmp_path / "c.json"
    path.write_text(collection(token_url="https://id.example/token"))
    credentials = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    code, output = runner(path, baseUrl=loopback.address, tokenUrl=f"{loopback.address}/token", **credentials, **FILLED)
    assert (code, loopback.issued) == (0, 1), output
    sent = {call["path"]: call["headers"].get("authorization") for call in loopback.calls()}
    assert (sent["/bearer"], sent["/open"], sent["/basic"]) == ("Bearer tok1", None, f"Basic {PAIR}")
