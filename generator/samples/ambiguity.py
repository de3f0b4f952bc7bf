"""An example that several alternatives of a oneOf accept: what tells them apart and is as near to it as can be."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.json_values import JsonValue
from generator.samples.mending import at, copied, remove, replaced
from generator.samples.violations import Violation

_MOST_MEMBERS = 100
"""Of how many members each is added by itself, and left out by itself."""


def is_ambiguous(violation: Violation) -> bool:
    """Tell whether a value is refused since more than one alternative accepts it."""
    return bool(violation.accepting)


def told_apart(value: JsonValue, violation: Violation, alternatives: Sequence[JsonValue]) -> Iterator[JsonValue]:
    """Yield copies of `value` that an author may recognise, in which perhaps one alternative only accepts the part.

    `alternatives` are made values of those that accept it. Of those that know most of its members, one of theirs is
    added, or all of them; else one that they do not know is left out.
    """
    part: Any = at(value, violation.path)
    if not isinstance(part, dict):
        return
    known = [made for made in alternatives if isinstance(made, dict)]
    most = max((len(part.keys() & made.keys()) for made in known), default=0)
    nearest = [made for made in known if len(part.keys() & made.keys()) == most]
    for made in nearest:
        yield from completed(value, violation, made)
    for made in nearest:
        yield from _without_one(value, violation, [name for name in part if name not in made])


def forced_apart(value: JsonValue, violation: Violation, made: JsonValue) -> Iterator[JsonValue]:
    """Yield copies of `value` with what a valid value `made` has beside it in the part, else without one member."""
    yield from completed(value, violation, at(made, violation.path))
    part: Any = at(value, violation.path)
    yield from _without_one(value, violation, part if isinstance(part, dict) else ())


def completed(value: JsonValue, violation: Violation, made: JsonValue) -> Iterator[JsonValue]:
    """Yield copies of `value` whose offending part has one more member of `made`, at any depth; at last all of them."""
    lacking = list(_lacking(at(value, violation.path), made))
    for path, member in lacking[:_MOST_MEMBERS]:
        yield replaced(value, (*violation.path, *path), member)
    if len(lacking) > 1:
        whole = copied(value)
        for path, member in lacking:
            at(whole, (*violation.path, *path[:-1]))[path[-1]] = member
        yield whole


def _lacking(part: Any, made: Any) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    """Yield what `made` has and `part` has not, with the way there."""
    if isinstance(part, dict) and isinstance(made, dict):
        for name, member in made.items():
            if name not in part:
                yield (name,), member
            else:
                yield from (((name, *path), found) for path, found in _lacking(part[name], member))


def _without_one(value: JsonValue, violation: Violation, names: Iterable[str]) -> Iterator[JsonValue]:
    for name in list(names)[: -_MOST_MEMBERS - 1 : -1]:
        shorter = copied(value)
        remove(shorter, (*violation.path, name))
        yield shorter
