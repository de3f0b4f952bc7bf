"""A document says how to authenticate."""

from collections.abc import Iterable

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if context.schemes or context.policy.public_api or not context.operations:
        return
    old = context.document.version is SpecificationVersion.V2_0
    members = ("securityDefinitions",) if old else ("components", "securitySchemes")
    present = visit.node.get(members[0])
    yield Problem(
        message="The document declares no security scheme.",
        hint="Declare the flow that gives tokens, or say `public-api = true` in the settings if nothing needs one.",
        at=members[:1] if isinstance(present, dict) else (),
    )


RULE = Rule(
    name="security-scheme-present",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    kinds=("document",),
    what="At least one security scheme is declared, unless the settings say `public-api = true`.",
    why="Without a scheme nobody can learn how to get in, and no collection or client can be made that gets a token.",
    wrong="components: {schemas: {}}",
    right="""\
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: https://api.example.com/oauth/token, scopes: {}}}
""",
    source="OpenAPI 3.0.4, 4.7.27; 2.0, Security Definitions Object",
    check=_check,
)
