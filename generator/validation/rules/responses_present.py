"""Operations describe their responses.

What it checks: an operation of 2.0 or 3.0 has `responses` with at least one code.
Why: readers and tools learn from them what to expect (OpenAPI 3.0.4, 4.7.10 and 4.7.16).
Wrong: `get: {summary: …}`
Right: `get: {responses: {200: {description: OK}}}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    required = context.document.version.value in {"2.0", "3.0"}
    responses = visit.node.get("responses")
    if required and not (isinstance(responses, dict) and responses):
        yield Problem(message="The operation describes no response.", hint="Add `responses` with at least one code.")


RULE = Rule(
    name="responses-present",
    severity=Severity.WARNING,
    kinds=("operation",),
    why="An operation describes at least one response (OpenAPI 3.0.4, 4.7.10 and 4.7.16).",
    check=_check,
)
