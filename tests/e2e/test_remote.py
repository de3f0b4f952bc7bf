"""Fetching over TLS from a loopback server: only what is asked for and allowed, within limits, kept for offline use."""

import contextlib
import http.server
import itertools
import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from generator import remote
from generator.closure import Access, gather
from generator.document import Source, parse
from generator.findings import UnreadableInputError
from generator.pipeline import Options, convert
from generator.remote import RemoteAccess, fetch
from tests.conftest import OK, REPOSITORY, api
from tests.skips import OPENSSL, program

pytestmark = pytest.mark.e2e


class Host:
    """A server over TLS whose answers are set by path: status, headers, body."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes | Iterable[bytes]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        host = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments):
                """Say nothing."""

            def handle(self):
                """Answer, or not: who asked may have gone."""
                with contextlib.suppress(OSError):
                    super().handle()

            def do_GET(self):
                """Answer as set."""
                host.asked.append((self.path, dict(self.headers.items())))
                status, headers, body = host.answers.get(self.path, (404, {}, b"{}"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)

        key, certificate = folder / "key.pem", folder / "certificate.pem"
        words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(["openssl", "req", *words, *names], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.name = f"localhost:{self.server.server_port}"
        self.address = f"https://{self.name}"
        self.certificate = certificate


@pytest.fixture
def host(tmp_path, monkeypatch) -> Iterator[Host]:
    """Return a running server whose certificate is trusted, also by processes that the test starts."""
    program("openssl", OPENSSL)
    running = Host(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    yield running
    running.server.shutdown()
    running.server.server_close()


def run(*arguments: object, folder: Path, **environment: str) -> tuple[int, str]:
    """Run the command as a user does, with a cache of the test's own; return its exit code and what it says."""
    command = [sys.executable, "-m", "generator", "convert", *map(str, arguments), "-o", str(folder / "out")]
    known = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), **environment}
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, cwd=REPOSITORY, env=known)
    return done.returncode, done.stderr


def schema(name: str) -> dict:
    """Return paths with one operation that sends what a reference names."""
    content = {"application/json": {"schema": {"$ref": name}}}
    return {"/a": {"post": {"requestBody": {"required": True, "content": content}, "responses": OK}}}


def allowed(host: Host, **members) -> RemoteAccess:
    """Return leave to fetch from `host`."""
    return RemoteAccess(allowed=True, hosts=(host.name,), **members)


def test_specification_and_its_parts_are_fetched_then_read_offline(host, tmp_path):
    """A SPEC on a host is converted with what it refers to there; without leave, later, from what was kept."""
    host.answers["/v1/api.json"] = (200, {}, json.dumps(api(schema("parts.json#/S"))).encode())
    host.answers["/v1/parts.json"] = (200, {}, b'{"S": {"enum": ["a part"]}}')
    specification = f"{host.address}/v1/api.json"
    code, said = run(specification, "--allow-remote", folder=tmp_path)
    assert code == 0, said
    assert [path for path, _ in host.asked] == ["/v1/api.json", "/v1/parts.json"]
    assert "a part" in (tmp_path / "out/api.postman_collection.json").read_text()
    assert run(specification, folder=tmp_path)[0] == 0
    assert len(host.asked) == 2
    kept = list((tmp_path / "cache/sendready").iterdir())
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}


def test_settings_allow_hosts_only_where_they_are_named(host, tmp_path):
    """A file refers to a host: allowed in settings that --config names, refused without them."""
    host.answers["/s.json"] = (200, {}, b'{"S": {"enum": ["a part"]}}')
    entry = tmp_path / "api.json"
    entry.write_text(json.dumps(api(schema(f"{host.address}/s.json#/S"))))
    code, said = run(entry, "--allow-remote", folder=tmp_path)
    assert code == 1
    assert "remote-hosts" in said
    assert host.asked == []
    settings = tmp_path / "team.toml"
    settings.write_text(f'remote-hosts = ["{host.name}"]\n')
    assert run(entry, "--allow-remote", "--config", settings, folder=tmp_path)[0] == 0


def test_key_goes_to_the_registry_alone(host, tmp_path, monkeypatch):
    """The API key is sent to SwaggerHub only, not after a redirect, and is in no file."""
    entry = tmp_path / "api.json"
    host.answers["/s.json"] = (200, {}, b'{"S": {"enum": ["a part"]}}')
    entry.write_text(json.dumps(api(schema(f"{host.address}/s.json#/S"))))
    settings = tmp_path / "team.toml"
    settings.write_text(f'remote-hosts = ["{host.name}"]\n')
    run(entry, "--allow-remote", "--config", settings, folder=tmp_path, SWAGGERHUB_API_KEY="s3cret-key")
    assert "Authorization" not in host.asked[0][1]
    files = [path for folder in ("out", "cache") for path in (tmp_path / folder).rglob("*") if path.is_file()]
    assert len(files) > 1
    assert all(b"s3cret-key" not in path.read_bytes() for path in files)
    monkeypatch.setattr(remote, "REGISTRY", host.name)
    host.answers["/old"] = (302, {"Location": f"{host.address}/s.json"}, b"")
    fetch(f"{host.address}/old", allowed(host, key="s3cret-key"))
    assert [headers.get("Authorization") for _, headers in host.asked[1:]] == ["s3cret-key", None]


