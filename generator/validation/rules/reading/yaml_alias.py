"""Aliases have anchors."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-alias",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="Each alias has an anchor before it, and all together do not grow without bound.",
    why="An alias without its anchor means nothing; aliases of aliases can exhaust a machine.",
    wrong="a: *missing",
    right="""\
a: &known {type: string}
b: *known
""",
    source="YAML 1.2, 7.1",
)
