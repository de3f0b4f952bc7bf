"""From a sample that violates its schema to the plan for the next one, driven by what the validator says."""

import itertools
import zlib
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.samples.plan import Path, Plan, Point, are_nested
from generator.samples.violations import Violation

_MOST_POSSIBILITIES = 36
"""How many possibilities of one place are tried at most."""

_FEW = 4
"""How many are where that is one of several alternatives, of which another may be the right one."""

_MOST_AT_ONCE = 20
"""How many violations are answered by one plan."""

Points = Mapping[Path, Point]
"""The points that were passed by any of the samples so far."""


def gathered(known: Points, made: Points) -> Points:
    """Return the points of both; at each, the most possibilities that were met."""
    both = {
        path: Point(
            possibilities=max(point.possibilities, known[path].possibilities),
            optional=point.optional or known[path].optional,
        )
        if path in known
        else point
        for path, point in made.items()
    }
    return {**known, **both}


def next_plan(plan: Plan, points: Points, violations: Sequence[Violation]) -> Plan | None:
    """Return how to make the next sample; None where nothing is left to try. What offends apart is changed at once."""
    changed = _changed(plan, points, violations[0])
    if changed is None:
        return None
    apart = [violations[0].path]
    for violation in violations[1:_MOST_AT_ONCE]:
        if not any(are_nested(violation.path, path) for path in apart):
            apart.append(violation.path)
            changed = _changed(changed, points, violation) or changed
    return changed


def _changed(plan: Plan, points: Points, violation: Violation) -> Plan | None:
    """Return the plan with another choice where something offends; None where nothing is left to try."""
    named = frozenset((*violation.path, name) for name in violation.names)
    if violation.keyword == "required" and named - plan.needed:
        return replace(plan, needed=plan.needed | named, omitted=plan.omitted - named)
    if violation.keyword != "required" and named - plan.omitted:
        return replace(plan, omitted=plan.omitted | named, needed=plan.needed - named)
    if violation.keyword == "contains":
        changed = _elsewhere(plan, points, violation.path) or _within(plan, points, violation.path)
        if changed is not None:
            return changed
    bringing = _bringing(plan, points, violation)
    for length in range(len(violation.path), -1, -1):
        place = violation.path[:length]
        is_whole = length <= len(violation.whole) and bringing is None
        changed = _elsewhere(plan, points, place, _MOST_POSSIBILITIES if is_whole else _FEW)
        if changed is None and bringing is not None:
            return replace(plan, omitted=plan.omitted | {bringing})
        if changed is None and length == len(violation.path):
            changed = _without_a_member(plan, points, place)
        if changed is not None:
            return changed
    return _within(plan, points, violation.path)


def _bringing(plan: Plan, points: Points, violation: Violation) -> Path | None:
    """Return the optional member whose presence brings the schema that is violated (2020-12, core, 10.2.2.4)."""
    for keyword, name in itertools.pairwise(violation.rule):
        if keyword == "dependentSchemas":
            places = ((*violation.path[:length], name) for length in range(len(violation.path), -1, -1))
            for place in places:
                if place in points and points[place].optional and place not in plan.omitted | plan.needed:
                    return place
    return None


def elsewhere(plan: Plan, points: Points, number: int) -> Plan:
    """Return a plan that begins anew at places which have not been looked at; each `number` gives other ones."""
    drawn = {
        path: zlib.crc32(f"{number} {path}".encode()) % point.possibilities
        for path, point in points.items()
        if point.possibilities > 1
    }
    return Plan(extent=plan.extent, choices=drawn)


def _within(plan: Plan, points: Points, place: Path) -> Plan | None:
    """Return the plan with the next possibility somewhere within `place`: what offends as a whole is made of parts."""
    for path in points:
        if len(path) > len(place) and path[: len(place)] == place:
            changed = _elsewhere(plan, points, path)
            if changed is not None:
                return changed
    return None


def _elsewhere(plan: Plan, points: Points, place: Path, most: int = _MOST_POSSIBILITIES) -> Plan | None:
    """Return the plan with the next possibility at `place`, at last without it where it need not be there."""
    point = points.get(place)
    if point is None or place in plan.omitted:
        return None
    following = plan.choices.get(place, 0) + 1
    if following < min(point.possibilities, most):
        other = _without_what_is_at(plan, place)
        return replace(other, choices={**other.choices, place: following})
    if point.optional and place not in plan.needed:
        other = _without_what_is_at(plan, place)
        return replace(other, omitted=other.omitted | {place})
    return None


def _without_what_is_at(plan: Plan, place: Path) -> Plan:
    """Return the plan without what it says of `place` and of what is within it: that was of another value there."""
    return replace(
        plan,
        choices={path: choice for path, choice in plan.choices.items() if path[: len(place)] != place},
        omitted=frozenset(path for path in plan.omitted if len(path) <= len(place) or path[: len(place)] != place),
        needed=frozenset(path for path in plan.needed if len(path) <= len(place) or path[: len(place)] != place),
    )


def _without_a_member(plan: Plan, points: Points, place: Path) -> Plan | None:
    """Return the plan without the last optional member of the object at `place`."""
    members = [
        path
        for path, point in points.items()
        if point.optional and path[:-1] == place and path not in plan.omitted and path not in plan.needed
    ]
    return replace(plan, omitted=plan.omitted | {members[-1]}) if members else None
