"""The second validator beside ours: what both say, what only one says, in every format; and what it must not reach."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from msgspec.structs import replace

from generator import second_opinion
from generator.checking import CheckOptions, check
from generator.document import Source, parse
from generator.findings import Finding, Place, Severity, Speaker
from generator.reference_validator import Complaint, Opinion, answered
from tests.conftest import GOOD, REPOSITORY
from tests.skips import on_posix
from tests.test_cli import sendready


@pytest.fixture(autouse=True)
def in_this_process(request, monkeypatch):
    """Ask here, which is quicker, where a test is not about the process that is asked."""
    if "process" not in request.function.__name__:
        monkeypatch.setattr(second_opinion, "asked", lambda document, _: answered(document))


BOTH, OURS, THEIRS = tuple(Speaker), (Speaker.OURS,), (Speaker.REFERENCE,)
WRONG = (
    GOOD.replace("/pets:", "/pets/{id}:")
    .replace(', "401": {description: No}', "")
    .replace("components:\n", "components:\n  schemas:\n    Pet: {allOf: [{type: object}], required: [name]}\n")
)
"""Both miss the path parameter, only we the 401, only the other the property that `required` names."""


def said(text, **further):
    """Return who says what: the rules with their speakers."""
    sources = {
        name: Source(uri=name, content=content.encode()) for name, content in {"a.yaml": text, **further}.items()
    }
    loaded = parse(sources, "a.yaml")
    assert loaded.value is not None
    return [(f.rule, f.said_by, f.place, f.message) for f in check(loaded.value, CheckOptions(reference=True))]


def test_each_finding_tells_who_says_it():
    """What both say comes once; what the other alone says has the place that it found and does not tell itself."""
    found = {rule: (speakers, place.pointer) for rule, speakers, place, _ in said(WRONG)}
    assert found == {
        "path-parameters": (BOTH, "/paths/~1pets~1{id}/get"),
        "response-401": (OURS, "/paths/~1pets~1{id}/get/responses"),
        "second-opinion": (THEIRS, "/components/schemas/Pet"),
    }


def test_without_the_option_nobody_is_named_and_it_is_not_imported(tmp_path):
    """A plain check does not load what asks the second validator; the option does."""
    (tmp_path / "a.yaml").write_text(GOOD)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for option, loaded in (((), False), (("--reference",), True)):
        code = (
            "import sys; from generator.cli import run; "
            f"run(['check', 'a.yaml', *{option!r}]); print('generator.second_opinion' in sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stderr.strip() == str(loaded)
        assert done.stdout.startswith("1 file checked: nothing to say\n")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("scopes: {}", "scope: {}"), "flow-scopes"),
        (('"200": {description: OK}', '"OK": {description: OK}'), "response-codes"),
        (("/pets:", "pets:"), "path-begins-with-slash"),
        (("get:\n", "get:\n      parameters: [{name: a, in: query}]\n"), "parameter-schema-or-content"),
        (("get:\n", "get:\n      parameters: [{name: a, in: path, schema: {}}]\n"), "path-parameter-required"),
        (("components:\n", "tags: [{name: a}, {name: a}]\ncomponents:\n"), "tags-unique"),
        (("components:\n", "components:\n  schemas: {A: {type: boolean, default: 'no'}}\n"), "default-valid"),
    ],
)
def test_the_same_matter_is_recognised_though_it_is_worded_differently(change, rule):
    """Our better words take the place of the other's."""
    assert [speakers for name, speakers, _, _ in said(GOOD.replace(*change)) if name == rule] == [BOTH]


def test_where_it_fails_that_is_told_and_ours_stands():
    """It stops at a reference that leads nowhere, which is our finding too; another failure is a finding of its own."""
    dangling = GOOD.replace('"200": {description: OK}', '"200": {$ref: "#/components/responses/Nowhere"}')
    found = said(dangling)
    assert ("reference-resolves", BOTH) in [(rule, speakers) for rule, speakers, _, _ in found]
    assert "second-opinion" not in [rule for rule, *_ in found]
    failing = said(GOOD.replace("get:\n", "get:\n      parameters: [{$ref: '#/components/schemas/Pet'}]\n"))
    assert any(speakers == BOTH or "failed here" in message for _, speakers, _, message in failing)


def test_it_reads_other_files_from_what_was_read_before():
    """A reference into another file leads to the tree that we have; its finding stands in that file."""
    entry = GOOD.replace('"200": {description: OK}', '"200": {$ref: "parts/b.yaml#/R"}')
    part = "R:\n  description: OK\n  content: {text/plain: {schema: {type: boolean, default: 'no'}}}\n"
    found = said(entry, **{"parts/b.yaml": part})
    assert [(p.uri, p.pointer) for rule, _, p, message in found if rule == "second-opinion"] == [
        ("parts/b.yaml", "/R/content/text~1plain/schema/default")
    ] or any(rule == "default-valid" and speakers == BOTH for rule, speakers, _, _ in found)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a", "ftp://127.0.0.1/a", "file:///etc/hostname", "/etc/hosts"])
def test_it_reaches_neither_files_nor_hosts(address, monkeypatch):
    """A reference that was not read before is not fetched, whatever its scheme."""

    def refuse(*arguments, **_):
        raise AssertionError(arguments)

    said(GOOD)  # the validator's own schemas are files, which it reads once
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr("jsonschema_path.retrievers.urlopen", refuse)
    found = said(GOOD.replace('"200": {description: OK}', f'"200": {{$ref: "{address}#/x"}}'))
    assert [rule for rule, *_ in found if rule == "reference-resolves"]
    assert not [message for *_, message in found if "AssertionError" in message]


