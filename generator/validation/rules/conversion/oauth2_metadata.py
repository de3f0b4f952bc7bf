"""Addresses are in the document."""

from generator.findings import Severity
from generator.validation.rule import V3_2, Family, Rule

RULE = Rule(
    name="oauth2-metadata",
    family=Family.CONVERSION,
    severity=Severity.INFO,
    versions=V3_2,
    what="A scheme that an operation uses has its addresses in the document, or its metadata was fetched.",
    why="Metadata of an authorization server is fetched from it, which has to be allowed.",
    wrong="""\
type: oauth2
oauth2MetadataUrl: https://login.example.com/.well-known/oauth-authorization-server
flows: {authorizationCode: {scopes: {}}}
""",
    right="""\
type: oauth2
flows: {clientCredentials: {tokenUrl: https://login.example.com/token, scopes: {}}}
""",
    source="RFC 8414; OpenAPI 3.2, 4.27",
)
