"""Request bodies where a method has none."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.name in {"get", "head", "delete"}:
        yield Problem(
            message=f"A {visit.name.upper()} has a request body; it is sent, but servers may ignore it.",
            hint="Use query parameters, or another method.",
            at=("requestBody",),
        )


RULE = Rule(
    name="body-ignored",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    versions=V3_0,
    kinds=("operation",),
    members=("requestBody",),
    what="GET, HEAD and DELETE of 3.0 have no `requestBody`.",
    why="Such a body has no defined meaning and is to be ignored; it is sent all the same.",
    wrong="""\
get:
  requestBody: {content: {application/json: {}}}
""",
    right="""\
post:
  requestBody: {content: {application/json: {}}}
""",
    source="RFC 9110, 9.3; OpenAPI 3.0.4, 4.7.10",
    check=_check,
)
