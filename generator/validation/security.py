"""What rules of the auth flow ask of a document: whose operation it is, what it requires, where tokens come from."""

import fnmatch
import re
from collections.abc import Iterator

from generator.json_values import JsonObject, JsonValue
from generator.validation.rule import Context, Policy
from generator.validation.walk import Visit

CLIENT_CREDENTIALS = frozenset({"clientCredentials", "application"})
"""The grant of RFC 6749, section 4.4, as OpenAPI 3 and 2.0 call it."""


def api_operation(visit: Visit) -> tuple[str, str] | None:
    """Return method and path of an operation that clients call; None for those of callbacks and webhooks."""
    item = visit.parent
    if visit.kind != "operation" or item is None or item.parent is None or item.parent.kind != "paths":
        return None
    return visit.name.upper(), item.name


_GRANTS = {
    "clientcredentials": "clientCredentials",
    "application": "clientCredentials",
    "authorizationcode": "authorizationCode",
    "accesscode": "authorizationCode",
    "implicit": "implicit",
    "password": "password",
    "deviceauthorization": "deviceAuthorization",
}
"""What grants are called in OpenAPI 3, by the letters of what they are called there or in 2.0."""


def grant_called(word: str) -> str | None:
    """Return what OpenAPI 3 calls the grant that is written as `word`: in 2.0's word, in capitals, with `_`."""
    return _GRANTS.get(re.sub(r"[^a-z]", "", word.lower()))


def grant_of(scheme: JsonObject) -> str:
    """Return the grant of an oauth2 scheme of 2.0, in OpenAPI 3's word: the one its `flow` names, else one that its
    addresses allow (2.0, Security Scheme Object).
    """
    named = grant_called(str(scheme.get("flow")))
    if named is not None:
        return named
    if not scheme.get("authorizationUrl"):
        return "clientCredentials"
    return "authorizationCode" if scheme.get("tokenUrl") else "implicit"


def alternatives(security: JsonValue) -> list[tuple[JsonValue, tuple[int, ...]]] | None:
    """Return what `security` offers, each with the way to it from there; None where it offers nothing at all.

    Text in the place of an object is the name of a scheme; an object or text in the place of a list is its only item.
    """
    if isinstance(security, list):
        return [({item: []} if isinstance(item, str) else item, (index,)) for index, item in enumerate(security)]
    if isinstance(security, str):
        return [({security: []}, ())]
    return [(security, ())] if isinstance(security, dict) else None


def requirements(visit: Visit, context: Context) -> list[JsonValue] | None:
    """Return the alternatives that count for an operation: its own, else the document's; None where nobody says any."""
    for owner in (visit.node, context.document.root):
        offered = alternatives(owner.get("security"))
        if offered is not None:
            return [requirement for requirement, _ in offered]
    return None


def required_schemes(visit: Visit, context: Context) -> dict[str, JsonObject]:
    """Return the declared schemes that an operation names, by name; none where it may be called without any."""
    offered = requirements(visit, context) or []
    if any(alternative == {} for alternative in offered):
        return {}
    named = {scheme_name(name): None for item in offered if isinstance(item, dict) for name in item}
    return {name: scheme for name in named if isinstance(scheme := context.schemes.get(name), dict)}


def scheme_name(name: str) -> str:
    """Return the name of a scheme that 3.2 lets a requirement name by its address."""
    return name.removeprefix("#/components/securitySchemes/")


def is_public_on_purpose(method: str, path: str, policy: Policy) -> bool:
    """Tell whether the policy lists an operation as public, by `/path` or `METHOD /path`, with wildcards."""
    return any(
        fnmatch.fnmatchcase(f"{method} {path}" if " " in pattern else path, pattern)
        for pattern in policy.public_operations
    )


def flows(scheme: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """Yield the grants of an oauth2 scheme with the object that describes each; in 2.0 that is the scheme itself."""
    declared = scheme.get("flows")
    if isinstance(declared, dict):
        yield from ((grant, flow) for grant, flow in declared.items() if isinstance(flow, dict))
    elif isinstance(scheme.get("flow"), str):
        yield str(scheme["flow"]), scheme


def is_bearer(scheme: JsonObject) -> bool:
    """Tell whether a scheme is HTTP Bearer (RFC 6750)."""
    return scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer"
