"""Scopes that an operation asks for are declared."""

from collections.abc import Iterable, Mapping

from generator.findings import Severity
from generator.json_values import JsonObject
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import flows, grant_called, scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for name, scopes in visit.node.items():
        scheme = context.schemes.get(scheme_name(name))
        if not isinstance(scheme, dict) or scheme.get("type") != "oauth2" or not isinstance(scopes, list):
            continue
        declared = _declared(scheme)
        if declared is None:
            continue
        for scope in map(str, scopes):
            holders = [grant for grant, known in declared.items() if scope in known]
            if not holders:
                yield Problem(
                    message=f"The scope `{scope}` is not declared by the scheme `{name}`.",
                    hint="Add it to the `scopes` of the scheme's flow, or correct it.",
                    at=(name,),
                )
            elif _is_of_others(holders, declared):
                yield Problem(
                    message=f"Of the flows of `{name}`, clientCredentials does not declare the scope `{scope}`; "
                    f"{holders[0]} does.",
                    hint="Add it to the `scopes` of clientCredentials; where a program may not have it, ask for others "
                    "with --scope, or with scopes in the settings.",
                    at=(name,),
                )


def _declared(scheme: JsonObject) -> dict[str, JsonObject] | None:
    """Return the declared scopes by their flows; None where a flow lacks `scopes`, which another rule says."""
    found: dict[str, JsonObject] = {}
    for grant, flow in flows(scheme):
        scopes = flow.get("scopes")
        if not isinstance(scopes, dict):
            return None
        found[grant] = scopes
    return found


def _is_of_others(holders: Iterable[str], declared: Mapping[str, JsonObject]) -> bool:
    """Tell whether only others than the clientCredentials flow declare a scope, though that one declares some."""
    programs = {grant for grant, scopes in declared.items() if scopes and grant_called(grant) == "clientCredentials"}
    return bool(programs) and programs.isdisjoint(holders)


RULE = Rule(
    name="scope-declared",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    kinds=("security_requirement",),
    what=(
        "Each scope that a requirement, `--scope` or the settings ask of an oauth2 scheme stands among the `scopes` of "
        "one of its flows; of its clientCredentials flow, where it has that."
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