def test_a_key_that_cannot_be_sent_is_not_shown(host, tmp_path):
    """A line's end behind the key is no part of it; one inside of it is told without the key."""
    specification = f"{host.address}/api.json"
    host.answers["/api.json"] = (200, {}, json.dumps(api(schema("#/S"))).encode())
    for key in ("s3cret\nkey", "s3cret\u20ac"):
        code, said = run(specification, "--allow-remote", folder=tmp_path, SWAGGERHUB_API_KEY=key)
        assert (code, said.count("SWAGGERHUB_API_KEY holds")) == (2, 1)
        assert "s3cret" not in said
    assert host.asked == []
    run(specification, "--allow-remote", folder=tmp_path, SWAGGERHUB_API_KEY="s3cret-key\n")
    assert len(host.asked) == 1


@pytest.mark.parametrize("target", ["http://localhost/x", "https://other.example/x", "file:///etc/passwd"])
def test_redirects_lead_to_allowed_hosts_only(host, target):
    """A redirect to another host, to plain http or to a file is refused."""
    host.answers["/x"] = (302, {"Location": target}, b"")
    with pytest.raises(UnreadableInputError):
        fetch(f"{host.address}/x", allowed(host))


def test_large_answers_are_refused(host, monkeypatch):
    """An answer over the limit is not read to its end."""
    monkeypatch.setattr(remote, "MOST_BYTES", 1000)
    host.answers["/x"] = (200, {}, b"x" * 100_000)
    with pytest.raises(UnreadableInputError, match="larger"):
        fetch(f"{host.address}/x", allowed(host))


def test_an_answer_that_comes_in_drops_ends_in_time(host, monkeypatch):
    """A host that sends a line now and then, before the body too, is left after the seconds that all may take."""
    monkeypatch.setattr(remote, "SECONDS", 1)

    def drops(piece: bytes) -> Iterator[bytes]:
        for _ in range(40):
            time.sleep(0.2)
            yield piece

    host.answers["/body"] = (200, {}, drops(b"x"))
    host.answers["/heads"] = (100, {}, drops(b"HTTP/1.1 100 Continue\r\n\r\n"))
    for path in ("/body", "/heads"):
        started = time.monotonic()
        with pytest.raises(UnreadableInputError, match=r"timed out|longer than 1 second"):
            fetch(f"{host.address}{path}", allowed(host))
        assert time.monotonic() - started < 5


def test_what_comes_with_a_redirect_is_not_read(host):
    """The body of a redirect, which may have no end, is left alone."""
    sent = itertools.count()
    host.answers["/x"] = (302, {"Location": "/y"}, (b"x" * 65_536 for _ in zip(range(5_000), sent, strict=False)))
    host.answers["/y"] = (200, {}, b"there")
    assert fetch(f"{host.address}/x", allowed(host)) == b"there"
    assert next(sent) < 1_000


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {"Content-Length": "9"}, b"a: 1"), "breaks off before its end"),
        ((200, {"Transfer-Encoding": "chunked"}, b"9\r\na: 1"), "breaks off before its end"),
        ((200, {}, b""), "the answer is empty"),
        ((204, {}, b""), "status 204"),
        ((206, {}, b"a: 1"), "status 206"),
        ((200, {"Content-Encoding": "gzip"}, b"a: 1"), "encoded as gzip"),
        ((302, {"Location": "/x"}, b""), "redirects in a circle"),
        ((302, {"Location": "https://me:s3cret@other.example/"}, b""), "redirects to https://other.example, which"),
    ],
)
def test_what_is_no_whole_document_is_none(host, tmp_path, answer, said):
    """A part of a document is never taken for it, nor kept in the place of an earlier one."""
    access = allowed(host, cache=tmp_path)
    host.answers["/x"] = answer
    with pytest.raises(UnreadableInputError, match=said):
        fetch(f"{host.address}/x", access)
    host.answers["/x"] = (200, {}, b"whole")
    fetch(f"{host.address}/x", access)
    host.answers["/x"] = answer
    assert fetch(f"{host.address}/x", access) == b"whole"


