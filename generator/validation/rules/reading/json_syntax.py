"""The JSON can be read."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="json-syntax",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="warning where it can be read as YAML all the same",
    conversion=Severity.ERROR,
    conversion_else="warning where it can be read as YAML all the same",
    what="The text is JSON where it begins as JSON; YAML will do where the file's name does not end in `.json`.",
    why="Nothing after the place where the reader stopped can be understood.",
    wrong='{"openapi": "3.0.3"',
    right='{"openapi": "3.0.3"}',
    source="RFC 8259",
)
