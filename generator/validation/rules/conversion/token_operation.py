"""Tokens come from a flow."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-operation",
    family=Family.CONVERSION,
    severity=Severity.INFO,
    what="The token endpoint is no operation of the document.",
    why=(
        "Get Access Token stands for such an operation: the same request twice would leave open which of them gets"
        " the token."
    ),
    wrong="""\
servers: [{url: https://api.example.com}]
paths:
  /token:
    post: {summary: Issue a token}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/token, scopes: {}}}}
""",
    right="""\
servers: [{url: https://api.example.com}]
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/token, scopes: {}}}}
""",
    source="RFC 6749, 4.4",
)
