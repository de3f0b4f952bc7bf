"""Nullable has an effect."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if context.document.version.value != "3.0":
        yield Problem(
            message="`nullable` is a word of 3.0; it has no effect here.",
            hint='Write `type: [string, "null"]`, whatever the type is.',
            at=("nullable",),
        )
    elif visit.node["nullable"] is True and "type" not in visit.node:
        yield Problem(
            message="`nullable` has no effect without a `type` beside it.", hint="Add the `type`.", at=("nullable",)
        )


RULE = Rule(
    name="nullable-effective",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("schema",),
    members=("nullable",),
    what="In 3.0 `nullable` stands beside a `type`; since 3.1 it does not stand at all.",
    why=(
        'It takes effect only where `type` is in the same schema object, and 3.1 has `type: [string, "null"]` instead.'
    ),
    wrong="{nullable: true, properties: {name: {type: string}}}",
    right="{type: object, nullable: true, properties: {name: {type: string}}}",
    source="OpenAPI 3.0.4, 4.7.24; OpenAPI 3.1.1, 4.8.24",
    check=_check,
)
