"""The token flow in Postman's own runners: fetched once, kept, renewed, never leaked, failures readable."""

import json
from pathlib import Path

import pytest

from generator.option_values import ClientAuthentication
from generator.pipeline import Options, convert
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET

pytestmark = pytest.mark.e2e


def write(folder: Path, tree: dict | None = None, *, query: str = "", token_request: str = "none", **options) -> Path:
    """Write the collection of a document, its token requests `first` or `last`; without them, as users send, if not."""
    value = convert(document_of(tree or three_operations(query)), Options(**options)).value
    assert value is not None
    collection = json.loads(value.files[".postman_collection.json"])
    tokens = [item for item in collection["item"] if item["name"].startswith("Get Access Token")]
    others = collection["item"][len(tokens) :]
    collection["item"] = {"first": tokens + others, "last": others + tokens, "none": others}[token_request]
    path = folder / "c.postman_collection.json"
    path.write_text(json.dumps(collection))
    return path


def three_operations(query: str = "") -> dict:
    """Return a document with two secured operations in two folders and a public one."""
    flow = {"tokenUrl": f"https://id.example/token{query}", "scopes": {"r": "read"}}
    return api(
        {
            "/one": {"get": {"tags": ["Other"], "responses": OK}},
            "/two": {"get": {"tags": ["Folder"], "responses": OK}},
            "/open": {"get": {"tags": ["Folder"], "security": [], "responses": OK}},
        },
        servers=[{"url": "https://api.example"}],
        security=[{"o": ["r"]}],
        components={"securitySchemes": {"o": client_credentials(flow)}},
    )


def client_credentials(flow: dict) -> dict:
    """Return a security scheme with the client credentials flow."""
    return {"type": "oauth2", "flows": {"clientCredentials": flow}}


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
    path = write(tmp_path, query=own_query, token_request="first")
    code, output = runner(path, **variables(loopback, query))
    assert (code, loopback.issued) == (0, 1), output


@pytest.mark.parametrize("lacking", ["client_id", "client_secret"])
@pytest.mark.parametrize("token_request", ["first", "none"])
@pytest.mark.parametrize("authentication", [ClientAuthentication.BODY, ClientAuthentication.BASIC])
def test_without_credentials_nothing_is_asked(
    runner, loopback, tmp_path, lacking, token_request, authentication
):  # fmt: skip
    """Get Access Token and the collection's script say what is to be filled in, and ask no server with empty words."""
    path = write(tmp_path, token_request=token_request, client_authentication=authentication)
    code, output = runner(path, **{**variables(loopback), lacking: ""})
    flat = "".join(output.replace("│", "").split())
    assert code != 0
    assert "Fillinthevariablesclient_idandclient_secret" in flat
    assert [call["path"] for call in loopback.received] == ["/open"]


@pytest.mark.parametrize("authentication", [ClientAuthentication.BASIC, ClientAuthentication.BASIC_RAW])
def test_basic_client_authentication(runner, loopback, tmp_path, authentication):
    """Script and Get Access Token send identifier and secret by HTTP Basic, form-encoded or raw, not in the body."""
    loopback.decode_basic = authentication is ClientAuthentication.BASIC
    path = write(tmp_path, token_request="last", client_authentication=authentication)
    code, output = runner(path, **variables(loopback))
    assert (code, loopback.issued) == (0, 2), output
    bodies = [call["body"] for call in loopback.received if call["path"] == "/token"]
    assert not any(b"client_" in body.replace(b"client_credentials", b"") for body in bodies)


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


@pytest.mark.parametrize("token_request", ["first", "none"])
def test_an_endpoint_that_cannot_be_reached_is_told(runner, loopback, tmp_path, token_request):
    """Get Access Token and the collection's script say so, and speak of no answer."""
    nowhere = {**variables(loopback), "tokenUrl": "http://127.0.0.1:9/token"}
    code, output = runner(write(tmp_path, token_request=token_request), **nowhere)
    flat = "".join(output.replace("│", "").replace("|", "").split())
    assert code != 0
    assert "Thetokenendpointhttp://127.0.0.1:9/tokencannotbereached:" in flat
    assert ("seetheerrorofthisrequest" in flat) == (token_request == "first")
    assert "answeredundefined" not in flat
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


def test_slow_token_server_is_waited_for(runner, loopback, tmp_path):
    """The request does not leave before its token is there, and the others do not fetch another."""
    loopback.delay = 1.5
    code, output = runner(write(tmp_path), **variables(loopback))
    assert (code, loopback.issued) == (0, 1), output
    assert [call["headers"].get("authorization") for call in loopback.calls()] == ["Bearer tok1", "Bearer tok1", None]


def test_one_folder_can_be_sent_alone(runner, loopback, tmp_path):
    """A folder's requests get their token though Get Access Token is not among them."""
    code, output = runner(write(tmp_path, token_request="first"), folder="Folder", **variables(loopback))
    assert (code, loopback.issued) == (0, 1), output
    sent = [(call["path"], call["headers"].get("authorization")) for call in loopback.calls()]
    assert sent == [("/two", "Bearer tok1"), ("/open", None)]


@pytest.mark.parametrize("changed", ["tokenUrl", "scope"])
def test_another_environment_fetches_another_token(runner, loopback, tmp_path, changed):
    """A token is not sent for another address or scope: where one of them changes, the next request fetches its own."""
    path = write(tmp_path)
    collection = json.loads(path.read_text())
    value = {"tokenUrl": f"{loopback.address}/token/other", "scope": "w"}[changed]
    script = {"type": "text/javascript", "exec": [f"pm.environment.set({changed!r}, {value!r});"]}
    collection["item"][0]["event"] = [{"listen": "test", "script": script}]
    path.write_text(json.dumps(collection))
    code, output = runner(path, **variables(loopback))
    assert (code, loopback.issued) == (0, 2), output
    assert [call["headers"].get("authorization") for call in loopback.calls()] == ["Bearer tok1", "Bearer tok2", None]


def test_two_token_endpoints_have_a_token_each(runner, loopback, tmp_path):
    """Each request carries the token of its own endpoint, fetched with that endpoint's own credentials."""
    flows = {name: {"tokenUrl": f"https://{name}.example/token", "scopes": {}} for name in ("first", "second")}
    tree = api(
        {f"/{name}": {"get": {"security": [{name: []}], "responses": OK}} for name in flows},
        servers=[{"url": "https://api.example"}],
        components={"securitySchemes": {name: client_credentials(flow) for name, flow in flows.items()}},
    )
    path = write(tmp_path, tree)
    second = {
        "tokenUrl_second": f"{loopback.address}/token/second",
        "client_id_second": CLIENT_ID,
        "client_secret_second": CLIENT_SECRET,
    }
    code, output = runner(path, **variables(loopback), **second)
    assert code == 0, output
    sent = [(call["path"], call["headers"].get("authorization")) for call in loopback.received]
    assert sent == [("/token", None), ("/first", "Bearer tok1"), ("/token/second", None), ("/second", "Bearer tok2")]
