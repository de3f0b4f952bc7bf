"""One document a file."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-documents",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="A file holds one YAML document.",
    why="A second one would be lost.",
    wrong="""\
openapi: 3.0.3
---
openapi: 3.0.3
""",
    right="openapi: 3.0.3",
    source="OpenAPI 3.0.4, 4.3",
)
