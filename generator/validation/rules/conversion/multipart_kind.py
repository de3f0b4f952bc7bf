"""Multipart bodies are forms."""

from generator.findings import Severity
from generator.validation.rule import V3_X, Family, Rule

RULE = Rule(
    name="multipart-kind",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    versions=V3_X,
    what="A multipart body that is sent is multipart/form-data.",
    why="Postman and curl put together no other kind of multipart body.",
    wrong="""\
content:
  multipart/mixed: {schema: {type: object, properties: {note: {type: string}}}}
""",
    right="""\
content:
  multipart/form-data: {schema: {type: object, properties: {note: {type: string}}}}
""",
    source="RFC 7578; RFC 2046, 5.1",
)
