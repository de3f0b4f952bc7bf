"""Operations are secured or public on purpose."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import api_operation, is_bearer, is_public_on_purpose, requirements
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    called = api_operation(visit)
    if called is None or not context.schemes or context.policy.public_api:
        return
    method, path = called
    if requirements(visit, context) is None and not is_public_on_purpose(method, path, context.policy):
        tokens = any(
            isinstance(scheme, dict) and (is_bearer(scheme) or scheme.get("type") in ("oauth2", "openIdConnect"))
            for scheme in context.schemes.values()
        )
        yield Problem(
            message=f"{method} {path} is neither secured nor public on purpose.",
            hint="Name its scheme under `security`, or write `security: []` if everybody may call it.",
            severity=None if tokens else Severity.WARNING,
        )


RULE = Rule(
    name="operations-secured",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    severity_else="warning where no scheme gives tokens",
    kinds=("operation",),
    what=(
        "Each operation has `security`, or the document has; public ones say `security: []` or are listed in "
        "the settings."
    ),
    why="An operation that says nothing is sent without a token, and fails; or it is open by mistake.",
    wrong="get: {summary: List pets}",
    right="""\
get:
  security: [{oauth: [pets.read]}]
""",
    source="OpenAPI 3.0.4, 4.7.10 and 4.7.30; 2.0, Operation Object",
    check=_check,
)
