"""Whether a value is valid, by another validator than the product's."""

import base64
import json
from functools import lru_cache
from typing import Any

import jsonschema

FORMATS = jsonschema.FormatChecker(())
FORMATS.checkers = dict(jsonschema.Draft202012Validator.FORMAT_CHECKER.checkers)


@FORMATS.checks("char")
def _is_char(value):
    return not isinstance(value, str) or len(value) == 1


@FORMATS.checks("byte", ValueError)
def _is_base64(value):
    return not isinstance(value, str) or base64.b64decode(value, validate=True) is not None


@FORMATS.checks("int32")
def _is_int32(value):
    return not isinstance(value, int) or -(2**31) <= value < 2**31


def is_valid(node: Any, value: Any) -> bool:
    """Tell whether `value` satisfies the schema `node`, formats included."""
    if isinstance(value, str):
        return _is_valid_text(json.dumps(node), value)
    return bool(_validator(json.dumps(node)).is_valid(value))


@lru_cache(maxsize=100_000)
def _is_valid_text(node: str, value: str) -> bool:
    return bool(_validator(node).is_valid(value))


@lru_cache(maxsize=10_000)
def _validator(node: str) -> Any:
    return jsonschema.Draft202012Validator(json.loads(node), format_checker=FORMATS)
