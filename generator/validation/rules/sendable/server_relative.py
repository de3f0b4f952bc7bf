"""Servers name a host."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="server-relative",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    what=(
        "Each server at the top of the document is an absolute address of http or https, with the defaults of its "
        "variables in their places; or `server` in the settings, or `--server`, gives one."
    ),
    why="A relative server address is relative to where the document is served, which a file does not tell.",
    wrong="servers: [{url: /v1}]",
    right="servers: [{url: https://api.example.com/v1}]",
    source="OpenAPI 3.0.4, 4.7.5",
)
