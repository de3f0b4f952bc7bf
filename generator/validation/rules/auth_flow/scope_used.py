"""Declared scopes are used."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import pointer_split
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import CLIENT_CREDENTIALS, api_operation, flows, requirements, scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    used: set[tuple[str, object]] = set()
    for operation in context.operations:
        if api_operation(operation) is None:
            continue
        for alternative in requirements(operation, context) or []:
            for name, scopes in alternative.items() if isinstance(alternative, dict) else ():
                used |= {(scheme_name(name), str(scope)) for scope in (scopes if isinstance(scopes, list) else [])}
    for name, scheme in context.schemes.items():
        for grant, flow in flows(scheme) if isinstance(scheme, dict) else ():
            declared = flow.get("scopes")
            idle = [s for s in declared if (name, s) not in used] if isinstance(declared, dict) else []
            if idle and grant in CLIENT_CREDENTIALS:
                below = () if flow is scheme else ("flows", grant)
                yield Problem(
                    message=f"No operation asks for {', '.join(f'`{scope}`' for scope in idle[:5])} of `{name}`.",
                    hint="Ask for it where it is needed, or remove it.",
                    at=(*pointer_split(context.scheme_pointer(name)), *below, "scopes", idle[0]),
                )


RULE = Rule(
    name="scope-used",
    family=Family.AUTH_FLOW,
    severity=Severity.INFO,
    kinds=("document",),
    what="Each scope that a client credentials flow declares is asked for by an operation.",
    why="A scope that nothing asks for is a leftover, or an operation forgot to ask for it.",
    wrong="""\
scopes: {pets.read: Read pets, pets.old: Unused}
# and: security: [{oauth: [pets.read]}]
""",
    right="""\
scopes: {pets.read: Read pets}
# and: security: [{oauth: [pets.read]}]
""",
    source="OpenAPI 3.0.4, 4.7.29; RFC 6749, 3.3",
    check=_check,
)
