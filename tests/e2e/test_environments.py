"""Environments in newman: with each, every request goes to the hosts of that one alone."""

import json
import subprocess

import pytest

from generator.pipeline import Options, convert
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET, Loopback, tool

pytestmark = pytest.mark.e2e


@pytest.fixture
def hosts():
    """Return two running pairs of servers, by the name of their environment."""
    servers = {name: Loopback() for name in ("production", "sandbox")}
    yield servers
    for server in servers.values():
        server.server.shutdown()
        server.server.server_close()


@pytest.mark.parametrize("chosen", ["production", "sandbox"])
def test_no_request_leaves_for_another_environments_host(hosts, tmp_path, chosen):
    """Document's, path's and operation's servers and the token endpoint all follow the environment."""
    described = [{"url": f"{server.address}/v1", "description": name} for name, server in hosts.items()]
    uploads = [{"url": f"{server.address}/up", "description": name} for name, server in reversed(hosts.items())]
    flow = {"tokenUrl": "/token", "scopes": {}}
    tree = api(
        {
            "/a": {"get": {"responses": OK}, "post": {"servers": uploads, "responses": OK}},
            "/b": {"servers": [{"url": f"{hosts['production'].address}/b"}], "get": {"responses": OK}},
        },
        servers=described,
        security=[{"o": []}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )
    value = convert(document_of(tree), Options()).value
    assert value is not None
    for ending, text in value.files.items():
        (tmp_path / f"c{ending}").write_text(text)
    command = [tool("newman"), "run", str(tmp_path / "c.postman_collection.json")]
    environment = tmp_path / f"c.{chosen}.postman_environment.json"
    filled = ["--env-var", f"client_id={CLIENT_ID}", "--env-var", f"client_secret={CLIENT_SECRET}"]
    subprocess.run([*command, "-e", str(environment), *filled], check=False, capture_output=True, timeout=120)
    other = next(server for name, server in hosts.items() if name != chosen)
    assert other.received == []
    paths = {call["path"] for call in hosts[chosen].received}
    assert paths == {"/token", "/v1/a", "/up/a", *(["/b/b"] if chosen == "production" else [])}
    assert json.loads(environment.read_text())["values"][0]["key"] == "baseUrl"
