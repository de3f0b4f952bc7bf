"""From a sample that violates its schema to the plan for the next one, driven by what the validator says."""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.samples.plan import Made, Path, Plan
from generator.samples.verify import Violation

_MOST_POSSIBILITIES = 12
"""How many possibilities of one place are tried at most."""

_TOO_MUCH = frozenset(
    {"not", "maxProperties", "oneOf", "propertyNames", "unevaluatedProperties", "additionalProperties"}
)
"""What may be mended by leaving out a member of the object that offends."""


def next_plan(plan: Plan, made: Made, violation: Violation) -> Plan | None:
    """Return how to make the next sample; None where nothing is left to try."""
    named = frozenset((*violation.path, name) for name in violation.names)
    if violation.keyword == "required" and named - plan.needed:
        return replace(plan, needed=plan.needed | named, omitted=plan.omitted - named)
    if violation.keyword != "required" and named - plan.omitted:
        return replace(plan, omitted=plan.omitted | named, needed=plan.needed - named)
    for length in range(len(violation.path), -1, -1):
        place = violation.path[:length]
        changed = _elsewhere(plan, made, place)
        if changed is None and (length == len(violation.path) and violation.keyword in _TOO_MUCH):
            changed = _without_a_member(plan, made, place)
        if changed is not None:
            return changed
    return None


def _elsewhere(plan: Plan, made: Made, place: Path) -> Plan | None:
    """Return the plan with the next possibility at `place`, at last without it where it need not be there."""
    point = made.points.get(place)
    if point is None or place in plan.omitted:
        return None
    following = plan.choices.get(place, 0) + 1
    if following < min(point.possibilities, _MOST_POSSIBILITIES):
        return replace(plan, choices={**_outside(plan.choices, place), place: following})
    if point.optional and place not in plan.needed:
        return replace(plan, choices=_outside(plan.choices, place), omitted=plan.omitted | {place})
    return None


def _outside(choices: Mapping[Path, int], place: Path) -> dict[Path, int]:
    """Return the choices that are not made at `place` or within it."""
    return {path: choice for path, choice in choices.items() if path[: len(place)] != place}


def _without_a_member(plan: Plan, made: Made, place: Path) -> Plan | None:
    """Return the plan without the last optional member of the object at `place`."""
    members = [
        path
        for path, point in made.points.items()
        if point.optional and path[:-1] == place and path not in plan.omitted and path not in plan.needed
    ]
    return replace(plan, omitted=plan.omitted | {members[-1]}) if members else None
