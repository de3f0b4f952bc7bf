"""Values are not too large."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="sample-cut",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="No schema asks for a value of more than 2,000 values or 256 KiB.",
    why="A sample is cut there; a server that validates may refuse the shorter one.",
    wrong="{type: array, minItems: 100000, items: {type: integer}}",
    right="{type: array, minItems: 100, items: {type: integer}}",
    source="sendready's bounds; JSON Schema Validation, 6.4.2",
)
