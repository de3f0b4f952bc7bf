"""No secrets in the text."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.secret_search import secret_places
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del visit
    for tokens, kind, known in secret_places(context.document, context.policy.allowed_secrets):
        yield Problem(
            message=f"Here stands what looks like {kind}.",
            hint="Replace it where it is valid, and write an invented value here.",
            at=tokens,
            severity=None if known else Severity.WARNING,
        )


RULE = Rule(
    name="secret-in-text",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("document",),
    what=(
        "No example, default or description holds what looks like a live token, key or secret; "
        "`allowed-secrets` of the settings excepts some."
    ),
    why="A specification is published; a secret in it is a secret no more.",
    wrong="example: 'Bearer eyJhbGciOi…a live token…'",
    right="example: 'Bearer <access token>'",
    source="RFC 6819, 4.1.1; OWASP API8:2023",
    check=_check,
)
