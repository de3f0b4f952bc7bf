"""The gate: a sample passes as it is, and fails at the right line when a part of its auth flow is taken away."""

import re

import pytest

from generator.checking import CheckOptions, check
from generator.document import Source, locate, parse
from generator.findings import Severity
from tests.conftest import REPOSITORY

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
