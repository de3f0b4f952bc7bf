"""Sample values and script literals as text, with what Postman would resolve kept out."""

import re

from generator.json_values import JsonValue, to_json
from generator.vocabulary import STEERING

_STEERING = re.compile(f"[{STEERING}]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def sample_json(value: JsonValue, *, indent: bool = True) -> str:
    r"""Return a sample value as JSON text in which Postman finds no variable: `{{` is written `\u007b\u007b`.

    Only text can hold `{{`: two objects never open side by side in JSON. What steers a terminal or turns the direction
    of writing is escaped, too.
    """
    text = to_json(value, indent=indent).replace("{{", "\\u007b\\u007b")
    return _STEERING.sub(_escaped, text)


def javascript_literal(value: JsonValue) -> str:
    r"""Return `value` as a JavaScript literal that is also safe inside a `<script>` element and in Postman's `{{}}`.

    JSON is JavaScript but for U+2028 and U+2029 (ECMA-262 before 2019), which no sample has; `<` is escaped so that no
    `</script>` arises.
    """
    return sample_json(value, indent=False).replace("<", "\\u003c")


def ascii_json(value: JsonValue, *, indent: bool) -> str:
    r"""Return a sample value as JSON text in ASCII, whatever code page it has to pass: other characters as `\uXXXX`."""
    text = sample_json(value, indent=indent)
    return text if text.isascii() else _NOT_ASCII.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index]:02x}{units[index + 1]:02x}" for index in range(0, len(units), 2))
