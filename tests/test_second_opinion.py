"""The second validator beside ours: what both say, what only one says, in every format; and what it must not reach."""

import json
import os
import socket
import subprocess
import sys
import urllib.request

import pytest

from generator.checking import CheckOptions, check
from generator.document import Source, parse
from generator.findings import Speaker
from tests.conftest import REPOSITORY
from tests.test_check import GOOD
from tests.test_cli import sendready

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
    """A plain check does not load the second validator; the option does."""
    (tmp_path / "a.yaml").write_text(GOOD)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for option, loaded in (((), False), (("--reference",), True)):
        code = (
            "import sys; from generator.cli import run; "
            f"run(['check', 'a.yaml', *{option!r}]); print('openapi_spec_validator' in sys.modules, file=sys.stderr)"
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
