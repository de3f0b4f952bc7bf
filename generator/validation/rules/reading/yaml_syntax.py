"""The YAML can be read."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-syntax",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="The text is YAML.",
    why="Nothing after the place where the reader stopped can be understood.",
    wrong="paths: [",
    right="paths: {}",
    source="YAML 1.2, 5 to 9; OpenAPI 3.0.4, 4.2",
)
