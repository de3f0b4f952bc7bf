"""Only OAuth 2.0 and OpenID Connect have scopes."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0_AND_3_0, Context, Family, Problem, Rule
from generator.validation.security import scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for name, scopes in visit.node.items():
        scheme = context.schemes.get(scheme_name(name))
        if scopes and isinstance(scheme, dict) and scheme.get("type") not in ("oauth2", "openIdConnect"):
            yield Problem(
                message=f"The scheme `{name}` is of the type `{scheme.get('type')}`, which has no scopes.",
                hint="Leave the list empty.",
                at=(name,),
            )


RULE = Rule(
    name="requirement-scopes-empty",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V2_0_AND_3_0,
    kinds=("security_requirement",),
    what="In 2.0 and 3.0 the list of a requirement is empty unless the scheme is oauth2 or openIdConnect.",
    why="Other schemes have no scopes to ask for (since 3.1 the list may name roles).",
    wrong="security: [{apiKey: [read]}]",
    right="security: [{apiKey: []}]",
    source="OpenAPI 3.0.4, 4.7.30; 2.0, Security Requirement Object",
    check=_check,
)
