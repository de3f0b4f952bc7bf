"""No secrets in the text."""

from generator.findings import Severity
from generator.validation.rule import Family, Problem, Rule
from generator.validation.secret_search import Secret


def problem(secret: Secret) -> Problem:
    """Return what is said of a secret."""
    if not secret.known:
        written = "it goes into what is made from it"
    elif secret.in_name:
        written = "a conversion writes an invented one instead, wherever the name is used or sent"
    else:
        written = "a conversion writes an invented one instead"
    return Problem(
        message=f"Here stands what looks like {secret.kind}{' in a name' * secret.in_name}; {written}.",
        hint="Replace it where it is valid, and write an invented value here; `allowed-secrets` excepts what is none.",
        at=secret.at,
        severity=None if secret.known else Severity.WARNING,
    )


RULE = Rule(
    name="secret-in-text",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    severity_else="warning where it only looks like one",
    conversion=Severity.WARNING,
    what=(
        "No text and no name in a document holds a live token or key, and no example, default, allowed value or "
        "description what looks like a secret; `allowed-secrets` of the settings excepts some."
    ),
    why="A specification is published; a secret in it is a secret no more.",
    wrong="example: 'Bearer eyJhbGciOi…a live token…'",
    right="example: 'Bearer <access token>'",
    source="RFC 6819, 4.1.1; OWASP API8:2023",
)
