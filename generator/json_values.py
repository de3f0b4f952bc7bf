"""What JSON can hold, as types, and JSON pointers (RFC 6901) into it."""

from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
"""A value as JSON knows it. Trees of these are shared between the stations and are never edited."""

JsonObject: TypeAlias = "dict[str, JsonValue]"


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
