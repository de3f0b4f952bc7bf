"""Addresses are in the document."""

from generator.findings import Severity
from generator.validation.rule import V3_X, Family, Rule

RULE = Rule(
    name="openid-connect",
    family=Family.CONVERSION,
    severity=Severity.INFO,
    versions=V3_X,
    what="No operation needs OpenID Connect whose addresses were not fetched.",
    why="An OpenID provider says of itself where its endpoints are; fetching that has to be allowed.",
    wrong="{type: openIdConnect, openIdConnectUrl: https://login.example.com/.well-known/openid-configuration}",
    right="""\
type: oauth2
flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}
""",
    source="OpenID Connect Discovery 1.0, 4; OpenAPI 3.0.4, 4.7.27",
)
