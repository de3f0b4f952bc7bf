"""newman sends the same requests from the collection: the two renderers agree."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator import pipeline
from generator.renderers import postman_v21
from generator.renderers.values import Prepared
from generator.request.values import FileBody, MultipartBody, Request
from tests.conftest import OK, api, document_of
from tests.skips import NODE, REPOSITORY, program
from tests.snippets.torture import FILES, TORTURE, VALUES
from tests.snippets.wire import Recorder, differences

pytestmark = pytest.mark.e2e
BEYOND_LATIN_1 = {f"{place}-v{number}" for place in ("header", "cookie") for number in (38, 39, 40, 41)} - {
    "cookie-v40"
}
"""Headers that are not ASCII: newman writes Latin-1, and refuses what that lacks."""
BRACES = {f"{place}-v45" for place in ("text", "form", "multipart", "header", "cookie")}
"""`{{`: Postman would put a variable in; by contract a made value takes its place in a collection."""
ENCODED_OTHERWISE = {"segment-4"}
"""newman encodes braces in a path."""


def pick_files(items: list[dict[str, Any]], requests: Mapping[str, Request]) -> None:
    """Pick the files to upload, as a user does: a collection can only name them."""
    for item in items:
        pick_files(item.get("item", []), requests)
        body = requests[item["name"]].body if item.get("name") in requests else None
        if isinstance(body, FileBody):
            item["request"]["body"]["file"]["src"] = body.file_name
        elif isinstance(body, MultipartBody):
            entries = item["request"]["body"]["formdata"]
            for part, entry in zip(body.parts, entries, strict=True):
                if part.text is None:
                    kind = {"contentType": entry["contentType"]} if "contentType" in entry else {}
                    entries[entries.index(entry)] = {"key": entry["key"], "type": "file", "src": part.file_name, **kind}


def operations() -> dict[str, Any]:
    """Return paths with an operation for each hard value in each place that a document has for it."""
    paths: dict[str, Any] = {}
    for number, value in enumerate(VALUES):
        text = {"schema": {"type": "string"}, "example": value}
        for place in ("path", "query", "header", "cookie"):
            if place in {"header", "cookie"} and (not value.isprintable() or (place == "cookie" and ";" in value)):
                continue  # what no header can hold is a finding, and another test's
            path = f"/{place}-{number}" + ("/{p}" if place == "path" else "")
            parameter = {"name": "p", "in": place, "required": True, **text}
            paths[path] = {"get": {"parameters": [parameter], "responses": OK}}
        fields = {
            "schema": {"type": "object", "additionalProperties": True},
            "example": {"a": value, f"k{value[:1000]}": "b"},
        }
        parts = {**fields, "example": {"a": value}}  # a part's name is written in more ways than one
        bodies = {"application/json": fields, "application/x-www-form-urlencoded": fields, "multipart/form-data": parts}
        for media_type, body in {**bodies, "text/plain": text, "application/xml": text}.items():
            operation = {"requestBody": {"required": True, "content": {media_type: body}}, "responses": OK}
            paths[f"/{media_type.replace('/', '-')}-{number}"] = {"post": operation}
    return paths


def changed(folder: Path, prepared: Prepared, requests: Sequence[Request], recorder: Recorder) -> dict[str, list[str]]:
    """Send the requests by newman, and return how what arrived differs from them, by their id."""
    newman = program("newman", NODE, REPOSITORY / "node_modules/.bin")
    files = postman_v21.render(replace(prepared, requests=tuple(requests))).value
    collection = json.loads(files[".postman_collection.json"])
    pick_files(collection["item"], {request.name: request for request in requests})
    (folder / "c.json").write_text(json.dumps(collection))
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    subprocess.run([newman, "run", "c.json"], cwd=folder, capture_output=True, check=False, timeout=300)
    recorder.close()
    arrived = {entry.target.split("/")[1].split("?")[0]: entry for entry in recorder.received}
    wrong = {}
    for request in requests:
        entry = arrived.get(str(request.url.path[0][0]))
        if told := differences(request, entry, FILES) if entry else ["it did not arrive"]:
            wrong[request.id] = told
    return wrong


def prepare(paths: dict[str, Any], recorder: Recorder) -> Prepared:
    """Return a document with these paths, prepared for rendering."""
    document = document_of(api(paths, servers=[{"url": recorder.address}]))
    prepared = pipeline.prepare(document, pipeline.Options()).value
    assert prepared is not None
    return prepared


def test_newman_sends_what_curl_sends(tmp_path):
    """Each request of the torture set, uploads too, arrives from newman as from curl, but for what Postman cannot."""
    recorder = Recorder()
    prepared = prepare({"/x": {"get": {"responses": OK}}}, recorder)
    wrong = changed(tmp_path, prepared, TORTURE, recorder)
    assert set(wrong) == BEYOND_LATIN_1 | BRACES | ENCODED_OTHERWISE, wrong


def test_newman_sends_every_request_that_a_document_can_ask_for(tmp_path):
    """With the same values as a document's examples there is no exception: no request is built that newman changes."""
    recorder = Recorder()
    prepared = prepare(operations(), recorder)
    assert len(prepared.requests) > 400
    wrong = changed(tmp_path, prepared, prepared.requests, recorder)
    assert not wrong, wrong
