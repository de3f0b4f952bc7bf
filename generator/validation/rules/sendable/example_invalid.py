"""Examples fit their schemas."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="example-invalid",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    severity_else="info where it cannot be judged",
    conversion=Severity.WARNING,
    what="An example is valid by the schema that it stands at.",
    why="What is sent as the sample is refused by a server that validates, and readers copy it.",
    wrong="""\
schema: {type: integer}
example: ten
""",
    right="""\
schema: {type: integer}
example: 10
""",
    source="OpenAPI 3.0.4, 4.7.14 and 4.7.24",
)
