"""Tokens travel by https."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import host_of, is_local, without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def is_open(address: str) -> bool:
    """Tell whether what is sent to `address` is not encrypted, and leaves this machine or a private network."""
    return address.strip().lower().startswith("http://") and not is_local(host_of(address))


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for member in ("tokenUrl", "authorizationUrl", "refreshUrl"):
        address = visit.node.get(member)
        if isinstance(address, str) and is_open(address):
            shown = without_credentials(address).address
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
