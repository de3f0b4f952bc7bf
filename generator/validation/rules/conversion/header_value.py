"""Headers have values that can be sent."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="header-value",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="What is sent in a header is visible ASCII and spaces.",
    why="Nothing else passes through every client and server.",
    wrong="{name: X-City, in: header, schema: {type: string}, example: Zürich}",
    right="{name: X-City, in: header, schema: {type: string}, example: Zurich}",
    source="RFC 9110, 5.5",
)
