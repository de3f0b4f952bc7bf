"""The nesting has an end."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="too-deep",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    what="No more than 250 levels are nested.",
    why="No API is described that deeply; reading on could exhaust the machine.",
    wrong="[[[[[[1]]]]]]  # and so on, 300 deep",
    right="[[1]]",
    source="OpenAPI 3.0.4, 4.2",
)
