"""Request bodies where a method has none.

What it checks: GET, HEAD and DELETE of 2.0 and 3.0 have no `requestBody`.
Why: such a body has no defined meaning (RFC 9110, 9.3) and is ignored in 3.0 (4.7.10); it is sent all the same.
Wrong: `get: {requestBody: …}`
Right: query parameters, or `post`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    has_none = context.document.version.value == "3.0" and visit.name in {"get", "head", "delete"}
    if has_none and "requestBody" in visit.node:
        yield Problem(
            message=f"A {visit.name.upper()} has a request body; it is sent, but servers may ignore it.",
            hint="Use query parameters, or another method.",
            pointer="requestBody",
        )


RULE = Rule(
    name="body-ignored",
    severity=Severity.WARNING,
    kinds=("operation",),
    why="A body of GET, HEAD or DELETE has no defined meaning (RFC 9110, 9.3; OpenAPI 3.0.4, 4.7.10).",
    check=_check,
)
