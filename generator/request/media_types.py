"""Media types: how each is written, and which of several is filled."""

import enum
import re
from functools import lru_cache

from generator.model import MediaType
from generator.vocabulary import FORM

_SEQUENCES = frozenset(
    {
        "application/jsonl", "application/x-ndjson", "application/ndjson", "application/json-seq",
        "application/x-jsonlines", "application/jsonlines", "text/csv", "text/event-stream",
    }
)  # fmt: skip
_TEXT = re.compile(r"text/.*|application/(yaml|x-yaml|graphql|javascript|sql|.*\+yaml)")
_RANGES = {
    "*/*": "application/json",
    "application/*": "application/json",
    "application/*+json": "application/json",
    "application/*+xml": "application/xml",
    "": "application/json",
    "text/*": "text/plain",
}
"""What is sent of a range; the two with a suffix are none of RFC 9110, but frameworks write them."""


class MediaKind(enum.Enum):
    """How a body of some media type is written; the order is the order of preference."""

    JSON = 0
    FORM = 1
    MULTIPART = 2
    SEQUENCE = 3
    XML = 4
    TEXT = 5
    FILE = 6


@lru_cache(maxsize=1024)
def media_kind(name: str) -> MediaKind:
    """Return how a body of media type `name` is written."""
    kind = essence(name)
    if kind in _SEQUENCES or kind.endswith("+json-seq"):
        return MediaKind.SEQUENCE
    kind = _RANGES.get(kind, kind)
    if "json" in kind:
        return MediaKind.JSON
    if kind == FORM:
        return MediaKind.FORM
    if kind.startswith("multipart/"):
        return MediaKind.MULTIPART
    if kind in {"application/xml", "text/xml"} or kind.endswith("+xml"):
        return MediaKind.XML
    return MediaKind.TEXT if _TEXT.fullmatch(kind) else MediaKind.FILE


def essence(name: str) -> str:
    """Return a media type without its parameters (RFC 9110, 8.3.1)."""
    return name.partition(";")[0].strip().lower()


@lru_cache(maxsize=1024)
def acceptable_name(name: str) -> str:
    """Return `name` as the header Accept can carry it, be it a range (RFC 9110, 12.5.1)."""
    clean = "".join(character for character in name if " " <= character <= "~" and character not in "{}").strip()
    return clean or "*/*"


def sendable_name(name: str) -> str:
    """Return `name` as Content-Type can carry it; of a range, the commonest member."""
    clean = acceptable_name(name)
    return _RANGES.get(clean, "application/octet-stream" if "*" in clean else clean)


def preferred(media_types: tuple[MediaType, ...]) -> MediaType | None:
    """Return the media type that can be filled best: JSON, then forms, then other text, then files.

    Of each kind, ranges come last, as what is sent of one is a guess, and so does JSON Patch (RFC 6902): frameworks
    offer it for all that is JSON, though it is a list of changes.
    """

    def rank(media_type: MediaType) -> tuple[int, bool]:
        return media_kind(media_type.name).value, "*" in media_type.name or "json-patch" in media_type.name.lower()

    return min(media_types, key=rank, default=None)


def file_suffix(name: str) -> str:
    """Return the usual ending of a file of media type `name`."""
    subtype = re.sub(r"[^a-z0-9]", "", name.partition(";")[0].rpartition("/")[2].lower())
    return ".bin" if subtype in {"octetstream", ""} else f".{subtype}"
