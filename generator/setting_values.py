"""Readers of a setting's value: each turns a value of TOML into a setting's, or says what it must be."""

import re
import urllib.parse
from collections.abc import Callable
from typing import Any, TypeAlias

from generator.guesses import closest
from generator.uris import without_credentials

Reader: TypeAlias = Callable[[object], Any]
"""Turns a value of TOML into a setting's; raises ValueError with the words `must be ...`."""


def text(value: object) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text in quotes")
    return value


def texts(value: object) -> tuple[str, ...]:
    """Return one text, or a list of them."""
    if isinstance(value, str):
        return (text(value),)
    if not isinstance(value, list) or not value:
        raise ValueError("must be a text, or a list of texts")
    return tuple(text(entry) for entry in value)


def server(value: object) -> str:
    """Return a server: its number or its address."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _harmless(text(value))


def flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def count(value: object) -> int:
    """Return a whole number from 1 upwards."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number from 1 upwards")
    return value


def web_address(value: object) -> str:
    """Return an absolute web address."""
    url = _harmless(text(value))
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        guess = f'; did you mean "https://{url}"?' if "://" not in url and "." in url.split("/")[0] else ""
        raise ValueError(f'must be a whole web address such as "https://example.com/oauth/token", not "{url}"{guess}')
    return url


def _harmless(url: str) -> str:
    """Return `url`; what stands in it goes into files, so that no credential may."""
    if carried := without_credentials(url).taken:
        raise ValueError(f"must carry no credentials; it carries {', '.join(carried)}")
    return url


def one_of(*choices: str) -> Reader:
    """Return the reader of one of `choices`."""

    def read(value: object) -> str:
        if value not in choices:
            near = closest(str(value), choices)
            guess = f'; did you mean "{near}"?' if near else ""
            raise ValueError(f"must be one of {', '.join(choices)}, not {value!r}{guess}")
        return str(value)

    return read


def pattern(value: object) -> str:
    """Return a regular expression."""
    written = text(value)
    try:
        re.compile(written)
    except re.error as error:
        raise ValueError(f"must be a regular expression: {error}") from error
    return written


def patterns(value: object) -> tuple[str, ...]:
    """Return one regular expression, or a list of them."""
    return tuple(pattern(entry) for entry in texts(value))


def severities(value: object) -> tuple[tuple[str, str], ...]:
    """Return how grave findings are, by the name of their rule."""
    from generator.validation.rules.catalogue import EXPLAINED_BY_NAME, RULES_BY_NAME

    if not isinstance(value, dict):
        raise ValueError('must be a table, as in { response-401 = "error" }')
    for name in value:
        if name not in RULES_BY_NAME and name in EXPLAINED_BY_NAME:
            raise ValueError(f'are of check, and only a conversion says "{name}"; remove it')
        if name not in RULES_BY_NAME:
            near = closest(name, RULES_BY_NAME)
            guess = f'; did you mean "{near}"?' if near else "; `sendready rules` lists them"
            raise ValueError(f'names no rule with "{name}"{guess}')
    level = one_of("error", "warning", "info", "off")
    return tuple((name, level(entry)) for name, entry in value.items())