def test_what_was_kept_serves_where_the_host_fails(host, tmp_path):
    """A host that fails is no hindrance where an earlier answer was kept; where none was, its status is told."""
    access = allowed(host, cache=tmp_path / "cache")
    host.answers["/x"] = (200, {}, b"kept")
    assert fetch(f"{host.address}/x", access) == b"kept"
    host.answers["/x"] = (401, {}, b"")
    assert fetch(f"{host.address}/x", access) == b"kept"
    with pytest.raises(UnreadableInputError, match="SWAGGERHUB_API_KEY"):
        fetch(f"{host.address}/x", allowed(host))


def test_registry_is_asked_for_the_default_version(host, monkeypatch):
    """An API of SwaggerHub without a version is the one that the registry calls its default."""
    monkeypatch.setattr(remote, "REGISTRY", host.name)
    host.answers["/apis/acme/orders/settings/default"] = (200, {}, b'{"version": "2.1"}')
    host.answers["/apis/acme/orders/2.1"] = (200, {}, b"{}")
    found = remote.fetch_specification("swaggerhub:acme/orders", RemoteAccess(allowed=True))
    assert found == (f"{host.address}/apis/acme/orders/2.1", b"{}")
    for answer in (b"<html>", b"[]", b'{"version": [', b"[" * 100_000):
        host.answers["/apis/acme/orders/settings/default"] = (200, {}, answer)
        with pytest.raises(UnreadableInputError, match="SwaggerHub does not say which version is the default"):
            remote.fetch_specification("swaggerhub:acme/orders", RemoteAccess(allowed=True))


def secured(host: Host, scheme: dict) -> dict:
    """Return a document whose one operation asks for `scheme`."""
    paths = {"/a": {"get": {"security": [{"id": []}], "responses": OK}}}
    document = api(paths, openapi="3.2.0", components={"securitySchemes": {"id": scheme}})
    return {**document, "servers": [{"url": "https://api.example"}]}


@pytest.mark.parametrize("kind", ["openIdConnect", "oauth2"])
def test_an_authorization_server_is_asked_where_its_endpoints_are(host, tmp_path, kind):
    """With leave, metadata says where tokens come from; later that works offline; without leave nobody is asked."""
    path = "/.well-known/openid-configuration"
    scheme = {"type": kind, "openIdConnectUrl": host.address + path}
    if kind == "oauth2":
        scheme = {
            "type": kind,
            "oauth2MetadataUrl": host.address + path,
            "flows": {"clientCredentials": {"scopes": {}}},
        }
    entry = tmp_path / "api.json"
    entry.write_text(json.dumps(secured(host, scheme)))
    metadata = {
        "issuer": host.address,
        "token_endpoint": f"{host.address}/token",
        "grant_types_supported": ["client_credentials"],
    }
    host.answers[path] = (200, {}, json.dumps(metadata).encode())
    settings = tmp_path / "team.toml"
    settings.write_text(f'remote-hosts = ["{host.name}"]\n')
    assert run(entry, folder=tmp_path)[0] == 0
    assert host.asked == []
    collection = tmp_path / "out/api.postman_collection.json"
    assert f"{host.address}/token" not in collection.read_text()
    assert run(entry, "--allow-remote", "--config", settings, folder=tmp_path)[0] == 0
    made = collection.read_text()
    assert {v["key"]: v["value"] for v in json.loads(made)["variable"]}["tokenUrl"] == f"{host.address}/token"
    assert json.loads(made)["item"][0]["name"] == "Get Access Token"
    assert len(host.asked) == 1
    assert run(entry, folder=tmp_path)[0] == 0
    assert collection.read_text() == made
    assert len(host.asked) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b'{"issuer": "https://other.example", "token_endpoint": "https://other.example/t"}', "another issuer"),
        (b"<html>", "no JSON object"),
    ],
)
def test_metadata_of_another_is_not_believed(host, tmp_path, answer, reason):
    """Metadata that is another's, or none, is not used, and the finding says why (RFC 8414, 3.3)."""
    entry = tmp_path / "api.json"
    entry.write_text(json.dumps(secured(host, {"type": "openIdConnect", "openIdConnectUrl": f"{host.address}/m"})))
    host.answers["/m"] = (200, {}, answer)
    closure = gather(Source(uri=str(entry), content=entry.read_bytes()), Access(remote=allowed(host)))
    document = parse(closure.sources, str(entry), closure.absent).value
    assert document is not None
    converted = convert(document, Options())
    assert converted.value is not None
    assert "other.example" not in converted.value.files[".postman_collection.json"]
    [finding] = [finding for finding in converted.findings if finding.rule == "openid-connect"]
    assert reason in finding.message
    assert "--allow-remote" in finding.hint
