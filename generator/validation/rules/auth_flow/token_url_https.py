"""Tokens travel by https."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.addresses import host_of, is_local
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for member in ("tokenUrl", "authorizationUrl", "refreshUrl"):
        address = visit.node.get(member)
        plain = isinstance(address, str) and address.strip().lower().startswith("http://")
        if plain and not is_local(host_of(str(address))):
            shown = without_credentials(str(address)).address
            yield Problem(
                message=f"The `{member}` `{shown}` is not encrypted.", hint="Begin it with https://.", at=(member,)
            )


RULE = Rule(
    name="token-url-https",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    kinds=("flow", "security_scheme"),
    members=("tokenUrl", "authorizationUrl", "refreshUrl"),
    what="The addresses of a flow begin with https:// unless their host is local.",
    why="TLS is required: identifier, secret and token could be read on the way.",
    wrong="tokenUrl: http://api.example.com/oauth/token",
    right="tokenUrl: https://api.example.com/oauth/token",
    source="RFC 6749, 3.2; OpenAPI 3.0.4, 4.7.29",
    check=_check,
)
