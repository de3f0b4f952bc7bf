"""Scopes are named as agreed."""

from collections.abc import Iterable

from generator.expressions import is_found
from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    pattern, scopes = context.policy.scope_pattern, visit.node["scopes"]
    if not isinstance(scopes, dict):
        return
    for scope in scopes:
        if pattern and not is_found(pattern, scope):
            yield Problem(
                message=f"The scope `{scope}` is not named as the settings ask.",
                hint=f"Its name must match {pattern}",
                at=("scopes", scope),
            )
    for scope in context.policy.scopes:
        if scope not in scopes:
            yield Problem(
                message=f"The scope `{scope}`, which is asked for, is not declared.", hint="Add it.", at=("scopes",)
            )


RULE = Rule(
    name="scope-naming",
    family=Family.AUTH_FLOW,
    severity=Severity.WARNING,
    kinds=("flow", "security_scheme"),
    members=("scopes",),
    what=(
        "Each declared scope matches `scope-pattern` of the settings, and those that the settings or --scope "
        "ask for are declared."
    ),
    why="A team that names scopes alike can grant them alike.",
    wrong="""\
# scope-pattern = "^[a-z]+\\\\.(read|write)$"
scopes: {ReadPets: Read pets}
""",
    right="scopes: {pets.read: Read pets}",
    source="RFC 6749, 3.3",
    check=_check,
)
