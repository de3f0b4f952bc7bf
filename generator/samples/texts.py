"""Text that people recognise: by format, then by the member's name. Reserved domains and numbers, fixed dates only."""

import re

FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T09:30:00Z",
    "time": "09:30:00Z",
    "duration": "P1D",
    "email": "jan.jansen@example.com",
    "idn-email": "jan.jansen@example.com",
    "hostname": "www.example.com",
    "idn-hostname": "www.example.com",
    "ipv4": "192.0.2.10",
    "ip": "192.0.2.10",
    "ipv6": "2001:db8::10",
    "uri": "https://www.example.com/resource",
    "url": "https://www.example.com/resource",
    "iri": "https://www.example.com/resource",
    "uri-reference": "/resource",
    "iri-reference": "/resource",
    "uri-template": "https://www.example.com/{id}",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "guid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "byte": "c2FtcGxl",
    "base64url": "c2FtcGxl",
    "binary": "sample",
    "password": "correct-horse-battery",
    "json-pointer": "/name",
    "relative-json-pointer": "0/name",
    "regex": "^[a-z]+$",
    "char": "a",
    "int32": "1",
    "int64": "1",
    "decimal": "10.50",
    "double": "10.5",
    "float": "10.5",
    "mac": "00:00:5e:00:53:01",
    "phone": "+31612345678",
}
"""A valid text for each format of the OpenAPI format registry and of JSON Schema 2020-12, section 7.3."""

_BY_NAME = (
    (r"e.?mail", "jan.jansen@example.com"),
    (r"msisdn|phone|mobile|telephone|fax", "+31612345678"),
    (r"first.?name|given.?name", "Jan"),
    (r"(last|family|sur).?name", "Jansen"),
    (r"(user|login).?name|^user$|^login$", "jan.jansen"),
    (r"full.?name|display.?name|contact.?name", "Jan Jansen"),
    (r"company|organi[sz]ation", "Example B.V."),
    (r"street|address.?line|^address", "Voorbeeldstraat 1"),
    (r"zip|post.?al.?code|post.?code", "1234 AB"),
    (r"city|town|municipality", "Amsterdam"),
    (r"country.?code|^country$", "NL"),
    (r"currency", "EUR"),
    (r"language|locale|^lang$", "nl"),
    (r"time.?zone", "Europe/Amsterdam"),
    (r"ipv6", "2001:db8::10"),
    (r"(^|_)ip($|.?addr)|ip.?address|ipv4", "192.0.2.10"),
    (r"mac.?addr", "00:00:5e:00:53:01"),
    (r"host.?name|^host$|domain", "www.example.com"),
    (r"callback|webhook|url$|uri$|^href$|^link$", "https://www.example.com/resource"),
    (r"date.?time|timestamp|created.?at|updated.?at|_at$", "2026-01-15T09:30:00Z"),
    (r"date$|^day$", "2026-01-15"),
    (r"time$", "09:30"),
    (r"uuid|guid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
    (r"colou?r", "blue"),
    (r"amount|price|total", "10.50"),
    (r"version", "1.0"),
    (r"(^|[_.-])id$|[a-z]Id$|^id$", "12345"),
    (r"code$", "A1"),
    (r"title|subject", "An example"),
    (r"message|text|body|comment|description|remark", "This is an example."),
    (r"name$", "Example"),
    (r"status|state", "active"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in _BY_NAME)


def named_text(name: str) -> str:
    """Return the text that fits a member called `name`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    for pattern, text in _COMPILED:
        if pattern.search(name) or pattern.search(spaced):
            return text
    return "example"


def fitted(text: str, shortest: int, longest: int) -> str:
    """Return `text` cut or repeated to `shortest` … `longest` characters."""
    if len(text) > longest:
        text = text[:longest].rstrip() or text[:longest]
    if len(text) < shortest:
        text = (text + "-") * (shortest // (len(text) + 1) + 1) if text else "a" * shortest
        text = text[:shortest]
        text = text[:-1] + "e" if text.endswith("-") else text
    return text
