"""How a parameter's value becomes text (OpenAPI 3.0.4 section 4.7.12.4, RFC 6570), percent-encoded exactly once."""

import urllib.parse
from collections.abc import Callable, Iterator

from generator.json_values import JsonValue, to_json
from generator.model import Style

_READABLE = "-._~:@/?"
"""Stays as it is in a path segment's or a query's value besides letters and digits: every client leaves it alone."""

_RESERVED = _READABLE + "!$()*,;"
"""With `allowReserved`; `# [ ] & = +` keep their meaning in a query and `'` is rewritten by clients, so not these."""

_DELIMITERS = {
    Style.SPACE_DELIMITED: "%20",
    Style.PIPE_DELIMITED: "%7C",
    Style.TAB_DELIMITED: "%09",
}


def scalar_text(value: JsonValue) -> str:
    """Return `value` as plain text: JSON's spelling for numbers and truth values, compact JSON for the rest."""
    if value is None:
        return ""
    return value if isinstance(value, str) else to_json(value, indent=False)


def encode(text: str, *, reserved: bool = False) -> str:
    """Percent-encode `text` for a query (RFC 3986 section 2.1); with `reserved`, RFC 3986's reserved stay."""
    return urllib.parse.quote(text, safe=_RESERVED if reserved else _READABLE)


def encode_segment(text: str) -> str:
    """Percent-encode `text` for a path segment: a slash or a question mark would end it."""
    return urllib.parse.quote(text, safe="-._~@")


def path_text(name: str, value: JsonValue, style: Style, *, explode: bool) -> str:
    """Return the percent-encoded text of a path parameter in style simple, label or matrix, or in one of 2.0's."""
    if style is Style.MATRIX:
        return _matrix(name, value, explode=explode)
    label = style is Style.LABEL
    delimiter = "." if label and explode else _DELIMITERS.get(style, ",")
    joined = _joined(value, delimiter, explode=explode, encoder=encode_segment)
    return f".{joined}" if label else joined


def _matrix(name: str, value: JsonValue, *, explode: bool) -> str:
    key = encode_segment(name)
    if explode and isinstance(value, list):
        return "".join(f";{key}={encode_segment(scalar_text(item))}" for item in value)
    if explode and isinstance(value, dict):
        return "".join(f";{encode_segment(k)}={encode_segment(scalar_text(v))}" for k, v in value.items())
    return f";{key}={_joined(value, ',', explode=False, encoder=encode_segment)}"


def header_text(value: JsonValue, style: Style, *, explode: bool) -> str:
    """Return the text of a header: nothing in it is encoded; 2.0 has delimiters of its own."""
    delimiter = urllib.parse.unquote(_DELIMITERS.get(style, ","))
    return _joined(value, delimiter, explode=explode, encoder=str)


def query_pairs(
    name: str, value: JsonValue, style: Style, *, explode: bool, reserved: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the percent-encoded names and values that a query parameter (or a form field) becomes."""

    def encoder(text: str) -> str:
        return encode(text, reserved=reserved)

    key = urllib.parse.quote(name, safe=_READABLE + "$")  # OData's names begin with it
    if style is Style.DEEP_OBJECT and isinstance(value, dict):
        return tuple(_deep(key, value, encoder))
    if explode and style in {Style.FORM, Style.COOKIE} and isinstance(value, list) and value:
        return tuple((key, encoder(scalar_text(item))) for item in value)
    if explode and style in {Style.FORM, Style.COOKIE} and isinstance(value, dict) and value:
        return tuple((encode(k), encoder(scalar_text(v))) for k, v in value.items())
    delimiter = _DELIMITERS.get(style, ",")
    return ((key, _joined(value, delimiter, explode=False, encoder=encoder)),)


def _deep(key: str, value: JsonValue, encoder: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of style deepObject; what is nested deeper, which the standard leaves open, in the same way."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _deep(f"{key}%5B{encode(name)}%5D", member, encoder)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(key, item, encoder)
    else:
        yield key, encoder(scalar_text(value))


def form_pairs(name: str, value: JsonValue, style: Style, *, explode: bool) -> tuple[tuple[str, str], ...]:
    """Return the names and values, not yet encoded, that a form field becomes."""
    pairs = query_pairs(name, value, style, explode=explode)
    return tuple((urllib.parse.unquote(key), urllib.parse.unquote(text)) for key, text in pairs)


def _joined(value: JsonValue, delimiter: str, *, explode: bool, encoder: Callable[[str], str]) -> str:
    if isinstance(value, list):
        return delimiter.join(encoder(scalar_text(item)) for item in value)
    if isinstance(value, dict):
        between = "=" if explode else delimiter
        return delimiter.join(f"{encoder(key)}{between}{encoder(scalar_text(item))}" for key, item in value.items())
    return encoder(scalar_text(value))
