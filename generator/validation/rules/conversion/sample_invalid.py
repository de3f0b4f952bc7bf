"""Values can be made."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="sample-invalid",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="For each schema that is sent a value is found which it accepts.",
    why="A server that validates may refuse the request.",
    wrong="{type: integer, minimum: 5, maximum: 3}",
    right="{type: integer, minimum: 3, maximum: 5}",
    source="JSON Schema Validation, 6; OpenAPI 3.0.4, 4.7.24",
)
