"""Numbers within bounds."""

import math
import re
from fractions import Fraction
from functools import lru_cache

from generator.json_values import JsonObject, JsonValue
from generator.samples.formats import WHOLE_NUMBERS

_BY_NAME = (
    (r"lat(itude)?$", Fraction("52.37")),
    (r"(lon|lng|long)(gitude)?$", Fraction("4.89")),
    (r"amount|price|total", Fraction("10.5")),
    (r"limit|size|count|quantity|per.?page", Fraction(10)),
    (r"year", Fraction(2026)),
    (r"port$", Fraction(8080)),
)
_LARGEST = 10**15
_FAR = 64
"""Bounds that are further apart leave room for steps of one half."""

_LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})


@lru_cache(maxsize=4096)
def _named(name: str) -> Fraction:
    return next((value for pattern, value in _BY_NAME if re.search(pattern, name, re.IGNORECASE)), Fraction(1))


def made_number(node: JsonObject, name: str, variant: int, *, integer: bool) -> int | float:
    """Return a number that `node`'s bounds and `multipleOf` allow, near what its member's name suggests.

    Each `variant` is another one, as far as the bounds have room.
    """
    if not _LIMITS & node.keys() and str(node.get("format")) not in WHOLE_NUMBERS:
        wanted = _named(name) + (variant if integer else Fraction(variant, 2))
        return int(wanted) if integer or wanted.denominator == 1 else float(wanted)
    low, high = _bounds(node, integer=integer)
    step = _fraction(node.get("multipleOf")) or Fraction(0)
    if integer:
        step = Fraction(step.numerator) if step else Fraction(1)
    value = _within(_named(name), low, high)
    if step:
        value = _on_grid(value, step, low, high)
        if _excluded(node, value):
            value += step if value == low else -step
    elif low is not None and high is not None and value in {low, high}:
        value = (low + high) / 2 if _excluded(node, value) else value
    elif _excluded(node, value):
        value += 1 if value == low else -1
    value = _moved(value, variant, step, low, high)
    if integer or value.denominator == 1:
        return int(value)
    return float(value)


def _within(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    value = value if low is None or value >= low else low
    return value if high is None or value <= high else high


def _moved(value: Fraction, variant: int, step: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """Return `value` moved `variant` steps up, or down where there is no room; it stays where there is none at all."""
    if not variant:
        return value
    stride = step or (Fraction(1, 2) if low is None or high is None or high - low > _FAR else (high - low) / 64)
    for moved in (value + variant * stride, value - variant * stride):
        if (low is None or moved >= low) and (high is None or moved <= high):
            return moved
    return value


def _on_grid(value: Fraction, step: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    on_grid = math.floor(value / step) * step
    if low is not None and on_grid < low:
        on_grid = math.ceil(low / step) * step
    if high is not None and on_grid > high:
        on_grid = math.floor(high / step) * step
    return on_grid


def _bounds(node: JsonObject, *, integer: bool) -> tuple[Fraction | None, Fraction | None]:
    """Return the inclusive bounds; for integers exclusive ones are moved by one."""
    declared_range = WHOLE_NUMBERS.get(str(node.get("format")), (None, None))
    lows = [_fraction(node.get("minimum")), _exclusive(node.get("exclusiveMinimum"), 1, integer=integer)]
    highs = [_fraction(node.get("maximum")), _exclusive(node.get("exclusiveMaximum"), -1, integer=integer)]
    low = max((bound for bound in (*lows, _fraction(declared_range[0])) if bound is not None), default=None)
    high = min((bound for bound in (*highs, _fraction(declared_range[1])) if bound is not None), default=None)
    if integer:
        low = None if low is None else Fraction(math.ceil(low))
        high = None if high is None else Fraction(math.floor(high))
    return low, high


def _exclusive(bound: JsonValue, toward: int, *, integer: bool) -> Fraction | None:
    value = _fraction(bound)
    if value is None or not integer:
        return value
    return Fraction(math.floor(value) + 1) if toward > 0 else Fraction(math.ceil(value) - 1)


def _excluded(node: JsonObject, value: Fraction) -> bool:
    return value in {_fraction(node.get("exclusiveMinimum")), _fraction(node.get("exclusiveMaximum"))}


def _fraction(value: JsonValue) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST**2:
        return None
    return Fraction(str(value)) if math.isfinite(value) else None
