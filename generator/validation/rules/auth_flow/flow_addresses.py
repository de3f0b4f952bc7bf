"""OAuth 2.0 flows have their addresses."""

from collections.abc import Iterable

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import grant_called, grant_of
from generator.validation.walk import Visit

_TOKEN = frozenset({"clientCredentials", "authorizationCode", "password"})
_AUTHORIZATION = frozenset({"authorizationCode", "implicit"})
_MEMBERS = frozenset(
    {"authorizationUrl", "description", "deviceAuthorizationUrl", "flow", "refreshUrl", "scopes", "tokenUrl", "type"}
)


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    grant = _grant(visit, context)
    name = visit.name if visit.kind == "flow" else visit.node.get("flow")
    owner = "The scheme" if name is None else f"The flow `{name}`"
    for member, grants in (("tokenUrl", _TOKEN), ("authorizationUrl", _AUTHORIZATION)):
        if grant not in grants:
            continue
        address = visit.node.get(member)
        if not isinstance(address, str) or not address.strip():
            near = _misspelt(visit, member, context) if member not in visit.node else None
            yield Problem(
                message=f"{owner} has no `{member}`.",
                hint=f"Did you mean `{member}`, where it says `{near}`?" if near else to_add(member),
                at=(near,) if near else (),
            )
        elif ":" in address.partition("/")[0] and not address.strip().lower().startswith(("http://", "https://")):
            shown = without_credentials(address).address
            yield Problem(
                message=f"The `{member}` of `{name or grant}`, `{shown}`, is not a web address.",
                hint="Begin it with https://.",
                at=(member,),
            )


def to_add(member: str) -> str:
    """Return how to mend a flow that lacks `member`."""
    return f"Add `{member}`."


def _grant(visit: Visit, context: Context) -> str | None:
    """Return the grant that a flow is taken for, in OpenAPI 3's word; its name may be wrong too."""
    node = visit.node
    if visit.kind == "flow":
        return grant_called(visit.name)
    old = "flow" in node or context.document.version is SpecificationVersion.V2_0
    return grant_of(node) if node.get("type") == "oauth2" and "flows" not in node and old else None


def _misspelt(visit: Visit, member: str, context: Context) -> str | None:
    """Return the member that stands there in the place of `member`, wrongly spelt."""
    others = [name for name in visit.node if name not in _MEMBERS and not name.startswith("x-")]
    return context.guesser.closest(member, others) if others else None


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
