"""One token endpoint for all."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import pointer_split
from generator.uris import without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import CLIENT_CREDENTIALS, flows
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    first: dict[str, str] = {}
    for name, scheme in context.schemes.items():
        for grant, flow in flows(scheme) if isinstance(scheme, dict) else ():
            address = flow.get("tokenUrl")
            if grant in CLIENT_CREDENTIALS and isinstance(address, str):
                first.setdefault(address, name)
    for address, name in list(first.items())[1:]:
        shown = without_credentials(address).address
        yield Problem(
            message=f"The scheme `{name}` gets its tokens from `{shown}`, others from elsewhere.",
            hint="Name one endpoint, and override it per environment.",
            at=pointer_split(context.scheme_pointer(name)),
        )


RULE = Rule(
    name="token-url-single",
    family=Family.AUTH_FLOW,
    severity=Severity.INFO,
    kinds=("document",),
    what="All client credentials flows of a document name the same `tokenUrl`.",
    why=(
        "With several a client needs several sets of credentials; often one of them is a leftover of another "
        "environment."
    ),
    wrong="""\
securitySchemes:
  pets: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://test.example.com/token, scopes: {}}}}
  owners: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/token, scopes: {}}}}
""",
    right="""\
securitySchemes:
  pets: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/token, scopes: {}}}}
  owners: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://api.example.com/token, scopes: {}}}}
""",
    source="OpenAPI 3.0.4, 4.7.28",
    check=_check,
)
