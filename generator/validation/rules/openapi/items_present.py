"""Arrays say what they hold."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0_AND_3_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.node.get("type") == "array" and "items" not in visit.node:
        yield Problem(message="The array does not say what it holds.", hint="Add `items`.", at=("type",))


RULE = Rule(
    name="items-present",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V2_0_AND_3_0,
    kinds=("schema", "parameter", "header"),
    members=("type",),
    what="`type: array` has `items` in 2.0 and 3.0.",
    why="`items` must be there; without it nothing is known of the elements.",
    wrong="{type: array}",
    right="{type: array, items: {type: string}}",
    source="OpenAPI 3.0.4, 4.7.24; 2.0, Parameter Object",
    check=_check,
)
