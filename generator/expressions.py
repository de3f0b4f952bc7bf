"""Regular expressions of others: held against texts by an engine whose work is bounded, as JSON Schema's are."""

import functools
import re
import warnings
from typing import Any

MOST_BACKTRACKING = 20_000
"""How many steps the engine goes back until it gives up, and the text counts as another."""


def engine_options() -> Any:
    """Return what bounds the work of the engine that holds texts against patterns."""
    import jsonschema_rs

    return jsonschema_rs.FancyRegexOptions(backtrack_limit=MOST_BACKTRACKING)


def check_expression(pattern: str) -> None:
    """Raise ValueError, which says why, where `pattern` is no regular expression that the engine can read.

    Python is asked first: it says what is wrong, and where.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python may read otherwise
            re.compile(pattern)
    except re.error as error:
        raise ValueError(str(error)) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise ValueError("it is too large, or nested too deep") from error
    try:
        _validator(pattern)
    except ValueError as error:
        raise ValueError("it is too large, or has what JSON Schema's patterns (ECMA 262) have not") from error


def is_found(pattern: str, text: str) -> bool:
    """Tell whether `pattern`, which was checked, is found in `text`."""
    return bool(_validator(pattern).is_valid(text.encode(errors="replace").decode()))


@functools.cache
def _validator(pattern: str) -> Any:
    import jsonschema_rs

    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=engine_options())
    except jsonschema_rs.ValidationError as error:
        raise ValueError(str(error)) from error
