"""The text is UTF-8."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="text-encoding",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="warning where half of a surrogate pair is replaced",
    conversion=Severity.ERROR,
    conversion_else="warning where half of a surrogate pair is replaced",
    what="The file is UTF-8, or has the byte order mark of another encoding.",
    why="YAML and JSON are written in UTF-8.",
    wrong="title: Überblick  # saved as Windows-1252",
    right="title: Überblick",
    source="RFC 8259, 8.1; YAML 1.2, 5.2",
)
