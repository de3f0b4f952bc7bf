"""Keys are text."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="yaml-key",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="No key is a list, an object or an alias.",
    why="A specification is YAML that could as well be written as JSON.",
    wrong="[name, title]: value",
    right="name: value",
    source="OpenAPI 3.0.4, 4.2",
)
