"""Credentials of HTTP can be filled in."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import HTTP_SCHEMES

_HINT = (
    "Declare `type: apiKey`, `in: header`, `name: Authorization` to fill in the whole header, or set the "
    "authorization in Postman by hand."
)


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    scheme = visit.node.get("scheme")
    if visit.node.get("type") == "http" and isinstance(scheme, str) and scheme and scheme.lower() not in HTTP_SCHEMES:
        yield Problem(
            message=f"No collection can fill in the HTTP scheme `{scheme}`: its requests go out without authorization.",
            hint=context.guesser.did_you_mean(scheme, HTTP_SCHEMES, _HINT),
            at=("scheme",),
        )


RULE = Rule(
    name="http-scheme",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    kinds=("security_scheme",),
    members=("scheme",),
    what="The scheme of an HTTP authentication is `basic`, `bearer` or `digest`.",
    why="Others sign each request or negotiate: their header cannot be made of what a user fills in.",
    wrong="securitySchemes: {signed: {type: http, scheme: hoba}}",
    right="securitySchemes: {signed: {type: http, scheme: digest}}",
    source="RFC 9110, 11.1 and 16.4.1; OpenAPI 3.0.4, 4.7.27",
    check=_check,
)
