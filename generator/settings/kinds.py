"""Kinds of values of settings: each turns a value of TOML into a setting's, or says what it must be."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from generator.expressions import check_expression
from generator.findings import UsageError
from generator.guesses import closest
from generator.option_values import LONGEST_WILDCARD
from generator.token_fields import check_token_field
from generator.uris import check_without_credentials, is_web_address

Reader: TypeAlias = Callable[[object], Any]
"""Turns a value of TOML into a setting's; raises ValueError with the words `must be ...`."""


class Kind(Struct, frozen=True):
    """A kind of value: what reads it, and its JSON Schema for editors."""

    read: Reader
    schema: Mapping[str, Any]


def text(value: object) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text in quotes")
    return value


def path(value: object) -> str:
    """Return a path."""
    written = text(value)
    if re.search(r"[\x00-\x1f\x7f]", written):
        raise ValueError("must be a path without control characters")
    return written


def texts(value: object) -> tuple[str, ...]:
    """Return one text, or a list of them."""
    if isinstance(value, str):
        return (text(value),)
    if not isinstance(value, list) or not value:
        raise ValueError("must be a text, or a list of texts")
    return tuple(text(entry) for entry in value)


def wildcards(value: object) -> tuple[str, ...]:
    """Return one pattern with wildcards, or a list of them."""
    written = texts(value)
    if any(len(each) > LONGEST_WILDCARD for each in written):
        raise ValueError(f"must not be longer than {LONGEST_WILDCARD:,} characters each")
    return written


def server(value: object) -> str:
    """Return a server: its number or its address."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return check_without_credentials(text(value))


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
    url = check_without_credentials(text(value))
    if not is_web_address(url):
        guess = f'; did you mean "https://{url}"?' if "://" not in url and "." in url.split("/")[0] else ""
        raise ValueError(f'must be a whole web address such as "https://example.com/oauth/token", not "{url}"{guess}')
    return url


def one_of(*choices: str) -> Kind:
    """Return the kind of one of `choices`."""

    def read(value: object) -> str:
        if value not in choices:
            near = closest(str(value), choices)
            guess = f'; did you mean "{near}"?' if near else ""
            raise ValueError(f"must be one of {', '.join(choices)}, not {value!r}{guess}")
        return str(value)

    return Kind(read, {"enum": list(choices)})


def pattern(value: object) -> str:
    """Return a regular expression."""
    written = text(value)
    try:
        check_expression(written)
    except ValueError as error:
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
    return tuple((name, LEVEL.read(entry)) for name, entry in value.items())


def scopes(value: object) -> tuple[str, ...]:
    """Return the single scopes of one text, or of a list of them."""
    return split_scopes(texts(value))


def split_scopes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the single scopes: spaces part them (RFC 6749 section 3.3)."""
    return tuple(scope for value in values for scope in value.split())


def token_params(value: object) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a table of texts."""
    if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
        raise ValueError('must be a table of texts, as in { audience = "https://api.example.com" }')
    return tuple((check_token_field(name), entry) for name, entry in value.items())


def split_token_params(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of `KEY=VALUE`; raises UsageError for what is none, or what may not stand in a collection."""
    pairs = []
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name:
            raise UsageError(f"--token-param {value}: write it as KEY=VALUE, as in audience=https://api.example.com")
        try:
            pairs.append((check_token_field(name), text))
        except ValueError as error:
            raise UsageError(f"--token-param {error}") from error
    return tuple(pairs)


def check_token_url(url: str, where: str) -> str:
    """Return `url`; raises UsageError, which names `where` it was said, where it is no absolute web address."""
    try:
        return web_address(url)
    except ValueError as error:
        raise UsageError(f"{where} {error}") from error


TEXT = Kind(text, {"type": "string", "minLength": 1})
PATH = Kind(path, TEXT.schema)
TEXTS = Kind(texts, {"anyOf": [TEXT.schema, {"type": "array", "items": TEXT.schema, "minItems": 1}]})
WILDCARDS = Kind(wildcards, TEXTS.schema)
FLAG = Kind(flag, {"type": "boolean"})
COUNT = Kind(count, {"type": "integer", "minimum": 1})
SERVER = Kind(server, {"anyOf": [TEXT.schema, {"type": "integer"}]})
ADDRESS = Kind(web_address, {"type": "string", "pattern": "^https?://"})
PATTERN = Kind(pattern, {"type": "string", "format": "regex"})
PATTERNS = Kind(patterns, TEXTS.schema)
SCOPES = Kind(scopes, TEXTS.schema)
TOKEN_PARAMS = Kind(token_params, {"type": "object", "additionalProperties": {"type": "string"}})
LEVEL = one_of("error", "warning", "info", "off")
SEVERITIES = Kind(severities, {"type": "object"})
"""The schema lacks the rules: to know them takes longer than to read settings."""
