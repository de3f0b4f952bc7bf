"""No secrets in the text."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.secret_search import secret_places
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for tokens, kind, known in secret_places(context.document.root, context.policy.allowed_secrets):
        yield problem(tokens, kind, known=known)


def problem(at: tuple[str | int, ...], kind: str, *, known: bool) -> Problem:
    """Return what is said of a secret; `known`: its beginning is known to belong to such, so that there is no doubt."""
    what = "a conversion writes an invented one instead" if known else "it goes into what is made from it"
    return Problem(
        message=f"Here stands what looks like {kind}; {what}.",
        hint="Replace it where it is valid, and write an invented value here; `allowed-secrets` excepts what is none.",
        at=at,
        severity=None if known else Severity.WARNING,
    )


RULE = Rule(
    name="secret-in-text",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    severity_else="warning where it only looks like one",
    conversion=Severity.WARNING,
    kinds=("document",),
    what=(
        "No example, default, allowed value or description holds what looks like a live token, key or secret; "
        "`allowed-secrets` of the settings excepts some."
    ),
    why="A specification is published; a secret in it is a secret no more.",
    wrong="example: 'Bearer eyJhbGciOi…a live token…'",
    right="example: 'Bearer <access token>'",
    source="RFC 6819, 4.1.1; OWASP API8:2023",
    check=_check,
)
