"""Members beside a reference."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0_AND_3_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_HARMLESS = frozenset({"$ref", "description", "summary"})


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if not isinstance(visit.node.get("$ref"), str) or visit.kind == "path_item":
        return
    ignored = [name for name in visit.node if name not in _HARMLESS and not name.startswith("x-")]
    if ignored:
        yield Problem(
            message=f"Beside the `$ref`, {', '.join(f'`{name}`' for name in ignored)} is ignored.",
            hint="Put the reference into `allOf`, or move the members to what it names.",
        )


RULE = Rule(
    name="reference-siblings",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    versions=V2_0_AND_3_0,
    kinds=("*",),
    members=("$ref",),
    what="In 2.0 and 3.0 nothing that counts stands beside a `$ref`.",
    why="It is ignored, whatever its author meant.",
    wrong="{$ref: '#/components/schemas/Pet', nullable: true}",
    right="{allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}",
    source="OpenAPI 3.0.4, 4.7.23",
    check=_check,
)
