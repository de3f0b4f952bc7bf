"""Members beside a reference.

What it checks: in 2.0 and 3.0 nothing that counts stands beside a `$ref`.
Why: it is ignored (OpenAPI 3.0.4, 4.7.23), whatever its author meant.
Wrong: `{$ref: '#/components/schemas/Pet', nullable: true}`
Right: `{allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit

_HARMLESS = frozenset({"$ref", "description", "summary"})


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if context.document.version.value not in {"2.0", "3.0"} or not isinstance(visit.node.get("$ref"), str):
        return
    ignored = [name for name in visit.node if name not in _HARMLESS and not name.startswith("x-")]
    if ignored and visit.kind != "path_item":
        yield Problem(
            message=f"Beside the `$ref`, {', '.join(f'`{name}`' for name in ignored)} is ignored.",
            hint="Put the reference into `allOf`, or move the members to what it names.",
        )


RULE = Rule(
    name="reference-siblings",
    severity=Severity.WARNING,
    kinds=("*",),
    why="What stands beside a reference is ignored (OpenAPI 3.0.4, 4.7.23).",
    check=_check,
)
