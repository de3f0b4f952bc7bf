"""Tokens come without another device."""

from generator.findings import Severity
from generator.validation.rule import V3_2, Family, Rule

RULE = Rule(
    name="device-flow",
    family=Family.CONVERSION,
    severity=Severity.INFO,
    versions=V3_2,
    what="A scheme that an operation uses has another flow than the device flow.",
    why="A person confirms it on another device; Postman has no dialog for it, so that a token has to be pasted.",
    wrong="""\
flows:
  deviceAuthorization:
    deviceAuthorizationUrl: https://login.example.com/device
    tokenUrl: https://login.example.com/token
    scopes: {}
""",
    right="""\
flows:
  clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}
""",
    source="RFC 8628; OpenAPI 3.2, 4.28",
)
