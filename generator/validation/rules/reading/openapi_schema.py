"""The official schema accepts the document."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="openapi-schema",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    severity_else="warning where a text only lacks its quotes",
    conversion=Severity.WARNING,
    what=(
        "The document is valid by the official JSON Schema of its version; in 3.1 and 3.2 its schemas by JSON"
        " Schema 2020-12."
    ),
    why="It is against the specification; it is converted as far as it can be understood.",
    wrong="get: {deprecated: 'yes'}",
    right="get: {deprecated: true}",
    source="the official JSON Schemas of OpenAPI",
)
