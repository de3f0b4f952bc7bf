"""Parts go without headers."""

from generator.findings import Severity
from generator.validation.rule import V3_X, Family, Rule

RULE = Rule(
    name="part-header",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    versions=V3_X,
    what="The parts of a multipart body that is sent need no headers of their own.",
    why="A part of a form has a name, a file name and a media type in Postman, and no other headers.",
    wrong="encoding: {photo: {headers: {X-Rate: {schema: {type: integer}}}}}",
    right="encoding: {photo: {contentType: image/png}}",
    source="OpenAPI 3.0.4, 4.7.15; RFC 7578, 4.8",
)
