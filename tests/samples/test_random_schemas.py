"""Random schemas get valid values, or are rightly said to have none."""

import json
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from generator.pipeline import Options, convert
from tests.conftest import REPOSITORY, document_at
from tests.samples.judge import Verdict, judge
from tests.samples.schemas import SCHEMAS


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMAS)
def test_no_schema_gets_an_invalid_value_in_silence(node):
    """Another validator finds the value of any schema valid, or a finding says that it is not."""
    assert judge(node) is not Verdict.SILENT


def test_the_ten_members_are_those_of_the_documentation():
    """The table in the documentation shows what is made today."""
    document = document_at(Path(__file__).with_name("ten-members.yaml"))
    collection = json.loads(convert(document, Options()).value.files[".postman_collection.json"])
    body = json.loads(collection["item"][0]["request"]["body"]["raw"])
    rows = (REPOSITORY / "docs/samples.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `([\w.]+)` \|.*?\| `([^`]*)` \| `", rows, flags=re.MULTILINE))
    body["payment.kind"] = body.pop("payment")["kind"]
    assert shown == {name: str(value) for name, value in body.items()}
