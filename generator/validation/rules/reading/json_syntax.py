"""The JSON can be read."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="json-syntax",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="The text is JSON where it begins as JSON.",
    why="Nothing after the place where the reader stopped can be understood.",
    wrong='{"openapi": "3.0.3"',
    right='{"openapi": "3.0.3"}',
    source="RFC 8259",
)
