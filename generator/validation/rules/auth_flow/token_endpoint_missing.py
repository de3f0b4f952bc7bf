"""Tokens can be got without a person."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import JsonObject, pointer_split
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import CLIENT_CREDENTIALS, api_operation, flows, is_bearer, required_schemes
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del visit
    used: dict[str, JsonObject] = {}
    for operation in context.operations:
        if api_operation(operation) is not None:
            used |= required_schemes(operation, context)
    for name, scheme in used.items():
        bearer = is_bearer(scheme)
        if (bearer and context.policy.token_url) or not (bearer or scheme.get("type") == "oauth2"):
            continue
        if any(grant in CLIENT_CREDENTIALS for grant, _ in flows(scheme)):
            continue  # that its tokenUrl is missing or unusable, other rules say
        which = "a bearer scheme, which has no place for one" if bearer else "its flows need a person"
        yield Problem(
            message=f"No token endpoint for client credentials can be had for `{name}`: {which}.",
            hint="Declare a clientCredentials flow" + (", or give `token-url` in the settings." if bearer else "."),
            at=pointer_split(context.scheme_pointer(name)),
        )


RULE = Rule(
    name="token-endpoint-missing",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("document",),
    what=(
        "Each oauth2 or bearer scheme that an operation names has a client credentials flow, or the settings "
        "say `token-url`."
    ),
    why="A program gets its token by the client credentials grant; without a token endpoint it cannot call the API.",
    wrong="""\
securitySchemes:
  token: {type: http, scheme: bearer}
""",
    right="""\
securitySchemes:
  token:
    type: oauth2
    flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}
""",
    source="RFC 6749, 4.4; OpenAPI 3.0.4, 4.7.28",
    check=_check,
)
