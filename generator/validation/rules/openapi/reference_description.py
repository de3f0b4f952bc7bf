"""Words beside a reference."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0_AND_3_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    words = [name for name in ("summary", "description") if name in visit.node]
    if words and visit.kind != "path_item":
        yield Problem(
            message=f"Beside the `$ref`, {' and '.join(f'`{name}`' for name in words)} is ignored.",
            hint="Put the reference into `allOf`, or write it in 3.1, where these words count.",
            at=(words[0],),
        )


RULE = Rule(
    name="reference-description",
    family=Family.OPENAPI,
    severity=Severity.INFO,
    versions=V2_0_AND_3_0,
    kinds=("*",),
    members=("$ref",),
    what="In 2.0 and 3.0 no `summary` or `description` stands beside a `$ref`.",
    why="It is ignored; many tools show it all the same, and others do not.",
    wrong="{$ref: '#/components/schemas/Pet', description: The pet.}",
    right="{allOf: [{$ref: '#/components/schemas/Pet'}], description: The pet.}",
    source="OpenAPI 3.0.4, 4.7.23",
    check=_check,
)
