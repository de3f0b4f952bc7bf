"""Tokens are asked for by a form."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-operation-body",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="An operation that is the token endpoint takes a form.",
    why="A token is asked for with application/x-www-form-urlencoded; Get Access Token sends that all the same.",
    wrong="""\
/token:
  post:
    requestBody: {content: {application/json: {schema: {type: object}}}}
""",
    right="""\
/token:
  post:
    requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
""",
    source="RFC 6749, 4.4.2",
)
