"""newman sends the same requests from the collection: the two renderers agree."""

import json
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest

from generator import pipeline
from generator.renderers import postman_v21
from generator.request.values import FileBody, MultipartBody, Request
from tests.conftest import OK, api, document_of
from tests.skips import NODE, REPOSITORY, program
from tests.snippets.torture import FILES, TORTURE
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


def test_newman_sends_what_curl_sends(tmp_path):
    """Each request of the torture set, uploads too, arrives from newman as from curl, but for what Postman cannot."""
    newman = program("newman", NODE, REPOSITORY / "node_modules/.bin")
    requests = TORTURE
    recorder = Recorder()
    document = document_of(api({"/x": {"get": {"responses": OK}}}, servers=[{"url": recorder.address}]))
    prepared = pipeline.prepare(document, pipeline.Options()).value
    assert prepared is not None
    files = postman_v21.render(prepared.api, prepared.plan, tuple(requests), prepared.servers).value
    collection = json.loads(files[".postman_collection.json"])
    pick_files(collection["item"], {request.name: request for request in requests})
    (tmp_path / "c.json").write_text(json.dumps(collection))
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    subprocess.run([newman, "run", "c.json"], cwd=tmp_path, capture_output=True, check=False, timeout=300)
    recorder.close()
    arrived = {entry.target.split("/")[1].split("?")[0]: entry for entry in recorder.received}
    wrong = {}
    for request in requests:
        entry = arrived.get(str(request.url.path[0][0]))
        if told := differences(request, entry, FILES) if entry else ["it did not arrive"]:
            wrong[request.id] = told
    assert set(wrong) == BEYOND_LATIN_1 | BRACES | ENCODED_OTHERWISE, wrong
