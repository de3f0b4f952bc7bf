"""HTTP Digest (RFC 7616): Postman's runners and curl answer a real challenge with what a user fills in."""

import hashlib
import http.server
import json
import subprocess
import threading
import urllib.request
from collections.abc import Iterator

import pytest

from generator.pipeline import Options, SnippetFormat, convert, snippets
from tests.conftest import OK, api, document_of
from tests.skips import CURL, POSIX, program
from tests.snippets import windows_powershell as ps
from tests.snippets.windows_cmd import arguments_of, read_by_cmd

pytestmark = pytest.mark.e2e
USER, PASSWORD = "me", "s3cr&t $x"
CHALLENGE = 'Digest realm="pets", nonce="n1", qop="auth", algorithm=MD5'


def md5(*words: str) -> str:
    """Return the hash of `words`, as RFC 7616, 3.4.1 joins them."""
    return hashlib.md5(":".join(words).encode(), usedforsecurity=False).hexdigest()


class Challenging(http.server.BaseHTTPRequestHandler):
    """An API that challenges, and lets in whom the answer proves to know the password."""

    def log_message(self, *arguments):
        """Say nothing."""

    def do_GET(self):
        """Answer 200 to the right answer, else 401."""
        kind, _, rest = self.headers.get("authorization", "").partition(" ")
        said = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest)) if kind == "Digest" else {}
        proof = (said.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
        right = md5(md5(USER, "pets", PASSWORD), *proof, md5("GET", self.path))
        status = 200 if said.get("response") == right else 401
        self.server.answered.append(status)
        self.send_response(status)
        if status == 401:
            self.send_header("www-authenticate", CHALLENGE)
        self.send_header("content-length", "0")
        self.end_headers()


@pytest.fixture
def challenging() -> Iterator[http.server.ThreadingHTTPServer]:
    """Return a running API; `answered` are the statuses that it gave."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Challenging)
    server.answered = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def document(address: str):
    """Return a document with one operation, which asks for Digest."""
    return document_of(
        api(
            {"/pets": {"get": {"security": [{"door": []}], "responses": OK}}},
            servers=[{"url": address}],
            components={"securitySchemes": {"door": {"type": "http", "scheme": "Digest"}}},
        )
    )


def shells(address: str) -> dict[str, str]:
    """Return the operation's commands, by shell."""
    text = snippets(document(address), Options(), SnippetFormat.JSON).value
    return json.loads(text or "")[0]["snippets"]


def test_runners_answer_the_challenge(runner, challenging, tmp_path):
    """Filled in, the collection's request is let in after one challenge."""
    made = convert(document(f"http://127.0.0.1:{challenging.server_port}"), Options()).value
    path = tmp_path / "c.json"
    path.write_text(made.files[".postman_collection.json"])
    code, output = runner(path, door_username=USER, door_password=PASSWORD)
    assert (code, challenging.answered) == (0, [401, 200]), output


def test_curl_answers_the_challenge(challenging, tmp_path):
    """So is the command in a POSIX shell."""
    program("sh", POSIX)
    program("curl", CURL)
    environment = {"CREDENTIAL_DOOR_USERNAME": USER, "CREDENTIAL_DOOR_PASSWORD": PASSWORD, "PATH": "/usr/bin:/bin"}
    text = shells(f"http://127.0.0.1:{challenging.server_port}")["posix"]
    done = subprocess.run(["sh", "-c", text], env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, challenging.answered) == (0, [401, 200]), done.stderr


def test_the_shells_of_windows_leave_digest_to_curl(tmp_path):
    """No header is made beforehand: curl has to hear the challenge first."""
    made = shells("https://a.example")
    environment = {"CREDENTIAL_DOOR_USERNAME": USER, "CREDENTIAL_DOOR_PASSWORD": PASSWORD}
    calls: list[ps.Call] = []
    ps.Script(made["powershell"], environment, ps.LEGACY_51, lambda call: calls.append(call) or "", tmp_path)
    assert calls[0].arguments[-3:] == ["--digest", "--user", f"{USER}:{PASSWORD}"]
    arguments = arguments_of(read_by_cmd(made["cmd"], environment, batch=False)[0][0])
    assert "--digest" in arguments
    pair = "{{CREDENTIAL_DOOR_USERNAME}}:{{CREDENTIAL_DOOR_PASSWORD}}"
    assert arguments[-2:] == ["--expand-user", pair]
