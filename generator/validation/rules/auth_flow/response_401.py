"""Secured operations describe 401."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import api_operation, required_schemes
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    responses = visit.node.get("responses")
    if api_operation(visit) is None or not isinstance(responses, dict) or not required_schemes(visit, context):
        return
    if not {"401", "4XX", "default"} & responses.keys():
        yield Problem(
            message="The operation needs credentials, but describes no response 401.",
            hint="Add a response `401`.",
            at=("responses",),
        )


RULE = Rule(
    name="response-401",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    kinds=("operation",),
    what="An operation that needs credentials describes a response 401, `4XX` or `default`.",
    why="A client has to know what it gets when its token is missing or expired.",
    wrong="""\
security: [{oauth: []}]
responses: {"200": {description: The pets.}}
""",
    right="""\
security: [{oauth: []}]
responses: {"200": {description: The pets.}, "401": {description: The token is missing or expired.}}
""",
    source="RFC 6750, 3; RFC 9110, 15.5.2",
    check=_check,
)
