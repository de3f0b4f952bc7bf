"""Tokens can be got without a person."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-endpoint-missing",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    conversion_else="info for a bearer scheme",
    what=(
        "Each oauth2 or bearer scheme that an operation names has a client credentials flow, or the settings "
        "say `token-url`, or just one operation takes a client's credentials by a form and answers with an "
        "`access_token`. Where an operation offers alternatives, one that a program can meet will do. A conversion "
        "warns where such a flow has no address; of a bearer scheme it says so as info."
    ),
    why="A program gets its token by the client credentials grant; without a token endpoint it cannot call the API.",
    wrong="""\
security: [{token: []}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
""",
    right="""\
security: [{token: []}]
components:
  securitySchemes:
    token:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}
""",
    source="RFC 6749, 4.4; OpenAPI 3.0.4, 4.7.28",
)
