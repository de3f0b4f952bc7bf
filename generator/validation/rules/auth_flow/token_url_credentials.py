"""Addresses carry no credentials."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit

_ADDRESSES = (
    "tokenUrl", "authorizationUrl", "refreshUrl", "deviceAuthorizationUrl", "openIdConnectUrl", "oauth2MetadataUrl",
)  # fmt: skip
_IDENTIFIER = ("client_id",)


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for member in _ADDRESSES:
        address = visit.node.get(member)
        carried = without_credentials(address).taken if isinstance(address, str) else ()
        if carried:
            alone = carried == _IDENTIFIER
            yield Problem(
                message=f"The `{member}` carries {', '.join(carried)}; what is made from it does without.",
                hint="Take it out; each client sends its own."
                if alone
                else "Take it out, and have it replaced where it is real.",
                at=(member,),
                severity=Severity.WARNING if alone else None,
            )


RULE = Rule(
    name="token-url-credentials",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    severity_else="warning where it is a client's identifier alone",
    conversion=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    members=_ADDRESSES,
    what="The addresses of a flow hold no user, no password, no client secret, no key, and no client identifier.",
    why="A specification is read by everybody whom it is given to.",
    wrong="tokenUrl: https://app:s3cret@api.example.com/oauth/token",
    right="tokenUrl: https://api.example.com/oauth/token",
    source="RFC 6749, 2.3.1; RFC 3986, 3.2.1",
    check=_check,
)
