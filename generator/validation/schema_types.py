"""Types of JSON Schema, and patterns, as rules ask for them."""

from functools import cache

from generator.json_values import JsonObject, JsonValue


def allows(schema: JsonObject, value: JsonValue) -> bool:
    """Tell whether `value` is of a type that `schema` names beside it; without a type everything is."""
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if value is None and (schema.get("nullable") is True or schema.get("x-nullable") is True):
        return True
    return any(_is(value, each) for each in kinds)


def type_words(schema: JsonObject) -> str:
    """Return the type that `schema` names, for a message."""
    kind = schema.get("type")
    return " or ".join(f"`{each}`" for each in (kind if isinstance(kind, list) else [kind]))


def _is(value: JsonValue, kind: JsonValue) -> bool:
    if isinstance(value, bool):
        return kind == "boolean" or str(kind) not in _TYPES
    if kind == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    python = _TYPES.get(str(kind))
    return python is None or isinstance(value, python)


_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip


@cache
def is_readable_pattern(pattern: str) -> bool:
    """Tell whether an engine for ECMA-262 patterns can compile `pattern`."""
    import jsonschema_rs

    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
