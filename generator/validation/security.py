"""What rules of the auth flow ask of a document: whose operation it is, what it requires, where tokens come from."""

import fnmatch
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


def requirements(visit: Visit, context: Context) -> list[JsonValue] | None:
    """Return the alternatives that count for an operation: its own, else the document's; None where nobody says any."""
    for owner in (visit.node, context.document.root):
        alternatives = owner.get("security")
        if isinstance(alternatives, list):
            return alternatives
    return None


def required_schemes(visit: Visit, context: Context) -> dict[str, JsonObject]:
    """Return the declared schemes that an operation names, by name; none where it may be called without any."""
    alternatives = requirements(visit, context) or []
    if any(alternative == {} for alternative in alternatives):
        return {}
    named = {scheme_name(name): None for item in alternatives if isinstance(item, dict) for name in item}
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
