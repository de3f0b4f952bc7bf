"""Members are read-only or write-only."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.node["writeOnly"] is True and visit.node.get("readOnly") is True:
        yield Problem(message="The schema is both `readOnly` and `writeOnly`.", hint="Keep one.", at=("writeOnly",))


RULE = Rule(
    name="read-write-only",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V3_X,
    kinds=("schema",),
    members=("writeOnly",),
    what="No schema is `readOnly` and `writeOnly` at once.",
    why="Such a member could never travel.",
    wrong="{type: string, readOnly: true, writeOnly: true}",
    right="{type: string, readOnly: true}",
    source="OpenAPI 3.0.4, 4.7.24",
    check=_check,
)
