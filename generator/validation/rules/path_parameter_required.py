"""Path parameters say that they are required.

What it checks: a parameter `in: path` has `required: true`.
Why: a path without it is another path (OpenAPI 3.0.4, 4.7.12.1); it is treated as required anyway.
Wrong: `{name: id, in: path}`
Right: `{name: id, in: path, required: true}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    if visit.node.get("in") == "path" and visit.node.get("required") is not True:
        yield Problem(
            message=f"The path parameter `{visit.node.get('name')}` does not say that it is required.",
            hint="Add `required: true`.",
        )


RULE = Rule(
    name="path-parameter-required",
    severity=Severity.WARNING,
    kinds=("parameter",),
    why="A path parameter must have `required: true` (OpenAPI 3.0.4, 4.7.12.1); it is taken so anyway.",
    check=_check,
)
