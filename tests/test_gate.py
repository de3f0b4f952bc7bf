"""The gate: a sample fails at the right line when a part of its auth flow is taken away; what a baseline may be."""

import re
from pathlib import Path

import pytest

from generator.checking import CheckOptions, check
from generator.document import Source, locate, parse
from generator.findings import Severity, UsageError
from generator.gate import read_baseline
from generator.source import select
from tests.conftest import REPOSITORY
from tests.skips import on_posix

PARCELS, METERS = "parcel-tracking.yaml", "meter-readings.yaml"

TAKEN = {
    "requirement": (PARCELS, r"security:\n  - oauth2: \[parcels\.read\]\n", "", "operations-secured", "    get:"),
    "scheme": (
        PARCELS,
        r"  securitySchemes:\n(    .*\n)+?(?=  parameters:)",
        "",
        "security-requirement",
        "  - oauth2:",
    ),
    "flow": (
        PARCELS,
        r"      flows:\n(        .*\n)+?(?=  parameters:)",
        "      flows: {}\n",
        "token-endpoint-missing",
        "    oauth2:",
    ),
    "tokenUrl": (PARCELS, r" +tokenUrl: .*\n", "", "flow-addresses", "        clientCredentials:"),
    "requirement of 2.0": (METERS, r"security:\n  - OAuth2: \[\]\n", "", "operations-secured", "    get:"),
    "scheme of 2.0": (
        METERS,
        r"securityDefinitions:\n(  .*\n)+?(?=security:)",
        "",
        "security-requirement",
        "  - OAuth2:",
    ),
    "flow of 2.0": (METERS, r"    flow: application\n", "", "flow-grant", "  OAuth2:"),
    "tokenUrl of 2.0": (METERS, r" +tokenUrl: .*\n", "", "flow-addresses", "  OAuth2:"),
}


def errors(text: str) -> list[tuple[str, int]]:
    """Return the errors of a check as (rule, line)."""
    loaded = parse({"a.yaml": Source(uri="a.yaml", content=text.encode())}, "a.yaml")
    assert loaded.value is not None
    found = [f for f in check(loaded.value, CheckOptions(), loaded.findings) if f.severity is Severity.ERROR]
    places = locate(loaded.value.resources["a.yaml"], {finding.place.pointer for finding in found})
    return [(finding.rule, places[finding.place.pointer].line) for finding in found]


@pytest.mark.parametrize("name", [PARCELS, METERS])
def test_the_untouched_sample_passes(name):
    """A sample whose auth flow is whole has no error."""
    assert errors((REPOSITORY / "specs" / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("taken", TAKEN)
def test_what_is_taken_away_is_missed_at_its_line(taken):
    """Without its flow, scheme, requirement or token address a sample fails, at a line that says where to mend it."""
    name, pattern, instead, rule, begins = TAKEN[taken]
    text, count = re.subn(pattern, instead, (REPOSITORY / "specs" / name).read_text(encoding="utf-8"))
    assert count == 1
    lines = text.splitlines()
    found = errors(text)
    assert any(each == rule and lines[line - 1].startswith(begins) for each, line in found), found


FINDINGS = '{"version": 1, "findings": %s}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "this is no baseline"),
        ("[" * 100_000, "this is no baseline"),
        (b"\xff\xfe{}", "this is no baseline"),
        (FINDINGS % "{}", "this is no baseline: Expected `array`, got `object`"),
        (FINDINGS % '["a"]', "this is no baseline: Expected `object`, got `str`"),
        (FINDINGS % '[{"fingerprint": ["a"], "count": 1}]', "this is no baseline: Expected `str`, got `array`"),
        (FINDINGS % '[{"fingerprint": "a", "count": 1e400}]', "this is no baseline: Number out of range"),
        (FINDINGS % '[{"fingerprint": "a", "count": -1}]', "this is no baseline: Expected `int` >= 1"),
        (FINDINGS % f'[{{"fingerprint": "a", "count": {"9" * 5000}}}]', "this is no baseline: Integer value out of"),
        ('{"version": 2, "findings": {}}', "of another version"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path, content, said):
    """A file that is none, or broken, is a usage error that says what is wrong with it."""
    path = tmp_path / "known.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as raised:
        read_baseline(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert said in str(raised.value)


def test_a_baseline_may_have_a_byte_order_mark_and_a_finding_twice(tmp_path):
    """Editors write the one, merging two branches the other."""
    entry = '{"fingerprint": "a", "count": 2}'
    path = tmp_path / "known.json"
    path.write_bytes(b"\xef\xbb\xbf" + (FINDINGS % f"[{entry}, {entry}]").encode())
    known = read_baseline(path)
    assert known is not None
    assert known.counts == {"a": 4}


@on_posix
def test_what_has_no_end_is_not_read_to_it(tmp_path):
    """A device in the place of a file of people's, or of a specification, is told, and memory stays free."""
    with pytest.raises(UsageError, match="larger than 200 MB"):
        read_baseline(Path("/dev/zero"))
    [problem] = select(["/dev/zero"]).problems.values()
    assert "larger than 200 MB" in str(problem)
