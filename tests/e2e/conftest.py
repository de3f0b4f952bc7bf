"""Loopback servers and Postman's own tools for the end-to-end tests."""

import base64
import http.server
import json
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.skips import NODE, REPOSITORY, program

CLIENT_ID, CLIENT_SECRET = "my id", "s3cr&t=+%/é\"'\\"


class Loopback:
    """A token endpoint at /token and an API everywhere else; both remember what they received."""

    def __init__(self) -> None:
        self.received: list[dict] = []
        self.token_status = 200
        self.token_answer: dict | None = None
        self.expires_in: object = "3599"
        self.delay = 0.0
        self.decode_basic = True
        self.refuse_calls = 0
        self.issued = 0
        self.client = (CLIENT_ID, CLIENT_SECRET)
        loopback = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                """Say nothing."""

            def handle_any(self):
                """Answer any method."""
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, answer = loopback.answer(self.command, self.path, dict(self.headers.items()), body)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.handle_any)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, method: str, path: str, headers: dict, body: bytes) -> tuple[int, object]:
        """Remember a request and answer it."""
        lower = {key.lower(): value for key, value in headers.items()}
        self.received.append({"method": method, "path": path, "headers": lower, "body": body})
        if path.startswith("/token"):
            return self._token(path, lower, body)
        if self.refuse_calls:
            self.refuse_calls -= 1
            return 401, {"error": "invalid_token"}
        return 200, {}

    def _token(self, path: str, headers: dict, body: bytes) -> tuple[int, object]:
        time.sleep(self.delay)
        if self.token_status != 200 or self.token_answer is not None:
            return self.token_status, self.token_answer
        form = urllib.parse.parse_qs(body.decode(), keep_blank_values=True)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
        client = (form.get("client_id", [""])[0], form.get("client_secret", [""])[0])
        if "authorization" in headers:
            pair = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode()
            decode = urllib.parse.unquote_plus if self.decode_basic else str
            client = tuple(decode(part) for part in pair.split(":", 1))
        grants = form.get("grant_type", []) + query.get("grant_type", [])
        if client != self.client or grants != ["client_credentials"]:
            return 401, {"error": "invalid_client", "error_description": "No such client here"}
        self.issued += 1
        return 200, {"access_token": f"tok{self.issued}", "token_type": "BearerToken", "expires_in": self.expires_in}

    def calls(self) -> list[dict]:
        """Return what the API received."""
        return [entry for entry in self.received if not entry["path"].startswith("/token")]


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """Return a running pair of servers."""
    servers = Loopback()
    yield servers
    servers.server.shutdown()
    servers.server.server_close()


def tool(name: str) -> str:
    """Return the path of one of Node's tools; where it is not installed, the test is skipped."""
    program("node", NODE)
    return program(name, NODE, REPOSITORY / "node_modules/.bin")


@pytest.fixture(params=["newman", "postman"])
def runner(request):
    """Return a function that runs a collection, or one `folder` of it, in newman or in the Postman CLI.

    It gives exit code and output.
    """
    newman = request.param == "newman"
    command = [tool("newman"), "run"] if newman else [tool("postman"), "collection", "run"]

    def run(collection: Path, folder: str = "", **variables: str) -> tuple[int, str]:
        words = [word for key, value in variables.items() for word in ("--env-var", f"{key}={value}")]
        words += ["--folder" if newman else "-i", folder] if folder else []
        done = subprocess.run(
            [*command, str(collection), *words], check=False, capture_output=True, text=True, timeout=120
        )
        return done.returncode, done.stdout + done.stderr

    return run
