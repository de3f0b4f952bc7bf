"""The formats of OpenAPI's registry and of JSON Schema 2020-12, section 7.3: a text for each, and checks.

Only reserved domains and addresses (RFC 2606, RFC 5737, RFC 3849, RFC 7042), and dates that stand still.
"""

import re
from collections.abc import Callable

_EMAIL = "jan.jansen@example.com"
_HOST = "www.example.com"
_ADDRESS = "https://www.example.com/resource"
_UUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

TEXTS: dict[str, tuple[str, ...]] = {
    "date": ("2026-01-15",),
    "date-time": ("2026-01-15T09:30:00Z", "2026-01-15T09:30:00.000Z"),
    "date-time-local": ("2026-01-15T09:30:00",),
    "time": ("09:30:00Z",),
    "time-local": ("09:30:00",),
    "duration": ("P1D", "PT1H30M"),
    "http-date": ("Thu, 15 Jan 2026 09:30:00 GMT",),
    "email": (_EMAIL, "a@example.com"),
    "idn-email": (_EMAIL, "a@example.com"),
    "hostname": (_HOST, "example.com"),
    "idn-hostname": (_HOST, "example.com"),
    "ipv4": ("192.0.2.10",),
    "ip": ("192.0.2.10",),
    "ipv6": ("2001:db8::10",),
    "uri": (_ADDRESS, "https://example.com", "urn:example:1"),
    "url": (_ADDRESS, "https://example.com"),
    "iri": (_ADDRESS, "https://example.com"),
    "uri-reference": ("/resource", _ADDRESS),
    "iri-reference": ("/resource", _ADDRESS),
    "uri-template": ("https://www.example.com/{id}", "/{id}"),
    "uuid": (_UUID,),
    "guid": (_UUID,),
    "byte": ("c2FtcGxl",),
    "base64url": ("c2FtcGxl",),
    "binary": ("sample",),
    "char": ("a", "b", "1", "("),
    "password": ("correct-horse-battery", "Correct-h0rse", "P4ssword"),
    "json-pointer": ("/name",),
    "relative-json-pointer": ("0/name",),
    "regex": ("^[a-z]+$",),
    "commonmark": ("An *example*.",),
    "html": ("<p>An example</p>",),
    "media-range": ("application/json",),
    "decimal": ("10.50",),
    "decimal128": ("10.50",),
    "double": ("10.5",),
    "float": ("10.5",),
    "int32": ("1",),
    "int64": ("1",),
    "mac": ("00:00:5e:00:53:01",),
    "phone": ("+447700900123",),
}
"""Texts that are valid for each format, the first one preferred; several where lengths and patterns may differ."""

WHOLE_NUMBERS = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
    "double-int": (-(2**53) + 1, 2**53 - 1),
}
"""The least and the greatest value of each format of whole numbers."""


def _matching(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: not isinstance(value, str) or compiled.fullmatch(value) is not None


CHECKS: dict[str, Callable[[object], bool]] = {
    "byte": _matching(r"\s*(?:(?:[A-Za-z0-9+/]\s*){4})*(?:(?:[A-Za-z0-9+/]\s*){2}==|(?:[A-Za-z0-9+/]\s*){3}=)?\s*"),
    "base64url": _matching(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?"),
    "char": _matching(r"(?s:.)"),
}
"""Checks of the formats of text that JSON Schema's own do not have; those of numbers are bounds, which readers add."""
