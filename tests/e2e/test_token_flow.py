"""The token flow in Postman's own runners: fetched once, kept, renewed, never leaked, failures readable."""

import json
from pathlib import Path

import pytest

from generator.auth import ClientAuthentication
from generator.pipeline import Options, convert
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET

pytestmark = pytest.mark.e2e


def write(folder: Path, *, query: str = "", without_token_request: bool = True, **options) -> Path:
    """Write a collection with two secured operations and a public one; as a user sends them, without the first."""
    flow = {"tokenUrl": f"https://id.example/token{query}", "scopes": {"r": "read"}}
    tree = api(
        {
            "/one": {"get": {"responses": OK}},
            "/two": {"get": {"responses": OK}},
            "/open": {"get": {"security": [], "responses": OK}},
        },
        servers=[{"url": "https://api.example"}],
        security=[{"o": ["r"]}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    value = convert(document_of(tree), Options(**options)).value
    assert value is not None
    collection = json.loads(value.files[".postman_collection.json"])
    if without_token_request:
        collection["item"] = collection["item"][1:]
    path = folder / "c.postman_collection.json"
    path.write_text(json.dumps(collection))
    return path


def variables(loopback, query="", secret=CLIENT_SECRET):
    """Return what a user fills in, with the addresses of the loopback servers."""
    return {
        "baseUrl": loopback.address,
        "tokenUrl": f"{loopback.address}/token{query}",
        "client_id": CLIENT_ID,
        "client_secret": secret,
    }


@pytest.mark.parametrize("query", ["", "?grant_type=client_credentials"])
def test_token_is_fetched_once_and_goes_only_where_it_belongs(runner, loopback, tmp_path, query):
    """One fetch serves both secured requests; the public one carries nothing; grant_type is sent exactly once."""
    code, output = runner(write(tmp_path, query=query), **variables(loopback, query))
    assert code == 0, output
    assert loopback.issued == 1
    sent = [(call["path"], call["headers"].get("authorization")) for call in loopback.calls()]
    assert sent == [("/one", "Bearer tok1"), ("/two", "Bearer tok1"), ("/open", None)]


def test_environment_decides_about_the_query(runner, loopback, tmp_path):
    """An environment's tokenUrl with a query works in a collection whose own has none."""
    code, output = runner(write(tmp_path), **variables(loopback, "?grant_type=client_credentials"))
    assert (code, loopback.issued) == (0, 1), output


@pytest.mark.parametrize("query", ["", "?grant_type=client_credentials"])
@pytest.mark.parametrize("own_query", ["", "?grant_type=client_credentials"])
def test_token_request_itself_works(runner, loopback, tmp_path, query, own_query):
    """Get Access Token, sent by hand, stores the token that the others use, whatever an environment's address holds."""
    path = write(tmp_path, query=own_query, without_token_request=False)
    code, output = runner(path, **variables(loopback, query))
    assert (code, loopback.issued) == (0, 1), output


def test_basic_client_authentication_is_form_encoded(runner, loopback, tmp_path):
    """With HTTP Basic, identifier and secret are form-encoded first, and the body holds neither."""
    options = {"client_authentication": ClientAuthentication.BASIC}
    path = write(tmp_path, without_token_request=False, **options)
    code, output = runner(path, **variables(loopback))
    assert (code, loopback.issued) == (0, 1), output
    assert b"client" not in loopback.received[0]["body"].replace(b"client_credentials", b"")


def test_expiring_token_is_renewed(runner, loopback, tmp_path):
    """A token that is about to expire is not used again."""
    loopback.expires_in = 5
    code, output = runner(write(tmp_path), **variables(loopback))
    assert (code, loopback.issued) == (0, 2), output


def test_wrong_credentials_are_told_and_nothing_is_sent(runner, loopback, tmp_path):
    """The server's own words are shown, the run fails, and no secured request leaves."""
    code, output = runner(write(tmp_path), **variables(loopback, secret="wrong"))
    flat = "".join(output.split())
    assert code != 0
    assert "Nosuchclienthere" in flat.replace("│", "")
    assert [call["path"] for call in loopback.calls()] == ["/open"]


def test_missing_credentials_are_told(runner, loopback, tmp_path):
    """Without a secret the message says which variables to fill in."""
    code, output = runner(write(tmp_path), **variables(loopback, secret=""))
    assert code != 0
    assert "client_secret" in output
    assert loopback.issued == 0


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, None), (200, {"token_type": "mac", "access_token": "x"}), (200, {"status": "approved"})],
)
def test_failing_token_server_is_told(runner, loopback, tmp_path, status, answer):
    """A token server that fails, or gives what cannot be used, makes the run fail and no secured request leave."""
    loopback.token_status, loopback.token_answer = status, answer
    if answer is None:
        loopback.token_answer = {"fault": "down"}
    code, _ = runner(write(tmp_path), **variables(loopback))
    assert code != 0
    assert [call["path"] for call in loopback.calls()] == ["/open"]


def test_unreachable_token_server_is_told(runner, loopback, tmp_path):
    """A refused connection makes the run fail and no secured request leave."""
    code, output = runner(write(tmp_path), **{**variables(loopback), "tokenUrl": "http://127.0.0.1:9/token"})
    assert code != 0
    assert "127.0.0.1:9" in output
    assert [call["path"] for call in loopback.calls()] == ["/open"]


def test_refused_token_is_forgotten(runner, loopback, tmp_path):
    """After a 401 the next request fetches another token."""
    loopback.refuse_calls = 1
    code, _ = runner(write(tmp_path), **variables(loopback))
    assert code == 0
    assert [call["headers"].get("authorization") for call in loopback.calls()] == ["Bearer tok1", "Bearer tok2", None]
