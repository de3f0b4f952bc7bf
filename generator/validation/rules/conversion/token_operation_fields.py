"""Tokens are asked for in the standard's words."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="token-operation-fields",
    family=Family.CONVERSION,
    severity=Severity.WARNING,
    severity_else="info where the document gives a value, which is sent",
    what=(
        "An operation that is the token endpoint requires nothing that a token request does not send: its own fields,"
        " and what `--scope` and `--token-param` add; HTTP Basic with `--client-auth basic` only. Where the document"
        " gives a value (`const`, `default`, an example, `enum`), that is sent."
    ),
    why=(
        "A token request has a grant type, the client's credentials and scopes; a server refuses it where it wants"
        " more."
    ),
    wrong="{type: object, required: [grant_type, audience]}",
    right="{type: object, required: [grant_type]}",
    source="RFC 6749, 4.4.2",
)
