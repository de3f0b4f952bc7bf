"""OAuth 2.0 flows have their addresses."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit

_TOKEN = frozenset({"clientCredentials", "authorizationCode", "password", "application", "accessCode"})
_AUTHORIZATION = frozenset({"authorizationCode", "implicit", "accessCode"})


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    grant = visit.name if visit.kind == "flow" else str(visit.node.get("flow"))
    for member, grants in (("tokenUrl", _TOKEN), ("authorizationUrl", _AUTHORIZATION)):
        if grant not in grants:
            continue
        address = visit.node.get(member)
        if not isinstance(address, str) or not address.strip():
            yield Problem(message=f"The flow `{grant}` has no `{member}`.", hint=f"Add `{member}`.")
        elif ":" in address.partition("/")[0] and not address.strip().lower().startswith(("http://", "https://")):
            yield Problem(
                message=f"The `{member}` of `{grant}`, `{without_credentials(address).address}`, is not a web address.",
                hint="Begin it with https://.",
                at=(member,),
            )


RULE = Rule(
    name="flow-addresses",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    what="`tokenUrl` and `authorizationUrl` are there where the grant needs them, and are web addresses.",
    why="The addresses of a flow are where its tokens come from.",
    wrong="clientCredentials: {scopes: {}}",
    right="clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}",
    source="OpenAPI 3.0.4, 4.7.29; 2.0, Security Scheme Object",
    check=_check,
)
