"""Text that people recognise: by format, then by the member's name, within lengths and patterns."""

import re
from functools import lru_cache

from generator.json_values import JsonObject
from generator.samples.composition import FORMATS
from generator.samples.formats import TEXTS
from generator.samples.patterns import matches, pattern_text, pattern_work

LONGEST = 262_144
"""No text is longer, whatever a schema asks for."""

_PHONES = ("+31600012345", "31600012345", "0600012345", "0031600012345", "600012345", "+447700900123", "447700900123")
"""Dutch in form, in a block that is assigned to nobody, and numbers that Ofcom keeps for fiction."""

_BY_NAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"e.?mail", TEXTS["email"]),
    (r"msisdn|phone|mobile(?!.*(app|device))|telephone|fax|cli$", _PHONES),
    (r"first.?name|given.?name|voornaam", ("Jan",)),
    (r"(last|family|sur).?name|achternaam", ("Jansen",)),
    (r"initials", ("J.",)),
    (r"(user|login).?name|^user$|^login$", ("jan.jansen", "janjansen")),
    (r"full.?name|display.?name|contact.?name|person.?name", ("Jan Jansen",)),
    (r"company|organi[sz]ation", ("Example B.V.", "Example")),
    (r"house.?n(umbe)?r$|house.?no$", ("1",)),
    (r"(house.?n(umbe)?r|number).?(addition|suffix|extension)|toevoeging", ("A",)),
    (r"street|address.?line|^address", ("Voorbeeldstraat 1", "Voorbeeldstraat")),
    (r"zip|post.?al.?code|post.?code", ("1234 AB", "1234AB", "1234")),
    (r"city|town|municipality", ("Amsterdam",)),
    (r"province|region$|^state.?(name|code)", ("Noord-Holland", "NH")),
    (r"country.?code|^country$", ("NL", "NLD", "Netherlands")),
    (r"currency", ("EUR", "978")),
    (r"language|locale|^lang$", ("nl", "nl-NL", "nld", "Dutch")),
    (r"time.?zone|^tz$", ("Europe/Amsterdam",)),
    (r"iban", ("NL00BANK0123456789",)),
    (r"lat(itude)?$", ("52.3676",)),
    (r"(lon|lng|long)(gitude)?$", ("4.9041",)),
    (r"ipv6", ("2001:db8::10",)),
    (r"(^|_)ip($|.?addr)|ip.?address|ipv4", ("192.0.2.10", "2001:db8::10")),
    (r"mac.?addr|^mac$", ("00:00:5e:00:53:01", "00-00-5E-00-53-01", "00005E005301")),
    (r"imei", ("490154203237518",)),
    (r"imsi", ("001010123456789",)),
    (r"iccid", ("8900000000000000000",)),
    (r"host.?name|^host$|domain", TEXTS["hostname"]),
    (r"callback|webhook|url$|uri$|^href$|^link$|website", TEXTS["uri"]),
    (r"date.?time|timestamp|created|updated|modified|expires|_at$|At$", TEXTS["date-time"]),
    (r"date$|^day$|date.?of|(?<=[a-z])Date|birth", ("2026-01-15", "20260115", "15-01-2026", "2026-01-15T09:30:00Z")),
    (r"time$", ("09:30", "09:30:00", "2026-01-15T09:30:00Z")),
    (r"duration", ("PT1H",)),
    (r"year$", ("2026",)),
    (r"uuid|guid", TEXTS["uuid"]),
    (r"colou?r", ("blue", "#0077cc")),
    (r"amount|price|total|balance|cost", ("10.50", "10")),
    (r"version", ("1.0", "1.0.0", "1")),
    (r"(mime|content|media).?type", ("application/json",)),
    (r"file.?name|^file$", ("example.txt",)),
    (r"(^|[_.-])ids?$|[a-z]Ids?$|^id$|identifier|number$|(^|[_.-])nr$", ("12345", "A12345", TEXTS["uuid"][0])),
    (r"code$", ("A1", "001")),
    (r"title|subject|^topic", ("An example", "Example")),
    (r"message|text|body|comment|description|remark|note|reason|detail", ("This is an example.", "Example")),
    (r"name$", ("Example", "example")),
    (r"status|state", ("active", "ACTIVE")),
    (r"token", ("abc123",)),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), texts) for pattern, texts in _BY_NAME)
_OTHERS = ("A", "2", "", "Another example")
"""What is tried where the text that comes to mind is not accepted."""

_ANYTHING = ("example", "Example", "1")


