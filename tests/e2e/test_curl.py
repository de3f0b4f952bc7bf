"""curl commands in a real shell: what arrives is what was meant, byte for byte."""

import json
import shutil
import subprocess
import urllib.parse
from pathlib import Path

import pytest

from generator.pipeline import ClientAuthentication, Credentials, Look, Options, SnippetFormat, snippets
from tests.conftest import OK, REPOSITORY, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET
from tests.skips import CURL, program

pytestmark = pytest.mark.e2e

SHELLS = [shell for shell in ("dash", "bash", "zsh") if shutil.which(shell)]
NASTY = [
    "it's",
    'say "hi"',
    "$HOME `id` $(id)",
    "!history",
    "100% %PATH%",
    "a\nb\tc",
    "@file",
    "-x",
    ";a=b",
    "é ü 😀",
    "",
]


def posix(tree, **options):
    """Return the posix snippets of a document, by name."""
    listed = json.loads(snippets(document_of(tree), Options(**options), SnippetFormat.JSON).value or "[]")
    return {snippet["name"]: snippet["snippets"]["posix"] for snippet in listed}


def run(shell: str, script: str, **variables: str) -> subprocess.CompletedProcess:
    """Run `script` with nothing in the environment but `variables`."""
    path = str(Path(program("curl", CURL)).parent) + ":/usr/bin:/bin"
    return subprocess.run(
        [shell, "-c", script], check=False, capture_output=True, env={"PATH": path, **variables}, timeout=60
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_token_snippet_and_call(shell, loopback):
    """The token snippet gets a token into the shell's variable, and the next snippet sends it."""
    flow = {"tokenUrl": f"{loopback.address}/token?grant_type=client_credentials", "scopes": {}}
    tree = api(
        {"/one": {"get": {"responses": OK}}},
        servers=[{"url": loopback.address}],
        security=[{"o": []}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    made = posix(tree)
    done = run(shell, "\n".join(made.values()), CLIENT_ID=CLIENT_ID, CLIENT_SECRET=CLIENT_SECRET)
    assert done.returncode == 0, done.stderr
    assert loopback.calls()[0]["headers"]["authorization"] == "Bearer tok1"


def secured(address: str):
    """Return a document whose token endpoint is at `address`."""
    flow = {"tokenUrl": f"{address}/token", "scopes": {}}
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    return api({"/one": {"get": {"responses": OK}}}, security=[{"o": []}], components={"securitySchemes": schemes})


@pytest.mark.parametrize("authentication", list(ClientAuthentication))
@pytest.mark.parametrize("shell", SHELLS)
def test_token_snippet_refuses_what_is_not_set(shell, authentication, loopback):
    """Without a secret nothing is sent: the shell names the variable and what to do, and the status is not 0."""
    token = posix(secured(loopback.address), client_authentication=authentication)["Get Access Token"]
    done = run(shell, token, CLIENT_ID=CLIENT_ID)
    assert done.returncode != 0
    assert b"CLIENT_SECRET: set it first" in done.stderr
    assert loopback.received == []


@pytest.mark.parametrize("shell", SHELLS)
def test_token_snippet_shows_why_there_is_no_token(shell, loopback):
    """After a 401, and after an answer without a token, the server's words are shown and the status is not 0."""
    token = posix(secured(loopback.address))["Get Access Token"]
    done = run(shell, token, CLIENT_ID=CLIENT_ID, CLIENT_SECRET="wrong")
    assert done.returncode != 0
    assert b"No such client here" in done.stderr
    loopback.token_answer = {"error": "try_later"}
    done = run(shell, token, CLIENT_ID=CLIENT_ID, CLIENT_SECRET=CLIENT_SECRET)
    assert done.returncode != 0
    assert b"try_later" in done.stderr
    assert done.stdout == b""


def test_token_snippet_sends_what_a_portal_prints(loopback):
    """With the portal's words as credentials, method, query, type and body are those of the portal's own command."""
    source = (
        (REPOSITORY / "specs/parcel-tracking.yaml")
        .read_text()
        .replace("[parcels.read]", "[]")
        .replace("[parcels.write]", "[]")
        .replace("https://api.example.com/oauth", f"{loopback.address}/token/oauth")
    )
    from generator.document import Source, parse

    document = parse({"a": Source(uri="a", content=source.encode())}, "a").value
    assert document is not None
    token = json.loads(snippets(document, Options(), SnippetFormat.JSON).value or "")[0]["snippets"]["posix"]
    run("bash", token, CLIENT_ID="APP_CLIENT_ID", CLIENT_SECRET="APP_CLIENT_SECRET")
    sent = loopback.received[0]
    assert (sent["method"], sent["path"]) == (
        "POST",
        "/token/oauth/client_credential/accesstoken?grant_type=client_credentials",
    )
    assert sent["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert sent["body"] == b"client_id=APP_CLIENT_ID&client_secret=APP_CLIENT_SECRET"


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("value", NASTY)
def test_bodies_queries_and_forms_arrive_unharmed(shell, value, loopback):
    """Whatever an example holds reaches the server as it is, in JSON, query and form."""
    parameters = [
        {"in": "query", "name": "q", "required": True, "schema": {"type": "string"}, "example": value},
        {"in": "path", "name": "p", "required": True, "schema": {"type": "string"}, "example": value or "x"},
    ]
    json_body = {"content": {"application/json": {"schema": {"type": "object"}, "example": {"v": value}}}}
    form = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}, "example": {"v": value}}}}
    tree = api(
        {
            "/a/{p}": {
                "post": {"operationId": "a", "parameters": parameters, "requestBody": json_body, "responses": OK}
            },
            "/b": {"post": {"operationId": "b", "requestBody": form, "responses": OK}},
        },
        servers=[{"url": loopback.address}],
    )
    done = run(shell, "\n".join(posix(tree).values()))
    assert done.returncode == 0, done.stderr
    first, second = loopback.received
    address = urllib.parse.urlsplit(first["path"])
    assert urllib.parse.unquote(address.path) == f"/a/{value or 'x'}"
    assert urllib.parse.parse_qs(address.query, keep_blank_values=True) == {"q": [value]}
    assert json.loads(first["body"]) == {"v": value}
    assert urllib.parse.parse_qs(second["body"].decode(), keep_blank_values=True) == {"v": [value]}


