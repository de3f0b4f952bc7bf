"""A token address that a run was given is used."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-url-given",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    what="The address that `--token-url` or the setting `token-url` gives is used: a client's token is wanted, and the "
    "document names no other address.",
    why="Tokens come from where the document says; the address that is given is for clients' tokens of which it does "
    "not say it.",
    wrong="""\
flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}
# with --token-url https://other.example.com/token
""",
    right="""\
flows: {clientCredentials: {tokenUrl: https://other.example.com/token, scopes: {}}}
# with --token-url https://other.example.com/token
""",
    source="OpenAPI 3.0.4, 4.7.29",
)
