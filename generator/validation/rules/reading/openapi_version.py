"""The version is known."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="openapi-version",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="info where it only lacks its quotes",
    conversion=Severity.ERROR,
    conversion_else="info where it only lacks its quotes",
    what='`openapi` is 3.0, 3.1 or 3.2 in text, or `swagger` is "2.0".',
    why="How a document is read depends on its version.",
    wrong="openapi: 4.0.0",
    right="openapi: 3.0.3",
    source="OpenAPI 3.0.4, 4.7.1",
)
