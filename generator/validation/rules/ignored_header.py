"""Header parameters that are ignored.

What it checks: no header parameter is called Accept, Content-Type or Authorization.
Why: such parameters are ignored (OpenAPI 3.0.4, 4.7.12.1): media types and security schemes say it better.
Wrong: `{name: Authorization, in: header}`
Right: a security scheme
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    name = str(visit.node.get("name"))
    if visit.node.get("in") == "header" and name.lower() in {"accept", "content-type", "authorization"}:
        yield Problem(
            message=f"The header parameter `{name}` is ignored.",
            hint="Describe it by a security scheme." if name.lower() == "authorization" else "Use media types instead.",
        )


RULE = Rule(
    name="ignored-header",
    severity=Severity.INFO,
    kinds=("parameter",),
    why="Accept, Content-Type and Authorization follow from media types and security (OpenAPI 3.0.4, 4.7.12.1).",
    check=_check,
)
