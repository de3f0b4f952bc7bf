"""Our samples' collections against a mock that validates requests: each request is accepted, token included."""

import json
import socket
import subprocess
import time

import pytest

from generator.pipeline import Options, convert
from tests.conftest import SPECS, document_at
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET, tool

pytestmark = pytest.mark.e2e


@pytest.fixture
def mock(request, tmp_path):
    """Return the address of a Prism that serves the specification of the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [tool("prism"), "mock", "--port", str(port), "--host", "127.0.0.1", str(request.param)]
    with (tmp_path / "prism.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        for _ in range(240):
            try:
                socket.create_connection(("127.0.0.1", port), 0.5).close()
                break
            except OSError:
                time.sleep(0.25)
        yield request.param, f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.mark.parametrize("mock", SPECS, indirect=True, ids=lambda path: path.name)
def test_every_request_is_accepted(mock, loopback, tmp_path):
    """Filled in with two values, or with a key or a token of any kind, no request of the collection is refused."""
    path, address = mock
    value = convert(document_at(path), Options()).value
    assert value is not None
    collection, report = tmp_path / "c.json", tmp_path / "report.json"
    collection.write_text(value.files[".postman_collection.json"])
    filled = {
        "baseUrl": address,
        "tokenUrl": f"{loopback.address}/token?grant_type=client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "key": "k",
        "tenant": "t",
        "basic_username": "u",
        "basic_password": "p",
        "bearer_token": "b",
        "login_token": "l",
    }
    words = [word for key, text in filled.items() for word in ("--env-var", f"{key}={text}")]
    command = [tool("newman"), "run", str(collection), "--reporters", "json", "--reporter-json-export", str(report)]
    done = subprocess.run([*command, *words], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    executions = json.loads(report.read_text())["run"]["executions"]
    answered = [e for e in executions if str(e["request"]["url"].get("port")) == address.rpartition(":")[2]]
    assert len(answered) == value.requests
    for execution in answered:
        if execution["request"]["method"] == "QUERY":
            assert execution["response"]["code"] == 405, "Prism knows the method now: expect what is expected of others"
            continue
        headers = {header["key"].lower(): header["value"] for header in execution["response"]["header"]}
        assert execution["response"]["code"] < 300, (execution["item"]["name"], headers.get("sl-violations"))
