"""OAuth 2.0 flows have scopes."""

from collections.abc import Iterable

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import grant_called
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if not _is_read(visit, context.document.version):
        return
    if not isinstance(visit.node.get("scopes"), dict):
        what = f"The flow `{visit.name}`" if visit.kind == "flow" else f"The security scheme `{visit.name}`"
        yield Problem(message=f"{what} has no `scopes`; no scope is asked for.", hint="Add `scopes: {}`, or list them.")


def _is_read(visit: Visit, version: SpecificationVersion) -> bool:
    """Tell whether an object is a flow that somebody knows; in 2.0 that is the scheme."""
    if visit.kind == "flow":
        return grant_called(visit.name) is not None
    return version is SpecificationVersion.V2_0 and visit.node.get("type") == "oauth2" and "flow" in visit.node


RULE = Rule(
    name="flow-scopes",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    what="A flow (in 2.0: the scheme) has `scopes`, be it an empty object.",
    why="The member is required, though it may be empty; without it no scope is asked for.",
    wrong="clientCredentials: {tokenUrl: https://api.example.com/oauth/token}",
    right="clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}",
    source="OpenAPI 3.0.4, 4.7.29; 2.0, Security Scheme Object",
    check=_check,
)
