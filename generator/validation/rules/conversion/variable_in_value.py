"""Values hold no variables."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="variable-in-value",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="No value that is sent as it is, in a header, a form or a text, holds two opening braces in a row.",
    why="Postman would resolve it as a variable, so that a secret could leave for the document's host.",
    wrong="{name: X-Note, in: header, schema: {type: string}, example: '{{client_secret}}'}",
    right="{name: X-Note, in: header, schema: {type: string}, example: '(client_secret)'}",
    source="Postman's documentation, Variables",
)
