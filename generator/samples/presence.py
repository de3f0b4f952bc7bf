"""Which members an object has: those that are required, those that others bring along, those that cannot be there."""

import itertools
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.json_values import JsonObject
from generator.samples.flat import declared_members, is_closed, member_schema, members_by_pattern
from generator.samples.patterns import pattern_text
from generator.samples.plan import Path, Plan
from generator.samples.texts import bounds, made_text, singular

_PLAIN_NAMES = 6
_OTHER_NAMES = ("other", "value", "Name", "_", "1", "x-")
_LETTERS = ("ABCDEFGH", "nopqrstu", "abcdefgh")
"""What further entries of a map are called, in case that the first names do not do."""


class Presence(Struct, frozen=True, kw_only=True):
    """The names of an object's members: `required` ones and, of the others, those `brought` along or `barred`.

    `dependent` tells which members each one brings along.
    """

    required: dict[str, None]
    brought: dict[str, None]
    barred: frozenset[str]
    dependent: dict[str, list[str]]


class Room:
    """How many more members an object may have; each has to come with those that it brings along."""

    def __init__(self, most: int, there: Presence) -> None:
        self._left = most - len(there.required)
        self._there = there
        self._kept: set[str] = set()
        self._gone: set[str] = set()

    def is_for(self, name: str) -> bool:
        """Tell whether the optional member `name` may be there; room is kept for it, and for those that it brings."""
        if name in self._kept or name in self._there.brought:
            return name in self._kept  # what nothing brings along that is there is not wanted
        further = {name}
        if name in self._there.dependent:
            further = {*_with_what_they_bring([name], self._there.dependent, frozenset())} - self._there.required.keys()
            further -= self._kept
        if len(further) > self._left or not further.isdisjoint(self._gone):
            return False
        self._left -= len(further)
        self._kept |= further
        return True

    def give_back(self, name: str) -> None:
        """Note that the member `name` cannot be there after all."""
        self._left += 1
        self._gone.add(name)
        self._kept.discard(name)

    def unmet(self) -> set[str]:
        """Return the members that need what cannot be there."""
        return _with_what_needs_them(self._gone, self._there.dependent) if self._gone else set()


def presence(node: JsonObject, path: Path, plan: Plan) -> Presence:
    """Return which members the object at `path` has, by its flat schema `node` and as `plan` says."""
    asked = node.get("required")
    named = dict.fromkeys(map(str, asked if isinstance(asked, list) else ()))
    named.update(dict.fromkeys(sorted(str(needed[-1]) for needed in plan.needed if needed[:-1] == path)))
    omitted = frozenset(str(left_out[-1]) for left_out in plan.omitted if left_out[:-1] == path)
    dependent = _dependent(node)
    required = _with_what_they_bring(named, dependent, omitted)
    optional = declared_members(node) if plan.extent.optional else {}
    barred: set[str] = set(omitted) | {
        name
        for name in (*optional, *(other for others in dependent.values() for other in others))
        if name not in required and member_schema(node, name) is False
    }
    barred = _with_what_needs_them(barred, dependent) - required.keys()
    there = dict.fromkeys([*required, *(name for name in optional if name not in barred)])
    brought = {name: None for name in _with_what_they_bring(there, dependent, omitted) if name not in required}
    return Presence(
        required=required,
        brought={name: None for name in brought if name not in there},
        barred=frozenset(barred),
        dependent=dependent,
    )


def _dependent(node: JsonObject) -> dict[str, list[str]]:
    """Return what the presence of members requires (2020-12, validation, 6.5.4)."""
    dependent = node.get("dependentRequired")
    return {
        name: [str(other) for other in others]
        for name, others in (dependent.items() if isinstance(dependent, dict) else ())
        if isinstance(others, list)
    }


def _with_what_they_bring(
    names: Iterable[str], dependent: dict[str, list[str]], omitted: frozenset[str]
) -> dict[str, None]:
    found = dict.fromkeys(names)
    waiting = list(found)
    while waiting:
        for other in dependent.get(waiting.pop(0), ()):
            if other not in found and other not in omitted:
                found[other] = None
                waiting.append(other)
    return found


def _with_what_needs_them(names: Iterable[str], dependent: dict[str, list[str]]) -> set[str]:
    found = set(names)
    waiting = list(found)
    while waiting:
        gone = waiting.pop()
        more = [name for name, others in dependent.items() if gone in others and name not in found]
        found.update(more)
        waiting += more
    return found


def entry_names(node: JsonObject, names: JsonObject, called: str) -> Iterator[str]:
    """Yield telling names for the entries of a map that is `called` so; `names` is what they must be."""
    given = node.get("x-additionalPropertiesName")
    telling = str(given) if isinstance(given, str) and given else singular(called) or "key"
    listed = names.get("enum", [names["const"]] if "const" in names else None)
    patterns = list(members_by_pattern(node))
    if isinstance(listed, list) and listed:
        yield from map(str, listed)
        return
    for number in itertools.count():
        if not (patterns and is_closed(node)):
            yield _plain_name(names, telling, number)
        if number >= _PLAIN_NAMES or is_closed(node):
            further = number if is_closed(node) else number - _PLAIN_NAMES
            yield from (_name_by_pattern(pattern, names, further) for pattern in patterns)
            yield from (letters[further % len(letters)] for letters in _LETTERS)


def _plain_name(names: JsonObject, telling: str, number: int) -> str:
    if names:
        return made_text(names, telling, number)
    if number >= _PLAIN_NAMES:
        return _OTHER_NAMES[number % len(_OTHER_NAMES)] + str(number)
    return telling if number == 0 else f"{telling}{number + 1}"


def _name_by_pattern(pattern: str, names: JsonObject, further: int) -> str:
    """Return a name by one of a map's patterns; each `further` one is longer, as far as there is one."""
    least, most = bounds(names, "Length")
    longest = min(most, 100)
    longer = pattern_text(pattern, least + further, longest)
    return longer or pattern_text(pattern, least, longest, further) or "key"


def not_allowed(path: Path) -> str:
    """Return why there is no value that lacks the member at `path`, nor one that has it."""
    *around, member = path
    where = f"at `{'/'.join(map(str, around))}`, " if around else ""
    return f"{where}the member `{member}` is required, and is not among those that are allowed"
