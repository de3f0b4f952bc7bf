"""newman sends the same requests from the collection: the two renderers agree."""

import subprocess

import pytest
from msgspec.structs import replace

from generator import pipeline
from generator.renderers import postman_v21
from generator.request.values import FileBody, MultipartBody, Request
from tests.conftest import OK, api, document_of
from tests.skips import NODE, REPOSITORY, program
from tests.snippets.torture import TORTURE
from tests.snippets.wire import Recorder, differences

pytestmark = pytest.mark.e2e
BEYOND_LATIN_1 = {f"{place}-v{number}" for place in ("header", "cookie") for number in (38, 39, 40, 41)} - {
    "cookie-v40"
}
"""Headers that are not ASCII: newman writes Latin-1, and refuses what that lacks."""
BRACES = {f"{place}-v45" for place in ("text", "form", "multipart", "header", "cookie")}
"""`{{`: Postman would put a variable in; by contract a made value takes its place in a collection."""
ENCODED_OTHERWISE = {"part-name-0", "segment-4"}
"""newman does not escape a quote in the name of a part, and encodes braces in a path."""


def without_files(request: Request) -> Request:
    """Return the request without what a user has to pick first."""
    body = request.body
    if not isinstance(body, MultipartBody):
        return request
    return replace(request, body=MultipartBody(parts=tuple(part for part in body.parts if part.text is not None)))


def test_newman_sends_what_curl_sends(tmp_path):
    """Each request of the torture set arrives from newman as from curl, but for what Postman itself cannot send."""
    newman = program("newman", NODE, REPOSITORY / "node_modules/.bin")
    requests = [without_files(request) for request in TORTURE if not isinstance(request.body, FileBody)]
    recorder = Recorder()
    document = document_of(api({"/x": {"get": {"responses": OK}}}, servers=[{"url": recorder.address}]))
    prepared = pipeline.prepare(document, pipeline.Options()).value
    assert prepared is not None
    files = postman_v21.render(prepared.api, prepared.plan, tuple(requests), prepared.servers).value
    (tmp_path / "c.json").write_text(files[".postman_collection.json"])
    subprocess.run([newman, "run", "c.json"], cwd=tmp_path, capture_output=True, check=False, timeout=300)
    recorder.close()
    arrived = {entry.target.split("/")[1].split("?")[0]: entry for entry in recorder.received}
    wrong = {}
    for request in requests:
        entry = arrived.get(str(request.url.path[0][0]))
        if told := differences(request, entry, {}) if entry else ["it did not arrive"]:
            wrong[request.id] = told
    assert set(wrong) == BEYOND_LATIN_1 | BRACES | ENCODED_OTHERWISE, wrong
