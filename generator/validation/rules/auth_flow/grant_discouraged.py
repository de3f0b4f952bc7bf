"""No grant that hands out passwords or tokens in addresses."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    grant = visit.name if visit.kind == "flow" else visit.node.get("flow")
    if grant in ("implicit", "password"):
        better = "authorizationCode with PKCE" if grant == "implicit" else "clientCredentials or authorizationCode"
        yield Problem(message=f"The grant `{grant}` is discouraged.", hint=f"Use {better}.")


RULE = Rule(
    name="grant-discouraged",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    what="No flow is `implicit` or `password`.",
    why="OAuth 2.1 leaves both out: tokens end in addresses and logs, passwords with the client.",
    wrong="flows: {password: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}",
    right="flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}",
    source="RFC 9700, 2.1.2 and 2.4; OAuth 2.1 draft, 10",
    check=_check,
)
