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
paths:
  /token:
    post: {summary: Issue a token}
""",
    right="flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}",
    source="RFC 6749, 4.4",
)
