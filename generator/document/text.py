"""A source's bytes as text, and its YAML events."""

import codecs
import re
from typing import Any

from generator.findings import Finding, Place, Position, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HALF_PAIR = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def decode(content: bytes) -> str:
    """Return `content` as text: UTF-8, or what its byte order mark names. Raises UnicodeDecodeError."""
    return content.decode(_encoding(content))


def as_utf8(content: bytes) -> bytes:
    """Return `content` in UTF-8 without a byte order mark; what cannot be decoded is replaced."""
    encoding = _encoding(content)
    if encoding == "utf-8-sig":
        return content.removeprefix(codecs.BOM_UTF8)
    return content if encoding == "utf-8" else content.decode(encoding, "replace").encode()


def _encoding(content: bytes) -> str:
    """Return the name of the encoding that the byte order mark says; UTF-8 where there is none."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")


def undecodable(uri: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    """Return the finding for bytes that are no text."""
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = error.start - (before.rfind(b"\n") + 1) + 1
    encoding = _encoding(content)
    marked = encoding.startswith(("utf-16", "utf-32"))
    name = encoding.upper()
    return Finding(
        rule="text-encoding",
        severity=Severity.ERROR,
        message=f"The file begins with the mark of {name}, and what stands here is not {name}."
        if marked
        else f"The byte 0x{content[error.start]:02x} is not UTF-8.",
        why="YAML and JSON are written in UTF-8 (RFC 8259, 8.1; YAML 1.2, 5.2).",
        hint="Save the file as UTF-8" + ("." if marked else "; it looks like another encoding, such as Windows-1252."),
        place=Place(uri, ""),
        position=Position(line, column),
    )


def half_pair(uri: str, pointer: str) -> Finding:
    """Return the finding for half of a surrogate pair, which only an escape in JSON can be."""
    return Finding(
        rule="text-encoding",
        severity=Severity.WARNING,
        message="Half of a surrogate pair, such as `\\ud800`, is no character; U+FFFD takes its place.",
        why="It cannot be written in UTF-8 (RFC 8259, 8.2; RFC 3629, 3).",
        hint="Write both halves, or the character itself.",
        place=Place(uri, pointer),
    )


def yaml_parser(text: str) -> Any:
    """Return PyYAML's parser over `text`: libyaml's where it is there, else the one in Python; same events.

    Its `get_event()` returns the next event, and None after the last.
    """
    import yaml

    if yaml.__with_libyaml__:
        return yaml.CLoader(text)
    return yaml.Loader(text)


def join_surrogates(text: str) -> str:
    r"""Return `text` with each pair of escapes such as `\ud83d\ude00`, legal in JSON only, as the character itself."""

    def character(match: re.Match[str]) -> str:
        high, low = int(match[1], 16), int(match[2], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return _SURROGATES.sub(character, text)