@pytest.mark.parametrize("report_format", ["text", "json", "sarif", "junit", "github"])
def test_every_format_tells_who_says_it(report_format, tmp_path):
    """In words for people, as values for programs; without the option nothing of it is there."""
    (tmp_path / "a.yaml").write_text(WRONG)
    asked = sendready("check", "a.yaml", "--format", report_format, "--reference", cwd=tmp_path).stdout.decode()
    plain = sendready("check", "a.yaml", "--format", report_format, cwd=tmp_path).stdout.decode()
    if report_format in {"json", "sarif"}:
        key = {"json": "said_by", "sarif": "saidBy"}[report_format]
        log = json.loads(asked)
        entries = log["findings"] if report_format == "json" else [r["properties"] for r in log["runs"][0]["results"]]
        assert sorted(tuple(entry[key]) for entry in entries) == sorted(
            tuple(speaker.value for speaker in speakers) for speakers in (BOTH, OURS, THEIRS)
        )
        assert key not in plain
    else:
        for words in ("both say so", "only sendready says so", "only openapi-spec-validator says so"):
            assert words in asked
            assert words not in plain
    if report_format == "text":
        assert asked.endswith("\nboth say 1, only sendready 1, only openapi-spec-validator 1\n")


def test_documents_of_every_version_are_compared():
    """The samples of 2.0, 3.0 and 3.1 that the rules' tests hold for good pass it without a failure of its."""
    for path in sorted((REPOSITORY / "tests/good").glob("default-valid/*")):
        assert not [message for *_, message in said(path.read_text()) if "failed here" in message]


@pytest.mark.parametrize(
    ("change", "ours", "theirs"),
    [
        # The same object lacks one member and has another too many: neither is the other.
        (("get:\n", "get:\n      extra: 1\n      parameters: [{in: path, name: a, schema: {}}]\n"), 1, 0),
        (('version: "1"', "version: '1', license: {url: 'https://a.nl'}, x: 1"), 2, 0),
    ],
)
def test_another_matter_at_the_same_object_is_not_the_same(change, ours, theirs):
    """What the other says of one member is not what we say of another, though both stand at one object."""
    found = said(GOOD.replace(*change))
    both = [(rule, message) for rule, speakers, _, message in found if speakers == BOTH]
    assert len(both) >= ours
    assert len([1 for _, speakers, _, _ in found if speakers == THEIRS]) == theirs
    for rule, message in both:
        assert rule != "path-parameters" or "`a`" in message


def test_an_opinion_is_told_by_the_member_that_it_names():
    """Two findings at one object: only the one that names the missing member says what the other says."""
    place = Place("a", "/info")
    opinion = Opinion(
        message="", place=place, rules=frozenset({"x"}), complaints=(Complaint(place=place, name="title"),)
    )
    finding = Finding(rule="x", severity=Severity.ERROR, message="", why="", hint="", place=place)
    assert opinion.agrees(replace(finding, message='"title" is a required property.'))
    assert opinion.agrees(replace(finding, message="`info` has no `title`."))
    assert opinion.agrees(replace(finding, place=Place("a", "/info/title")))
    assert not opinion.agrees(replace(finding, message='"version" is a required property.'))
    assert not opinion.agrees(replace(finding, place=Place("a", "/info/version")))
    assert not opinion.agrees(replace(finding, message='"title" is missing.', place=Place("b", "/info")))


def test_a_process_that_takes_too_long_is_ended_and_that_is_told(monkeypatch):
    """Our findings come all the same, nobody is said to be alone with them, and the process is gone."""
    monkeypatch.setattr(second_opinion, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(second_opinion, "_PROGRAM", "import time; time.sleep(60)")
    begin = time.monotonic()
    found = said(WRONG)
    assert time.monotonic() - begin < 20
    assert [(speakers, message) for rule, speakers, _, message in found if rule == "second-opinion"] == [
        (THEIRS, "openapi-spec-validator says: nothing, since it was ended after 0.2 seconds.")
    ]
    assert {speakers for rule, speakers, _, _ in found if rule != "second-opinion"} == {()}


def test_a_process_that_fails_is_told(monkeypatch):
    """What ends the other validator does not end the check."""
    monkeypatch.setattr(second_opinion, "_PROGRAM", "raise SystemExit(3)")
    assert "its process failed" in {rule: message for rule, _, _, message in said(WRONG)}["second-opinion"]


def test_the_process_says_what_is_said_here():
    """What is asked and answered between the processes is whole, references to other files included."""
    entry = GOOD.replace('"200": {description: OK}', '"200": {$ref: "parts/b.yaml#/R"}').replace(
        "/pets:", "/pets/{id}:"
    )
    sources = {"a.yaml": entry, "parts/b.yaml": "R: {description: OK, headers: {A: {schema: {type: 1}}}}\n"}
    loaded = parse({name: Source(uri=name, content=text.encode()) for name, text in sources.items()}, "a.yaml")
    assert loaded.value is not None
    answer = second_opinion.asked(loaded.value)
    assert answer == answered(loaded.value)
    assert answer.opinions


@on_posix
def test_the_process_that_is_asked_takes_no_more_memory_than_it_may(monkeypatch):
    """What takes more is ended, and that is said; our own findings stay."""
    monkeypatch.setattr(second_opinion, "MOST_BYTES", 1 << 20)
    tree = {"openapi": "3.0.3", "info": {"title": "T", "version": "1", "description": "x" * 5_000_000}, "paths": {}}
    answer = second_opinion.asked(parse({"a": Source(uri="a", content=json.dumps(tree).encode())}, "a").value)
    assert not answer.complete
    assert "failed" in answer.opinions[0].message
