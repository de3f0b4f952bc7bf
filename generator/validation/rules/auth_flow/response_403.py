"""Operations with scopes describe 403."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import api_operation, requirements
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    responses = visit.node.get("responses")
    if api_operation(visit) is None or not isinstance(responses, dict):
        return
    asks = any(any(item.values()) for item in requirements(visit, context) or [] if isinstance(item, dict))
    if asks and not {"403", "4XX", "default"} & responses.keys():
        yield Problem(
            message="The operation asks for scopes, but describes no response 403.",
            hint="Add a response `403`.",
            at=("responses",),
        )


RULE = Rule(
    name="response-403",
    family=Family.AUTH_FLOW,
    severity=Severity.INFO,
    kinds=("operation",),
    what="An operation that asks for scopes describes a response 403, `4XX` or `default`.",
    why="A token without the scope is answered so.",
    wrong="""\
security: [{oauth: [pets.write]}]
responses: {"200": {description: Done.}}
""",
    right="""\
security: [{oauth: [pets.write]}]
responses: {"200": {description: Done.}, "403": {description: The scope is missing.}}
""",
    source="RFC 6750, 3.1",
    check=_check,
)
