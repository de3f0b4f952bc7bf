"""Scopes that an operation asks for are declared."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import JsonObject
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import flows, scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for name, scopes in visit.node.items():
        scheme = context.schemes.get(scheme_name(name))
        if not isinstance(scheme, dict) or scheme.get("type") != "oauth2" or not isinstance(scopes, list):
            continue
        declared = _declared(scheme)
        for scope in map(str, scopes):
            if declared is not None and scope not in declared:
                yield Problem(
                    message=f"The scope `{scope}` is not declared by the scheme `{name}`.",
                    hint="Add it to the `scopes` of the scheme's flow, or correct it.",
                    at=(name,),
                )


def _declared(scheme: JsonObject) -> set[str] | None:
    """Return the declared scopes; None where a flow lacks `scopes`, which another rule says."""
    found: set[str] = set()
    for _, flow in flows(scheme):
        scopes = flow.get("scopes")
        if not isinstance(scopes, dict):
            return None
        found.update(scopes)
    return found


RULE = Rule(
    name="scope-declared",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    kinds=("security_requirement",),
    what=(
        "Each scope that a requirement, `--scope` or the settings ask of an oauth2 scheme stands among the `scopes` of "
        "one of its flows."
    ),
    why="A token server refuses scopes that it does not know, and readers cannot learn what they allow.",
    wrong="security: [{oauth: [pets.wirte]}]",
    right="""\
security: [{oauth: [pets.write]}]
# and in the flow: scopes: {pets.write: Change pets}
""",
    source="OpenAPI 3.0.4, 4.7.30; RFC 6749, 3.3",
    check=_check,
)
