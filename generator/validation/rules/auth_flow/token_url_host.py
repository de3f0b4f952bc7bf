"""Token endpoints are real."""

import fnmatch
import re
from collections.abc import Iterable, Sequence

from generator.findings import Severity
from generator.uris import host_of
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import MOCK_HOST

_PLACEHOLDER = re.compile(
    r"(.*\.)?(example(\.(com|org|net))?|invalid|test|localhost)|.*\byour[-_.]?\w+.*|.*(placeholder|changeme|todo).*|[<{].*"
)


def is_allowed(host: str, allowed: Sequence[str]) -> bool:
    """Tell whether one of the patterns `allowed` is about `host`, if there are any."""
    return not allowed or any(fnmatch.fnmatchcase(host, pattern.lower()) for pattern in allowed)


def stranger(host: str, allowed: Sequence[str], *at: str) -> Problem:
    """Return the problem that the token endpoint is at a `host` which is not `allowed`."""
    return Problem(
        message=f"The token endpoint is at `{host}`, which is none of the allowed hosts.",
        hint=f"The settings allow {', '.join(allowed)}.",
        at=at,
        severity=Severity.ERROR,
    )


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    address = visit.node.get("tokenUrl")
    host = host_of(address) if isinstance(address, str) else ""
    allowed = context.policy.token_hosts
    if not host:
        return
    if not is_allowed(host, allowed):
        yield stranger(host, allowed, "tokenUrl")
    elif not allowed and (host == MOCK_HOST or _PLACEHOLDER.fullmatch(host)):
        yield Problem(
            message=f"The token endpoint is at `{host}`, which gives no tokens.",
            hint="Write the real address, or list the host under `token-hosts` in the settings.",
            at=("tokenUrl",),
        )


RULE = Rule(
    name="token-url-host",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    severity_else="error where the settings list `token-hosts`",
    kinds=("flow", "security_scheme"),
    members=("tokenUrl",),
    what=(
        "A `tokenUrl` leads to no mock and no placeholder and, where the settings list `token-hosts`, to one of them."
    ),
    why=(
        "SwaggerHub's mock and invented hosts give no tokens, and a token endpoint elsewhere gets your "
        "customers' secrets."
    ),
    wrong="tokenUrl: https://your-domain.com/oauth/token",
    right="tokenUrl: https://login.acme.com/oauth/token",
    source="RFC 6749, 3.2; RFC 2606, 2 and 3",
    check=_check,
)
