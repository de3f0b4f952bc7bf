"""Parts have names."""

from generator.findings import Severity
from generator.validation.rule import V3_2, Family, Rule

RULE = Rule(
    name="multipart-positions",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    versions=V3_2,
    what="The parts of a multipart body are described by name, not by `prefixEncoding` or `itemEncoding`.",
    why="Each part of a form has a name; descriptions by place are for other kinds of multipart.",
    wrong="""\
content:
  multipart/form-data:
    schema: {type: array, prefixItems: [{type: string}]}
    prefixEncoding: [{contentType: text/plain}]
""",
    right="""\
content:
  multipart/form-data:
    schema: {type: object, properties: {note: {type: string}}}
    encoding: {note: {contentType: text/plain}}
""",
    source="RFC 7578, 4.2; OpenAPI 3.2, 4.14.3.3",
)