@lru_cache(maxsize=4096)
def named_texts(name: str) -> tuple[str, ...]:
    """Return texts that fit a member called `name`, the likeliest first."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    for pattern, texts in _COMPILED:
        if pattern.search(name) or pattern.search(spaced):
            return texts
    return _ANYTHING


def made_text(node: JsonObject, name: str, variant: int, *, alike: bool = False) -> str:
    """Return a text for the string schema `node` of the member `name`; each `variant` is another one.

    Those that are `alike` are numbered; the others differ in kind, so that one of them may be accepted.
    """
    shortest, longest = bounds(node, "Length")
    longest = min(longest, LONGEST)
    kind, pattern = node.get("format"), node.get("pattern")
    texts = TEXTS.get(str(kind), ())
    further = node.get(FORMATS)
    if texts and isinstance(further, list):
        texts = (*texts, *(text for name in further for text in TEXTS.get(str(name), ())))
    candidates = (*texts, *named_texts(name)) if isinstance(pattern, str) or not texts else texts
    if not texts and isinstance(node.get("contentMediaType"), str) and "json" in str(node["contentMediaType"]):
        candidates = ("{}",)
    fitting = [text for text in candidates if shortest <= len(text) <= longest]
    if isinstance(pattern, str):
        fitting = [text for text in fitting if matches(pattern, text)]
    if not texts and not isinstance(pattern, str):
        others = () if alike else _OTHERS
        fitting = [*fitting[:1], *(text for text in others if shortest <= len(text) <= longest)]
    if variant < len(fitting):
        return fitting[variant]
    if isinstance(pattern, str):
        text = pattern_text(pattern, min(shortest, LONGEST), longest, max(variant - len(fitting), 0))
        return text if text is not None else fitted((*fitting, *candidates)[0], shortest, longest)
    first = fitting[0] if fitting else _of_format(str(kind), candidates[0], shortest, longest)
    number = variant - max(len(fitting) - 1, 0)
    return first if number == 0 else fitted(varied(first, number, longest), shortest, longest)


def text_work(node: JsonObject) -> int:
    """Return how much work it was to make texts for the string schema `node`; one step for most."""
    shortest, longest = bounds(node, "Length")
    pattern = node.get("pattern")
    return pattern_work(pattern, min(shortest, LONGEST), min(longest, LONGEST)) if isinstance(pattern, str) else 1


def bounds(node: JsonObject, of: str) -> tuple[int, int]:
    """Return the values of `min…` and `max…`: of `Length`, `Items`, `Properties` or `Contains`."""
    low, high = node.get(f"min{of}"), node.get(f"max{of}")
    return (low if isinstance(low, int) else 0), (high if isinstance(high, int) else 10**9)


def varied(text: str, variant: int, longest: int) -> str:
    """Return another text of the same kind: its last number counted on, else a number put to its end or before `@`.

    What stands before the number is cut where it would be longer than `longest` characters.
    """
    runs = list(re.finditer(r"[0-9]+", text))
    if not runs:
        stem, at, domain = text.partition("@")
        number = str(variant + 1)
        return f"{stem[: max(longest - len(number + at + domain), 0)]}{number}{at}{domain}"
    last = runs[-1]
    counted = str(int(last[0][-9:]) + variant).zfill(len(last[0]))
    return text[: last.start()] + counted + text[last.end() :]


def _of_format(kind: str, text: str, shortest: int, longest: int) -> str:
    """Return a text of the format `kind` in lengths that its usual texts do not have."""
    missing = min(max(shortest - len(text), 0), LONGEST)
    if kind in {"byte", "base64url"}:
        return "YWFh" * (max(shortest + 3, 4) // 4 if shortest <= longest else 1)
    if kind in {"email", "idn-email"}:
        return "a" * missing + text if missing else "a@b.test"
    if kind in {"hostname", "idn-hostname"}:
        labels = ("a" * 30 + ".") * (missing // 31 + 1)
        return labels[-missing:] + text if missing else "a.test"
    if kind in {"uri", "url", "iri", "uri-reference", "iri-reference", "uri-template", "json-pointer"}:
        short = next((short for short in ("urn:a:b", "a:b", "a:", "/", "") if len(short) <= longest), "")
        return f"{text}/{'a' * (missing - 1)}" if missing > 1 else text + "a" * missing if missing else short
    return fitted(text, shortest, longest)


def fitted(text: str, shortest: int, longest: int) -> str:
    """Return `text` cut or repeated to `shortest` … `longest` characters."""
    shortest = min(shortest, LONGEST)
    if len(text) > longest:
        text = text[:longest].rstrip() or text[:longest]
    if len(text) < shortest:
        text = (text + "-") * (shortest // (len(text) + 1) + 1) if text else "a" * shortest
        text = text[:shortest]
        text = text[:-1] + "e" if text.endswith("-") else text
    return text


def singular(name: str) -> str:
    """Return what one of those is called that are called `name`."""
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) and len(name) > 2 else name
