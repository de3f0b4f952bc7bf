"""Client authentication against a certified authorization server, with reserved characters in the secret."""

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.option_values import ClientAuthentication
from generator.pipeline import Options, convert
from tests.conftest import OK, REPOSITORY, api, document_of
from tests.skips import NODE, program

pytestmark = pytest.mark.e2e

RESERVED = "s3:cr%41t+&= /?#\"'{}"
"""A secret that says something else once it is decoded, or when it is not encoded."""

PLAIN = "s3cret-of-letters_and~digits.0123"
RESOURCE = "https://api.example/v1"


@pytest.fixture(scope="module")
def authorization_server() -> Iterator[str]:
    """Return the address of a running oidc-provider with three clients."""
    program("node", NODE)
    if not (REPOSITORY / "node_modules/oidc-provider").is_dir():
        pytest.skip(NODE)
    methods = {"by-basic": "client_secret_basic", "by-body": "client_secret_post", "by-raw": "client_secret_basic"}
    clients = [
        {
            "client_id": name,
            "token_endpoint_auth_method": method,
            "client_secret": PLAIN if name == "by-raw" else RESERVED,
        }
        for name, method in methods.items()
    ]
    script = Path(__file__).with_name("authorization_server.mjs")
    command = ["node", str(script)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=REPOSITORY
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(clients))
        process.stdin.close()
        port = next(line.strip() for line in process.stdout if line.strip().isdigit())
        yield f"http://127.0.0.1:{port}/token"
        process.terminate()


def collection(folder: Path, token_url: str, **options) -> Path:
    """Write a collection with one secured operation, whose tokens come from `token_url`."""
    flow = {"tokenUrl": token_url, "scopes": {"read": "read"}}
    tree = api(
        {"/one": {"get": {"responses": OK}}},
        servers=[{"url": "https://api.example"}],
        security=[{"o": ["read"]}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    parameters = (("resource", RESOURCE),)
    value = convert(document_of(tree), Options(token_parameters=parameters, **options)).value
    assert value is not None
    path = folder / "c.postman_collection.json"
    path.write_text(value.files[".postman_collection.json"])
    return path


def claims(token: str) -> dict:
    """Return what a token in the form of a JWT says."""
    body = token.removeprefix("Bearer ").split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


@pytest.mark.parametrize(
    ("method", "client", "secret"),
    [
        (ClientAuthentication.BASIC, "by-basic", RESERVED),
        (ClientAuthentication.BODY, "by-body", RESERVED),
        (ClientAuthentication.BASIC_RAW, "by-raw", PLAIN),
    ],
)
@pytest.mark.parametrize("by_script", [True, False], ids=["script", "request"])
def test_token_is_issued(runner, authorization_server, loopback, tmp_path, method, client, secret, by_script):
    """The script and the request both get a token for the scope and the resource that were asked for."""
    path = collection(tmp_path, authorization_server, client_authentication=method)
    if by_script:
        tree = json.loads(path.read_text())
        path.write_text(json.dumps({**tree, "item": tree["item"][1:]}))
    code, output = runner(path, baseUrl=loopback.address, client_id=client, client_secret=secret)
    assert code == 0, output
    said = claims(loopback.calls()[0]["headers"]["authorization"])
    assert (said["client_id"], said["scope"], said["aud"]) == (client, "read", RESOURCE)


def test_raw_basic_is_refused_where_the_server_decodes(runner, authorization_server, loopback, tmp_path):
    """Not form-encoded, a secret with reserved characters is another one to a server that keeps to RFC 6749."""
    path = collection(tmp_path, authorization_server, client_authentication=ClientAuthentication.BASIC_RAW)
    code, output = runner(path, baseUrl=loopback.address, client_id="by-basic", client_secret=RESERVED)
    assert code != 0
    assert "invalid_client" in "".join(output.split()).replace("│", "").replace("|", "")
    assert loopback.calls() == []
