"""JSON as text: one way to write it, fast, with what Postman must not resolve kept out."""

import json
from typing import Any

from generator.json_values import JsonValue


def to_json(value: Any, *, indent: bool = True) -> str:
    """Return `value` as JSON text, keys in their order, indented by two spaces or on one line.

    `value` holds dicts with text keys, lists or tuples, and JSON's scalars. Non-ASCII stays as it is.
    orjson writes it where it can; integers over 64 bits and nesting over 254 levels are left to the standard library.
    """
    try:
        import orjson

        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0).decode()
    except (ImportError, TypeError, ValueError):
        separators = (",", ": ") if indent else (",", ":")
        return json.dumps(value, ensure_ascii=False, indent=2 if indent else None, separators=separators)


def sample_json(value: JsonValue, *, indent: bool = True) -> str:
    r"""Return a sample value as JSON text in which Postman finds no variable: `{{` is written `\u007b\u007b`.

    Only text can hold `{{`: two objects never open side by side in JSON.
    """
    return to_json(value, indent=indent).replace("{{", "\\u007b\\u007b")


def javascript_literal(value: JsonValue) -> str:
    r"""Return `value` as a JavaScript literal that is also safe inside a `<script>` element and in Postman's `{{}}`.

    JSON is JavaScript but for U+2028 and U+2029 (ECMA-262 before 2019); `<` is escaped so that no `</script>` arises.
    """
    text = sample_json(value, indent=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
