"""Bounds leave room for a value."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit

_PAIRS = (
    ("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"),
)  # fmt: skip


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for lower, upper in _PAIRS:
        low, high = visit.node.get(lower), visit.node.get(upper)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield Problem(
                message=f"`{lower}` ({low}) is above `{upper}` ({high}).", hint="Swap or correct them.", at=(upper,)
            )


RULE = Rule(
    name="bounds-possible",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    kinds=("schema", "parameter"),
    members=("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"),
    what="No lower bound is above its upper bound.",
    why="No value could be valid, so that nothing can be sent.",
    wrong="{type: string, minLength: 10, maxLength: 5}",
    right="{type: string, minLength: 5, maxLength: 10}",
    source="JSON Schema Validation, 6; OpenAPI 3.0.4, 4.7.24",
    check=_check,
)
