"""OAuth 2.0 flows are called as OpenAPI calls them."""

from collections.abc import Iterable

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import grant_called, grant_of
from generator.validation.walk import Visit

_KNOWN = frozenset({"clientCredentials", "authorizationCode", "implicit", "password", "deviceAuthorization"})
_OLD = {"clientCredentials": "application", "authorizationCode": "accessCode"}
_KNOWN_OLD = ("application", "accessCode", "implicit", "password")


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.kind == "flow":
        taken = grant_called(visit.name)
        if visit.name not in _KNOWN:
            reading = f"it is taken for `{taken}`" if taken else "it is not read"
            yield Problem(
                message=f"OpenAPI 3 knows no flow `{visit.name}`; {reading}.",
                hint=_hint(visit.name, context),
            )
    elif visit.node.get("type") == "oauth2" and context.document.version is SpecificationVersion.V2_0:
        flow, taken = visit.node.get("flow"), grant_of(visit.node)
        word = _OLD.get(taken, taken)
        if flow not in _KNOWN_OLD:
            wrong = "The scheme names no `flow`" if flow is None else f"OpenAPI 2.0 knows no flow `{flow}`"
            yield Problem(
                message=f"{wrong}; it is taken for `{word}`.",
                hint=f"Write `flow: {word}`, if that is meant.",
                at=() if flow is None else ("flow",),
            )


def _hint(name: str, context: Context) -> str:
    meant = grant_called(name) or context.guesser.closest(name, sorted(_KNOWN))
    return f"Call it `{meant}`." if meant else f"The flows are {', '.join(f'`{known}`' for known in sorted(_KNOWN))}."


RULE = Rule(
    name="flow-grant",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    what="The flows of an oauth2 scheme are called as OpenAPI calls them: `clientCredentials`, in 2.0 `application`.",
    why="A client finds the flow that it can use by its name.",
    wrong="flows: {client_credentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}",
    right="flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}",
    source="OpenAPI 3.0.4, 4.7.28; 2.0, Security Scheme Object",
    check=_check,
)
