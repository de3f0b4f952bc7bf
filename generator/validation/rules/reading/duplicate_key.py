"""Keys come once."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="duplicate-key",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    what="No object has a key twice.",
    why="What the first one says is lost.",
    wrong="""\
type: string
type: integer
""",
    right="type: string",
    source="OpenAPI 3.0.4, 4.2; YAML 1.2, 3.2.1.3",
)
