"""Random schemas get valid values, or are rightly said to have none."""

from hypothesis import HealthCheck, given, settings

from tests.samples.judge import Verdict, judge
from tests.samples.schemas import SCHEMAS


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMAS)
def test_no_schema_gets_an_invalid_value_in_silence(node):
    """Another validator finds the value of any schema valid, or a finding says that it is not."""
    assert judge(node) is not Verdict.SILENT
