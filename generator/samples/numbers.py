"""Numbers within bounds."""

import math
import re
from fractions import Fraction

from generator.json_values import JsonObject, JsonValue

_BY_NAME = (
    (r"lat(itude)?$", Fraction("52.37")),
    (r"(lon|lng|long)(gitude)?$", Fraction("4.89")),
    (r"amount|price|total", Fraction("10.5")),
    (r"limit|size|count|quantity|per.?page", Fraction(10)),
    (r"year", Fraction(2026)),
    (r"port$", Fraction(8080)),
)
_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_LARGEST = 10**15


def made_number(node: JsonObject, name: str, *, integer: bool) -> JsonValue:
    """Return a number that `node`'s bounds and `multipleOf` allow, near what its member's name suggests."""
    low, high = _bounds(node, integer=integer)
    step = _fraction(node.get("multipleOf")) or Fraction(0)
    if integer:
        step = Fraction(math.lcm(step.numerator, 1)) if step else Fraction(1)
    wanted = next((value for pattern, value in _BY_NAME if re.search(pattern, name, re.IGNORECASE)), Fraction(1))
    value = wanted if low is None or wanted >= low else low
    value = value if high is None or value <= high else high
    if step:
        value = _on_grid(value, step, low, high)
    elif low is not None and high is not None and value in {low, high}:
        value = (low + high) / 2 if _excluded(node, value) else value
    elif _excluded(node, value):
        value += 1 if value == low else -1
    if integer or value.denominator == 1:
        return int(value)
    return float(value)


def _on_grid(value: Fraction, step: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    on_grid = math.floor(value / step) * step
    if low is not None and on_grid < low:
        on_grid = math.ceil(low / step) * step
    if high is not None and on_grid > high:
        on_grid = math.floor(high / step) * step
    return on_grid


def _bounds(node: JsonObject, *, integer: bool) -> tuple[Fraction | None, Fraction | None]:
    """Return the inclusive bounds; for integers exclusive ones are moved by one."""
    declared_range = _RANGES.get(str(node.get("format")), (None, None))
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
