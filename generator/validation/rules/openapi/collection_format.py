"""Repeated parameters of 2.0 are in queries and forms."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.node.get("collectionFormat") == "multi" and visit.node.get("in") not in ("query", "formData"):
        yield Problem(
            message=f"`multi` is for queries and forms, not for a parameter in `{visit.node.get('in')}`.",
            hint="Use `csv`, or move the parameter.",
            at=("collectionFormat",),
        )


RULE = Rule(
    name="collection-format",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V2_0,
    kinds=("parameter",),
    members=("collectionFormat",),
    what="`collectionFormat: multi` stands only at parameters `in: query` or `in: formData`.",
    why="Elsewhere a name cannot be repeated.",
    wrong="{name: ids, in: header, type: array, items: {type: string}, collectionFormat: multi}",
    right="{name: ids, in: query, type: array, items: {type: string}, collectionFormat: multi}",
    source="2.0, Parameter Object",
    check=_check,
)
