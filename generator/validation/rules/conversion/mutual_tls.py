"""Credentials are in the request."""

from generator.findings import Severity
from generator.validation.rule import FROM_3_1, Family, Rule

RULE = Rule(
    name="mutual-tls",
    family=Family.CONVERSION,
    severity=Severity.INFO,
    versions=FROM_3_1,
    what="No operation needs a client certificate.",
    why="The client shows it when the connection is made; no request can carry it.",
    wrong="security: [{certificate: []}]  # type: mutualTLS",
    right="security: [{oauth: []}]  # type: oauth2",
    source="RFC 8446, 4.4.2; OpenAPI 3.1.1, 4.8.27",
)