def test_placeholders_are_words(loopback):
    """With placeholders, the portal's words stand where credentials go."""
    flow = {"tokenUrl": f"{loopback.address}/token", "scopes": {}}
    tree = api(
        {"/one": {"get": {"responses": OK}}},
        security=[{"o": []}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    text = "\n".join(posix(tree, look=Look(credentials=Credentials.PLACEHOLDERS)).values())
    assert all(word in text for word in ("APP_CLIENT_ID", "APP_CLIENT_SECRET", "YOUR_ACCESS_TOKEN"))
    assert "$CLIENT" not in text


@pytest.mark.parametrize("authentication", ClientAuthentication)
@pytest.mark.parametrize("shell", SHELLS)
def test_with_placeholders_the_token_command_shows_the_answer(shell, authentication, loopback):
    """What the reader is to put in the place of YOUR_ACCESS_TOKEN comes out, and no variable is set."""
    look = Look(credentials=Credentials.PLACEHOLDERS)
    token = posix(secured(loopback.address), client_authentication=authentication, look=look)["Get Access Token"]
    assert "ACCESS_TOKEN" not in token
    loopback.client = ("my-id", "my-secret")
    done = run(shell, token.replace("APP_CLIENT_ID", "my-id").replace("APP_CLIENT_SECRET", "my-secret"))
    assert json.loads(done.stdout)["access_token"].startswith("tok"), done.stderr
