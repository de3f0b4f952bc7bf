"""The file is a specification."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="openapi-document",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="The top level is an object.",
    why='A document begins with `openapi: 3.…` or `swagger: "2.0"`.',
    wrong="- a list",
    right="openapi: 3.0.3",
    source="OpenAPI 3.0.4, 4.7.1",
)
