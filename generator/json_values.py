"""What JSON can hold, as types; JSON as text; JSON pointers (RFC 6901)."""

import json
from typing import Any, TypeAlias

import msgspec

from generator.findings import UnreadableInputError

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
"""A value as JSON knows it. Trees of these are shared between the stations and are never edited."""

JsonObject: TypeAlias = dict[str, "JsonValue"]

LONGEST_POINTER = 4096
"""No name of a place in a document is longer: it is written out for all that lies below."""


class LongPointerError(UnreadableInputError):
    """The names on the way to a place of a document are longer together than any description's are."""

    def __init__(self, pointer: str) -> None:
        super().__init__(
            f"the names on the way to `{pointer[:60]}…` are longer than {LONGEST_POINTER:,} characters together, which "
            "could exhaust the machine. Shorten them, or move inner parts to components."
        )


def pointer_join(pointer: str, *tokens: str | int) -> str:
    """Return `pointer` lengthened by `tokens`, each escaped (RFC 6901, section 3).

    Raises LongPointerError where it becomes longer than LONGEST_POINTER.
    """
    for token in tokens:
        text = str(token)
        if "~" in text or "/" in text:
            text = text.replace("~", "~0").replace("/", "~1")
        pointer = f"{pointer}/{text}"
    if len(pointer) > LONGEST_POINTER:
        raise LongPointerError(pointer)
    return pointer


def pointer_split(pointer: str) -> tuple[str, ...]:
    """Return the unescaped tokens of `pointer`; the empty pointer has none (RFC 6901, sections 3 and 4)."""
    if not pointer:
        return ()
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def child_at(node: JsonValue, token: str) -> JsonValue:
    """Return the member or item of `node` that a token of a pointer names; None where there is none."""
    if isinstance(node, dict):
        return node.get(token)
    if isinstance(node, list) and token.isdecimal() and int(token) < len(node):
        return node[int(token)]
    return None


def to_json(value: Any, *, indent: bool = True) -> str:
    """Return `value` as JSON text, keys in their order, indented by two spaces or on one line.

    `value` holds dicts with text keys, lists or tuples, and JSON's scalars. Non-ASCII stays as it is.
    What is nested too deeply for msgspec is left to the standard library.
    """
    try:
        text = msgspec.json.encode(value)
        return (msgspec.json.format(text, indent=2) if indent else text).decode()
    except (RecursionError, UnicodeEncodeError):
        separators = (",", ": ") if indent else (",", ":")
        return json.dumps(value, ensure_ascii=False, indent=2 if indent else None, separators=separators)
