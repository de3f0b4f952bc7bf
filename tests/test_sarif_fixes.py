"""The fixes in a SARIF log: valid by the schema, and each by itself mends its finding."""

import json

import jsonschema
import pytest

from tests.conftest import GOOD
from tests.skips import NODE, REPOSITORY
from tests.test_cli import sendready
from tests.test_fix import BARE, JSON, OLD, TOKEN_URL

FLOWLESS = GOOD.replace("clientCredentials: {", 'authorizationCode: {authorizationUrl: "https://login.acme.com/a", ')
LACKING = GOOD.replace(', "401": {description: No}', "").replace(", scopes: {}", "")


def log(folder, text, *options):
    """Return the SARIF log of a check of `text`, which is written byte for byte."""
    (folder / "a.yaml").write_bytes(text.encode())
    done = sendready("check", "a.yaml", "--format", "sarif", *options, cwd=folder)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout)


def applied(text, fix):
    """Return `text` with the replacements made as SARIF describes them: lines and characters from 1, no mark counts."""
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a.yaml"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    places = []
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        assert (region["startLine"], region["startColumn"]) == (region["endLine"], region["endColumn"])
        before = sum(len(line) + 1 for line in lines[: region["startLine"] - 1])
        assert region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
        places.append((before + region["startColumn"] - 1, replacement["insertedContent"]["text"]))
    plain = text.removeprefix(mark)
    for place, added in sorted(places, reverse=True):
        plain = plain[:place] + added + plain[place:]
    return mark + plain


@pytest.mark.parametrize(
    "text",
    [BARE, OLD, JSON, LACKING, FLOWLESS, LACKING.replace("\n", "\r\n"), "\ufeff" + LACKING, LACKING.rstrip("\n")],
    ids=["yaml", "2.0", "json", "lacking", "another flow", "crlf", "mark", "no end"],
)
def test_each_fix_mends_its_finding(text, tmp_path):
    """Applied alone, with the regions as they stand, it leaves one finding of its rule less, and no new error."""
    results = log(tmp_path, text, "--token-url", TOKEN_URL)["runs"][0]["results"]
    fixable = [result for result in results if "fixes" in result]
    assert fixable
    for result in fixable:
        (fix,) = result["fixes"]
        after = log(tmp_path, applied(text, fix), "--token-url", TOKEN_URL)["runs"][0]["results"]
        rules = [each["ruleId"] for each in after]
        assert rules.count(result["ruleId"]) == [r["ruleId"] for r in results].count(result["ruleId"]) - 1
        errors = [[r["level"] for r in each].count("error") for each in (results, after)]
        assert errors[1] <= errors[0]


def test_what_fix_would_not_mend_has_none(tmp_path):
    """A finding that needs a person has no fix; nor have those of other formats anything of it."""
    results = log(tmp_path, GOOD.replace("security: [{oauth: []}]\n", ""))["runs"][0]["results"]
    assert [(result["ruleId"], "fixes" in result) for result in results] == [("operations-secured", False)]


def test_a_log_with_fixes_is_valid(tmp_path):
    """The official schema accepts it."""
    schema = REPOSITORY / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    if not schema.exists():
        pytest.skip(NODE)
    made = log(tmp_path, LACKING)
    assert any("fixes" in result for result in made["runs"][0]["results"])
    jsonschema.Draft7Validator(json.loads(schema.read_text())).validate(made)
