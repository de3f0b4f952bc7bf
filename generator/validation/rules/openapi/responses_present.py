"""Operations describe their responses."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0_AND_3_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    responses = visit.node.get("responses")
    if not (isinstance(responses, dict) and any(not code.startswith("x-") for code in responses)):
        yield Problem(message="The operation describes no response.", hint="Add `responses` with at least one code.")


RULE = Rule(
    name="responses-present",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    versions=V2_0_AND_3_0,
    kinds=("operation",),
    what="An operation of 2.0 or 3.0 has `responses` with at least one code.",
    why="Readers and tools learn from them what to expect.",
    wrong="get: {summary: List pets}",
    right="""\
get:
  responses:
    "200": {description: The pets.}
""",
    source="OpenAPI 3.0.4, 4.7.10 and 4.7.16; 2.0, Operation Object",
    check=_check,
)
