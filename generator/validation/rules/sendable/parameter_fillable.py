"""Required parameters can be filled."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="parameter-fillable",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    what="For each required parameter there is a value that its schema accepts.",
    why="Without one no request can be sent that the server accepts.",
    wrong="""\
{name: id, in: query, required: true, schema: {type: string, enum: [a, b], pattern: '^[0-9]+$'}}
""",
    right="""\
{name: id, in: query, required: true, schema: {type: string, enum: ['1', '2'], pattern: '^[0-9]+$'}}
""",
    source="OpenAPI 3.0.4, 4.7.12; JSON Schema Validation, 6",
)
