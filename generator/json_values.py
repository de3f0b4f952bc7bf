"""What JSON can hold, as types; JSON as text; JSON pointers (RFC 6901)."""

import json
from typing import Any, TypeAlias

import msgspec

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
"""A value as JSON knows it. Trees of these are shared between the stations and are never edited."""

JsonObject: TypeAlias = dict[str, "JsonValue"]

LONGEST_PATTERN = 5000
"""Longer patterns count as unreadable: engines take more than their share of time to compile them, up to minutes."""


def pointer_join(pointer: str, *tokens: str | int) -> str:
    """Return `pointer` lengthened by `tokens`, each escaped (RFC 6901, section 3)."""
    for token in tokens:
        text = str(token)
        if "~" in text or "/" in text:
            text = text.replace("~", "~0").replace("/", "~1")
        pointer = f"{pointer}/{text}"
    return pointer


def pointer_split(pointer: str) -> tuple[str, ...]:
    """Return the unescaped tokens of `pointer`; the empty pointer has none (RFC 6901, sections 3 and 4)."""
    if not pointer:
        return ()
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


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
