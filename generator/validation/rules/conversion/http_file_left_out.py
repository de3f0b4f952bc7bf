"""Requests stand in the .http file."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="http-file-left-out",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what=(
        "With `snippets --format http` or `http-jetbrains`: a request can stand in the .http file with all that it has."
    ),
    why="Clients would read it as something else: a comment, a variable, another address.",
    wrong="paths: {/pets/../owners: {get: {}}}",
    right="paths: {/owners: {get: {}}}",
    source="the documentation of VS Code's REST Client and of JetBrains' HTTP Client; RFC 3986, 5.2.4",
)
