"""Enumerated values have the type of their schema."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.schema_types import allows, type_words
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    values = visit.node["enum"]
    for index, value in enumerate(values if isinstance(values, list) else []):
        # `null` in the enum of a nullable schema is how 3.0 says it; without `nullable` it is a slip without effect.
        if value is not None and not allows(visit.node, value):
            yield Problem(
                message=f"The value {str(value)[:60]!r} is not of the type {type_words(visit.node)}.",
                hint="Write it in its type: quotes make text, and only text.",
                at=("enum", index),
            )


RULE = Rule(
    name="enum-type",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    kinds=("schema", "parameter"),
    members=("enum",),
    what="Each value of an `enum` is of the type that stands beside it.",
    why="A value of another type can never be valid.",
    wrong="{type: string, enum: [1, 2]}",
    right="{type: string, enum: ['1', '2']}",
    source="OpenAPI 3.0.4, 4.7.24; JSON Schema Validation, 6.1.2",
    check=_check,
)
