"""Spaces indent."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-tab",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="No line is indented by a tab.",
    why="YAML is indented by spaces only.",
    wrong="""\
paths:
\t/pets: {}
""",
    right="""\
paths:
  /pets: {}
""",
    source="YAML 1.2, 6.1",
)
