"""Merges merge mappings."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-merge",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="What `<<` merges is a mapping.",
    why="Nothing else has members to merge.",
    wrong="other: {<<: text}",
    right="""\
base: &base {type: string}
other: {<<: *base}
""",
    source="YAML merge key",
)
