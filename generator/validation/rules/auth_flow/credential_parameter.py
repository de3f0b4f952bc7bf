"""Credentials are described by schemes."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit

_NAMES = frozenset(
    {"authorization", "client_id", "client_secret", "client-id", "client-secret", "access_token", "api_key", "apikey",
     "x-api-key"}
)  # fmt: skip


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    name = str(visit.node.get("name"))
    if visit.node.get("in") not in ("query", "header") or name.lower() not in _NAMES:
        return
    declared = {str(scheme.get("name")).lower() for scheme in context.schemes.values() if isinstance(scheme, dict)}
    again = " again, though a scheme has it" if name.lower() in declared else ""
    yield Problem(
        message=f"The parameter `{name}` carries credentials{again}.",
        hint="Remove the parameter." if again else "Declare a security scheme in its place.",
        at=("name",),
    )


RULE = Rule(
    name="credential-parameter",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    kinds=("parameter",),
    members=("name",),
    what=(
        "No query or header parameter is called `Authorization`, `client_id`, `client_secret`, `access_token`"
        " or `api_key`."
    ),
    why="A client takes an ordinary parameter for data: its samples, logs and addresses then show the credentials.",
    wrong="{name: client_secret, in: query, schema: {type: string}}",
    right="""\
securitySchemes:
  oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}}
""",
    source="OpenAPI 3.0.4, 4.7.27; RFC 6750, 5.3",
    check=_check,
)
