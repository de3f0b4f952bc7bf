"""What `check` prints: for people, for programs, for the services that run it."""

import json
import xml.etree.ElementTree as ET

import jsonschema
import junitparser
import pytest

from tests.conftest import BAD
from tests.skips import NODE, REPOSITORY
from tests.test_cli import sendready


def test_junit_is_read_by_a_reader(files):
    """A JUnit reader finds a suite for each file and the failure with its words."""
    (files / "bad.yaml").write_text(BAD.replace("/pets:", '"/<pets>&\\u0001":'))
    sendready("check", "good.yaml", "bad.yaml", "--format", "junit", "-o", "out.xml", cwd=files)
    suites = list(junitparser.JUnitXml.fromfile(str(files / "out.xml")))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [("good.yaml", 1, 0), ("bad.yaml", 1, 1)]
    failure = next(iter(suites[1])).result[0]
    assert "neither secured nor public" in failure.message
    assert ET.parse(files / "out.xml").getroot().tag == "testsuites"


def test_junit_fails_where_the_check_does(files):
    """A warning is a failure only with --fail-on warning; otherwise its case is skipped, with its words."""
    (files / "sendready.toml").write_text('severities = {operations-secured = "warning"}\n')
    for flags, code, counts in (((), 0, (0, 1)), (("--fail-on", "warning"), 1, (1, 0))):
        done = sendready("check", "bad.yaml", "--format", "junit", *flags, cwd=files)
        assert done.returncode == code
        (suite,) = junitparser.JUnitXml.fromstring(done.stdout)
        assert (suite.failures, suite.skipped) == counts
        assert "neither secured nor public" in next(iter(suite)).result[0].message


def test_a_check_says_what_of_a_folder_it_did_not_look_at(files):
    """Beside the report, the files that are no specifications are counted and named."""
    (files / "notes.yaml").write_text("a: 1\n")
    done = sendready("check", ".", cwd=files)
    assert b"1 other file in the folder skipped: notes.yaml\n" in done.stderr


def test_github_annotations_cannot_be_broken_out_of(files):
    """Each finding is one workflow command, whatever the document writes into a path."""
    (files / "bad.yaml").write_text(BAD.replace("/pets:", '"/pets\\n::error::gotcha":'))
    done = sendready("check", "bad.yaml", "--format", "github", cwd=files)
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=bad.yaml,line=5,col=5,title=operations-secured::")


def test_github_annotations_do_not_steer_a_terminal(files):
    """The log that they are in is shown in terminals, too: control characters and turned text are spelled out."""
    (files / "bad.yaml").write_text(BAD.replace("/pets:", '"/pets\\e]0;x\\a\\u202e":'))
    done = sendready("check", "bad.yaml", "--format", "github", cwd=files)
    text = done.stdout.decode()
    assert "\\x1b]0;x\\x07\\u202e" in text
    assert text.replace("\n", "").isprintable()


