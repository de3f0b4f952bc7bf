"""Addresses carry no credentials."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit

_CREDENTIALS = re.compile(r"^https?://[^/?#]*@|[?&](client_secret|password|client_id|assertion)=[^&]", re.IGNORECASE)


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    for member in ("tokenUrl", "authorizationUrl", "refreshUrl"):
        address = visit.node.get(member)
        if isinstance(address, str) and _CREDENTIALS.search(address):
            yield Problem(
                message=f"The `{member}` carries credentials.",
                hint="Take them out, and have them replaced where they are real.",
                at=(member,),
            )


RULE = Rule(
    name="token-url-credentials",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    kinds=("flow", "security_scheme"),
    members=("tokenUrl", "authorizationUrl", "refreshUrl"),
    what="The addresses of a flow hold no user, no password and no client secret.",
    why="A specification is read by everybody whom it is given to.",
    wrong="tokenUrl: https://app:s3cret@api.example.com/oauth/token",
    right="tokenUrl: https://api.example.com/oauth/token",
    source="RFC 6749, 2.3.1; RFC 3986, 3.2.1",
    check=_check,
)
