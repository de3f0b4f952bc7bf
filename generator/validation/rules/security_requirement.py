"""Security requirements name declared schemes and scopes.

What it checks: each name in a requirement is a declared scheme; each scope of an oauth2 scheme is declared there.
Why: a client cannot know how to authenticate (OpenAPI 3.0.4, 4.7.30).
Wrong: `security: [{oauth: []}]` without a scheme `oauth`
Right: `components: {securitySchemes: {oauth: …}}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import JsonValue
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for name, scopes in visit.node.items():
        scheme = context.schemes.get(name.removeprefix("#/components/securitySchemes/"))
        if not isinstance(scheme, dict):
            yield Problem(
                message=f"The security scheme `{name}` is not declared; this alternative is not used.",
                hint=f"Declare `{name}` among the security schemes, or correct the name.",
                pointer=name,
            )
        elif scheme.get("type") == "oauth2":
            declared = _scopes(scheme)
            for scope in map(str, scopes) if isinstance(scopes, list) else ():
                if declared is not None and scope not in declared:
                    yield Problem(
                        message=f"The scope `{scope}` is not declared by the scheme `{name}`.",
                        hint="Add it to the `scopes` of the scheme's flow, or correct it.",
                        pointer=name,
                    )


def _scopes(scheme: dict[str, JsonValue]) -> set[str] | None:
    """Return the declared scopes; None where a flow lacks `scopes`, which another rule says."""
    flows = scheme.get("flows")
    owners: list[JsonValue] = list(flows.values()) if isinstance(flows, dict) else [scheme]
    found: set[str] = set()
    for owner in owners:
        scopes = owner.get("scopes") if isinstance(owner, dict) else None
        if not isinstance(scopes, dict):
            return None
        found.update(scopes)
    return found


RULE = Rule(
    name="security-requirement",
    severity=Severity.WARNING,
    kinds=("security_requirement",),
    why="A requirement names declared schemes and their scopes (OpenAPI 3.0.4, 4.7.30).",
    check=_check,
)