def test_json_that_is_no_yaml_is_checked_without_mends(files):
    """A report with mends reads the text as YAML; JSON which that is not has none, and is reported all the same."""
    flow = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.test/token"}}}
    document = {"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "x-long": {"k" * 2000: 1}, "paths": {}}
    text = json.dumps({**document, "components": {"securitySchemes": {"s": flow}}})
    (files / "bad.json").write_text(text)
    for more in (("--format", "sarif"), ("--fix", "--diff")):
        done = sendready("check", "bad.json", *more, cwd=files)
        assert b"mistake in sendready" not in done.stderr + done.stdout


def test_github_summary_is_appended(files, monkeypatch):
    """Where GitHub names a file for the job's summary, a table is added to it."""
    (files / "summary.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(files / "summary.md"))
    sendready("check", "bad.yaml", cwd=files)
    text = (files / "summary.md").read_text()
    counts = "1 file checked: 1 error, 0 warnings, 0 hints, 0 known before"
    assert text.startswith(f"before\n## sendready check\n\n{counts}.\n")
    assert "| bad.yaml:5 | error | operations-secured |" in text
    (files / "summary.md").unlink()
    sendready("check", "bad.yaml", "nowhere.yaml", cwd=files)
    text = (files / "summary.md").read_text()
    assert f"\n{counts}, 1 could not be checked.\n\nNot checked: nowhere.yaml" in text


def test_sarif_says_what_code_scanning_needs(files):
    """Every result names a described rule, a place and a fingerprint that stays when lines move."""
    runs = []
    for text in (BAD, "# moved\n" + BAD):
        (files / "bad.yaml").write_text(text)
        done = sendready("check", "bad.yaml", "--format", "sarif", cwd=files)
        runs.append(json.loads(done.stdout)["runs"][0])
    first, second = (run["results"][0] for run in runs)
    assert runs[0]["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "operations-secured"
    assert first["partialFingerprints"] == second["partialFingerprints"]
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 5
    assert second["locations"][0]["physicalLocation"]["region"]["startLine"] == 6


def test_sarif_is_valid_by_its_schema(tmp_path):
    """The log over samples and broken files is valid by the official schema of SARIF 2.1.0."""
    schema = REPOSITORY / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    if not schema.exists():
        pytest.skip(NODE)
    (tmp_path / "bad.yaml").write_text(BAD)
    (tmp_path / "broken.yaml").write_text("openapi: 3.0.3\npaths: [\n")
    done = sendready("check", "bad.yaml", "broken.yaml", REPOSITORY / "specs", "--format", "sarif", cwd=tmp_path)
    log = json.loads(done.stdout)
    assert len(log["runs"][0]["results"]) > 5
    read = json.loads(schema.read_text(encoding="utf-8"))
    assert list(jsonschema.validators.validator_for(read)(read).iter_errors(log)) == []


@pytest.mark.parametrize("report_format", ["text", "json", "sarif", "junit", "github"])
def test_nothing_to_read_is_no_report_that_all_is_well(files, report_format):
    """A name that is not there: exit 2, said on standard error, and standard output is empty."""
    done = sendready("check", "nowhere.yaml", "--format", report_format, cwd=files)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: nowhere.yaml: there is no such file or folder")


@pytest.mark.parametrize(
    ("arguments", "closing", "unread_file", "reason"),
    [
        (["good.yaml", "--server", "9"], "0 files checked: 1 could not be checked\n", "good.yaml", "server"),
        (["good.yaml", "absent*"], "1 file checked: 1 could not be checked\n", "absent*", "no file matches"),
    ],
    ids=["cannot be checked", "is not there"],
)
def test_a_file_that_could_not_be_checked_is_in_every_report(files, arguments, closing, unread_file, reason):
    """The closing line counts it, the other formats name it with the reason, the exit code is 2."""
    said = {}
    for report_format in ("text", "json", "sarif", "junit", "github"):
        done = sendready("check", *arguments, "--format", report_format, cwd=files)
        assert done.returncode == 2
        said[report_format] = done.stdout.decode()
    assert said["text"] == closing
    (unread,) = json.loads(said["json"])["unread"]
    assert unread["file"] == unread_file
    assert reason in unread["problem"]
    (invocation,) = json.loads(said["sarif"])["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert unread["problem"] in invocation["toolExecutionNotifications"][0]["message"]["text"]
    *_, suite = junitparser.JUnitXml.fromstring(said["junit"].encode())
    assert (suite.errors, suite.failures) == (1, 0)
    assert f"::error file={unread_file},title=unread::" in said["github"]


def test_a_report_without_findings_replaces_an_earlier_one(files):
    """A file that is asked for is written, also where there is nothing to say."""
    (files / "report.txt").write_text("stale")
    assert sendready("check", "good.yaml", "--format", "github", "-o", "report.txt", cwd=files).returncode == 0
    assert "stale" not in (files / "report.txt").read_text()
