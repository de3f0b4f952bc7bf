"""`.http` files: httpyac, which knows JetBrains' scripts, sends them; a model of REST Client reads those for it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cli, exit_codes
from generator.findings import UsageError
from generator.pipeline import Options, SnippetFormat, snippet_page
from generator.renderers import http_file
from generator.renderers.values import Page
from tests.conftest import OK, api, document_of
from tests.pages.hostile import hostile
from tests.snippets.httpyac import httpyac, token_document, write
from tests.snippets.making import at, prepared_of
from tests.snippets.rest_client import read
from tests.snippets.torture import FILES, TORTURE, of_value
from tests.snippets.wire import Recorder, differences

LEFT_OUT = {"bare-QUERY", "body-QUERY", "body-HEAD", "segment-0", "segment-1"}
"""What no client can send as it is: unknown methods, HEAD with a body, `/./` and `/../`. Findings say so."""
WITHOUT = {"header-v45", "cookie-v45"}
"""Headers with `{{`, which no document brings here (a made value takes its place); left out, with a finding."""
NODES_OWN = {f"{place}-v{number}" for place in ("header", "cookie") for number in (38, 39, 40, 41)} - {"cookie-v40"}
"""Headers that are not ASCII: Node.js writes Latin-1, and refuses what that lacks."""
ENCODED = {"segment-4"}
"""Braces in a path: the URL Standard encodes them."""


def page_of(requests, render) -> tuple[Page, set[str]]:
    """Return the file of requests, and what findings say is left out."""
    made = render(prepared_of(requests))
    told = [finding.message for finding in made.findings if finding.rule == "http-file-left-out"]
    return made.value, {request.id for request in requests if any(f"; {request.id} " in text for text in told)}


@pytest.mark.e2e
def test_httpyac_sends_what_the_requests_say(tmp_path):
    """The torture set arrives with method, target, headers and body bytes, but for what is named above."""
    recorder = Recorder()
    requests = at(recorder.address, TORTURE)
    page, left_out = page_of(requests, http_file.render_jetbrains)
    write(page, tmp_path)
    done = httpyac(tmp_path)
    recorder.close()
    arrived = {entry.target.split("/")[1].split("?")[0]: entry for entry in recorder.received}
    wrong = {}
    for request in requests:
        entry = arrived.get(str(request.url.path[0][0]))
        if told := differences(request, entry, FILES) if entry else ["it did not arrive"]:
            wrong[request.id] = told
    assert set(wrong) == LEFT_OUT | WITHOUT | NODES_OWN | ENCODED, (wrong, done.stdout[-2000:])
    assert len(recorder.received) == len(requests) - len(LEFT_OUT) - 5  # and five that Node.js refuses
    assert left_out == LEFT_OUT | WITHOUT


def read_back(requests) -> tuple[dict[str, list[str]], set[str]]:
    """Return what REST Client would send otherwise than `requests` say, by id, and what findings say is left out."""
    page, left_out = page_of(requests, http_file.render_rest_client)
    folder = {**FILES, **{name: text.encode() for name, text in page.files.items()}}
    sent = {one.received.target.split("/")[1].split("?")[0]: one for one in read(page.text, folder, {})}
    wrong = {}
    for request in requests:
        one = sent.get(str(request.url.path[0][0]))
        if told := differences(request, one.received, FILES) if one else ["it is not there"]:
            wrong[request.id] = told
    assert not any(one.variables for one in sent.values())
    return wrong, left_out


def test_rest_client_reads_what_the_requests_say():
    """The torture set is read back with method, target, headers and body; no variable is seen in it."""
    wrong, _ = read_back(at("http://127.0.0.1:1", TORTURE))
    assert set(wrong) == LEFT_OUT | WITHOUT | {"header-twice"}, wrong  # REST Client joins headers of one name


special = st.text(st.sampled_from("#/<>@{}%?=`&* \n\t\"'aH+-~"), max_size=30)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=150, deadline=None)
@given(special | texts)
def test_any_text_is_read_back(value):
    """Whatever text stands in whatever place, REST Client reads that text, or a finding says that it is left out."""
    requests = [r for r in at("http://127.0.0.1:1", of_value(0, value)) if "{{" not in value or "-v" not in r.id[:8]]
    wrong, left_out = read_back(requests)
    assert {name: told for name, told in wrong.items() if name not in left_out} == {}


def test_rest_client_takes_the_token_by_the_requests_name():
    """The name that the second request reads is the name of the first; credentials come from the environment."""
    made = snippet_page(token_document("http://127.0.0.1:1"), Options(), SnippetFormat.HTTP).value
    assert made is not None
    values = {
        "$processEnv CLIENT_ID": "a",
        "$processEnv CLIENT_SECRET": "b",
        "getAccessToken.response.body.$.access_token": "tok1",
    }
    token, call = read(made.text, {}, values)
    assert token.name == "getAccessToken"
    assert token.received.body == b"grant_type=client_credentials&client_id=a&client_secret=b"
    assert call.received.values("authorization") == ["Bearer tok1"]


@pytest.mark.parametrize("kind", [SnippetFormat.HTTP, SnippetFormat.HTTP_JETBRAINS])
def test_a_hostile_specification_adds_no_request_and_no_script(kind):
    """Each operation is one request; nothing of the document is a script, a variable, a file of its choice."""
    made = snippet_page(document_of(hostile()), Options(), kind).value
    assert made is not None
    names = set(made.files) | {"./" + name for name in made.files}
    lines = made.text.split("\n")
    assert sum(line.startswith("###") for line in lines) == 5
    assert not any(line.lstrip().startswith((">", "@", "?", "<>", "<@")) for line in lines)
    assert all(line[2:] in names for line in lines if line.startswith("< "))
    assert "{{" not in made.text
    assert not any(
        "Injected" in line for line in lines if not line.startswith(("###", "POST", "GET")) and ": " in line[:20]
    )


@pytest.mark.e2e
def test_httpyac_runs_nothing_of_a_hostile_specification(tmp_path):
    """Sent for real, five requests arrive; no script of the document ran, no file was written or read."""
    recorder = Recorder()
    tree = hostile() | {"servers": [{"url": recorder.address}]}
    made = snippet_page(document_of(tree), Options(), SnippetFormat.HTTP_JETBRAINS).value
    assert made is not None
    write(made, tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    httpyac(tmp_path)
    recorder.close()
    assert len(recorder.received) == 5
    assert not any(entry.values("injected") for entry in recorder.received)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_the_command_writes_bodies_beside_the_file(tmp_path, monkeypatch, capsys):
    """With -o, what a client would misread lies in a file of its own, as the file says; two SPECs are too many."""
    body = {"content": {"text/plain": {"schema": {"type": "string"}, "example": "### one\nGET https://x.example\n"}}}
    tree = api({"/x": {"post": {"operationId": "tell", "requestBody": body, "responses": OK}}})
    (tmp_path / "a.json").write_text(json.dumps(tree))
    monkeypatch.chdir(tmp_path)
    assert cli.run(["snippets", "a.json", "--format", "http", "-o", "made/a.http"]) == exit_codes.DONE
    text = (tmp_path / "made/a.http").read_text()
    name = text.rstrip().rpartition("< ./")[2]
    assert (tmp_path / "made" / name).read_text() == "### one\nGET https://x.example\n"
    said = capsys.readouterr().err
    assert name in said
    assert "http-file-body" not in said
    assert cli.run(["snippets", "a.json", "--format", "http"]) == exit_codes.DONE
    assert "http-file-body" in capsys.readouterr().err
    (tmp_path / "b.json").write_text(json.dumps(tree))
    with pytest.raises(UsageError, match="one specification"):
        cli.run(["snippets", "a.json", "b.json", "--format", "http"])
