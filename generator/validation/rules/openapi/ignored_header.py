"""Header parameters that are ignored."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import IGNORED_HEADERS


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    name = str(visit.node.get("name"))
    if visit.node.get("in") == "header" and name.lower() in IGNORED_HEADERS:
        yield Problem(
            message=f"The header parameter `{name}` is ignored.",
            hint="Describe it by a security scheme." if name.lower() == "authorization" else "Use media types instead.",
        )


RULE = Rule(
    name="ignored-header",
    family=Family.OPENAPI,
    severity=Severity.INFO,
    conversion=Severity.INFO,
    versions=V3_X,
    kinds=("parameter",),
    what="No header parameter is called Accept, Content-Type or Authorization.",
    why="They are ignored as parameters, since they follow from media types and security.",
    wrong="{name: Authorization, in: header, schema: {type: string}}",
    right="""\
securitySchemes:
  token: {type: http, scheme: bearer}
""",
    source="OpenAPI 3.0.4, 4.7.12.1",
    check=_check,
)
