"""Bodies on the wire: rows of items and XML arrive as they are written, in newman, the Postman CLI and curl."""

import json
import subprocess

import pytest

from generator.pipeline import Options, SnippetFormat, convert, prepare, snippets
from tests.conftest import OK, api, document_of
from tests.skips import CURL, program

pytestmark = pytest.mark.e2e

ROWS = [{"id": 7, "city": 'A "b", é $x `y` \\ %41'}, {"id": 8, "city": "two\nlines"}]
ITEMS = {"type": "object", "properties": {"id": {"type": "integer"}, "city": {"type": "string"}}}
NOTE = {
    "type": "object",
    "xml": {"name": "note"},
    "properties": {
        "lang": {"type": "string", "xml": {"nodeType": "attribute"}},
        "text": {"type": "string", "xml": {"nodeType": "cdata"}},
    },
}
CONTENTS = {
    "jsonl": ("application/jsonl", {"itemSchema": ITEMS, "example": ROWS}),
    "sequence": ("application/json-seq", {"itemSchema": ITEMS, "example": ROWS}),
    "csv": ("text/csv", {"itemSchema": ITEMS, "example": ROWS}),
    "events": ("text/event-stream", {"itemSchema": ITEMS, "example": ROWS}),
    "xml": ("application/xml", {"schema": NOTE, "example": {"lang": "n'l", "text": 'a < b & "c" ]]>'}}),
}


def tree():
    """Return a document with an operation for each media type."""
    paths = {
        f"/{name}": {"post": {"operationId": name, "requestBody": {"content": {kind: content}}, "responses": OK}}
        for name, (kind, content) in CONTENTS.items()
    }
    return api(paths, openapi="3.2.0", servers=[{"url": "http://h.example"}])


def check(loopback):
    """Compare what arrived with what was written."""
    prepared = prepare(document_of(tree()), Options()).value
    assert prepared is not None
    wanted = {f"/{request.id}": (request.body.content_type, request.body.text) for request in prepared.requests}
    found = {call["path"]: (call["headers"]["content-type"], call["body"].decode()) for call in loopback.received}
    assert found == wanted


def test_collections_send_bodies_as_they_are_written(runner, loopback, tmp_path):
    """Postman's runners send them unchanged, control characters included."""
    value = convert(document_of(tree()), Options()).value
    assert value is not None
    path = tmp_path / "bodies.json"
    path.write_text(value.files[".postman_collection.json"], encoding="utf-8")
    code, output = runner(path, baseUrl=loopback.address)
    assert code == 0, output
    check(loopback)


def test_curl_commands_send_bodies_as_they_are_written(loopback):
    """A shell's curl sends the same."""
    program("curl", CURL)
    listed = json.loads(
        snippets(document_of(tree()), Options(server=loopback.address), SnippetFormat.JSON).value or "[]"
    )
    script = "\n".join(snippet["snippets"]["posix"] for snippet in listed)
    done = subprocess.run(["sh", "-c", script], check=False, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    check(loopback)
