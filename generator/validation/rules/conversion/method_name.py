"""Methods have names that can be sent."""

from generator.findings import Severity
from generator.validation.rule import V3_2, Family, Rule

RULE = Rule(
    name="method-name",
    family=Family.CONVERSION,
    severity=Severity.ERROR,
    versions=V3_2,
    what="The method of an operation is a token: ASCII without spaces, brackets and the like.",
    why="No client can send another one; the operation is left out.",
    wrong="additionalOperations: {COPY ALL: {responses: {'200': {description: Copied.}}}}",
    right="additionalOperations: {COPY: {responses: {'200': {description: Copied.}}}}",
    source="RFC 9110, 9.1; OpenAPI 3.2, 4.9",
)
