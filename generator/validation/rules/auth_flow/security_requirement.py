"""Security requirements name declared schemes."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for name in visit.node:
        if not isinstance(context.schemes.get(scheme_name(name)), dict):
            yield Problem(
                message=f"The security scheme `{name}` is not declared; this alternative is not used.",
                hint=context.guesser.did_you_mean(
                    name, context.schemes, f"Declare `{name}` among the security schemes."
                ),
                at=(name,),
            )


RULE = Rule(
    name="security-requirement",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("security_requirement",),
    what="Each name in a security requirement is that of a declared scheme.",
    why="A client cannot know how to authenticate; the alternative cannot be used.",
    wrong="""\
security: [{oauth: []}]
components: {securitySchemes: {}}
""",
    right="""\
security: [{oauth: []}]
components:
  securitySchemes:
    oauth: {type: http, scheme: bearer}
""",
    source="OpenAPI 3.0.4, 4.7.30; 2.0, Security Requirement Object",
    check=_check,
)
