"""Tokens are sent."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-unused",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="Where a token can be had, at least one operation carries it.",
    why="A scheme is used where `security` names it, at an operation or for the whole document.",
    wrong="""\
paths: {/pets: {get: {}}}  # no security anywhere
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}
""",
    right="""\
paths: {/pets: {get: {security: [{oauth: []}]}}}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}
""",
    source="OpenAPI 3.0.4, 4.7.30",
)
