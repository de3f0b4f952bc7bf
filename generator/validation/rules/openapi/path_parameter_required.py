"""Path parameters say that they are required."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.node.get("in") == "path" and visit.node.get("required") is not True:
        yield Problem(
            message=f"The path parameter `{visit.node.get('name')}` does not say that it is required.",
            hint="Add `required: true`.",
        )


RULE = Rule(
    name="path-parameter-required",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("parameter",),
    what="A parameter with `in: path` has `required: true`.",
    why="A path without it would be another path; it is treated as required anyway.",
    wrong="{name: id, in: path, schema: {type: string}}",
    right="{name: id, in: path, required: true, schema: {type: string}}",
    source="OpenAPI 3.0.4, 4.7.12.1; 2.0, Parameter Object",
    check=_check,
)
