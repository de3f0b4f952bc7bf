"""Text of the document in places where Postman resolves variables: no `{{` may get there."""

import re

from generator.findings import Finding, Place

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def is_token(name: str) -> bool:
    """Tell whether `name` can be that of a header or a cookie (RFC 9110, 5.6.2; RFC 6265, 4.1.1)."""
    return _TOKEN.fullmatch(name) is not None


def clean_text(text: str, place: Place, findings: list[Finding], *, header: bool = False) -> str:
    """Return `text`, or what replaces it where it holds `{{` or, for a header, a character that cannot be sent.

    A finding at `place` says what was replaced. Headers are limited to what RFC 9110, 5.5 lets through everywhere.
    """
    if "{{" in text:
        findings.append(_resolved(text, place))
        text = text.replace("{", "(").replace("}", ")")
    if header and not all(" " <= character <= "~" for character in text):
        findings.append(_unsendable(text, place))
        text = "".join(character if " " <= character <= "~" else "?" for character in text)
    return text.strip() if header else text


def _resolved(text: str, place: Place) -> Finding:
    from generator.validation.rules.conversion import variable_in_value

    message = f"The value {_short(text)} holds `{{{{`; round brackets take its place."
    return variable_in_value.RULE.finding(place, message, "Write an example without `{{`.")


def _unsendable(text: str, place: Place) -> Finding:
    from generator.validation.rules.conversion import header_value

    message = f"The header value {_short(text)} holds characters that cannot be sent; `?` takes their place."
    return header_value.RULE.finding(place, message, "Write an example in ASCII.")


def _short(text: str) -> str:
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"
