"""Whether any value satisfies a schema: all the ways in which one could are searched, as in an analytic tableau.

It knows the schemas of `tests.samples.schemas`: their names, patterns and ranges of numbers. Where it finds no value
and has left nothing out, there is none.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from generator.samples.formats import TEXTS
from tests.samples.texts import some_texts
from tests.samples.validity import is_valid

MANY = 9
"""So many values of a schema are as good as all: no array of the random schemas needs more different ones."""

_MOST_STEPS = 20_000

Literal = tuple[Any, bool]
"""A schema, and whether a value satisfies it or does not."""

Atom = tuple[str, Any, bool]
"""A keyword, the schema object that has it, and whether that is satisfied; `present` has a member's name instead."""

Part = list[Literal | Atom]
"""What has to be so, together."""

_DOUBT = object()
"""Stands among values that were found where there may be others."""

_NUMBERS = [number for whole in range(421) for number in (whole, -whole)]
_NUMBERS += [number / 8 for number in range(-800, 800) if number % 8]
"""Bounds are less than 60, multiples of quarters, 1, 2, 3, 5 and 7: these numbers stand for all others."""

_NAMES = [chr(code) for code in range(ord("A"), ord("z") + 1)] + [*"0123456789-", ""]
_NAMES += [
    start + middle + end + last
    for start in ("a", "k", "n", "z", "A", "x-", "1", "_")
    for middle in ("", "b", "1", "bbbbbbbbbbbb", "b-1bbbbbbbbbb")
    for end in "befgh"
    for last in ("", "d")
]
"""Names of every kind that the patterns and lengths tell apart, as many as an object may need."""

_OF_KIND = {
    "string": {"pattern", "minLength", "maxLength", "format"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"},
    "object": {
        "properties", "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties",
    },
}  # fmt: skip


_DEPENDS_ON = {
    "items": ("prefixItems",),
    "contains": ("minContains",),
    "additionalProperties": ("properties", "patternProperties"),
}


class TooLongError(Exception):
    """The search takes more steps than it may."""


class Solver:
    """Searches for the values of one schema; what was found for its parts is kept."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[Any], bool]] = {}
        self._steps = 0

    def values(self, *goal: Literal) -> tuple[list[Any], bool]:
        """Return values that are as `goal` says, MANY at most, and whether it is certain that there are no others.

        Raises TooLongError.
        """
        key = _text(sorted(map(_text, goal)))
        if key not in self._known:
            self._spend(10)
            found: dict[str, Any] = {}
            certain = True
            for value in itertools.chain(_scalars(goal), self._texts(goal), self._arrays(goal), self._objects(goal)):
                if value is _DOUBT:
                    certain = False
                elif _text(value) not in found and _satisfies(value, goal):
                    found[_text(value)] = value
                    if len(found) == MANY:
                        break
            self._known[key] = ([*found.values()], certain)
        return self._known[key]

    def _spend(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > _MOST_STEPS:
            raise TooLongError

    def _ways(self, goal: Iterable[Literal], kind: str) -> Iterator[list[Atom]]:
        """Yield each way to what is asked of a value of `kind`, as atoms that are to hold together."""
        if _allows(goal, kind):
            yield from self._searched(list(goal), [], {}, kind)

    def _searched(
        self, waiting: Part, clauses: list[list[Part]], known: dict[str, tuple[Any, bool]], kind: str
    ) -> Iterator[list[Atom]]:
        """Yield the ways to what is `waiting` and to one part of each of the `clauses`, with all that is `known`."""
        waiting, clauses, known = [*waiting], [*clauses], {**known}
        while waiting or any(len(parts) == 1 for parts in clauses):
            self._spend()
            while waiting:
                said = waiting.pop()
                key, sign = _text(said[:-1]), said[-1]
                if key in known and known[key][1] is not sign:
                    return
                if key not in known:
                    known[key] = (said, bool(sign))
                    clauses += _clauses(said[0], bool(sign), kind) if len(said) == 2 else []
            if not all(clauses):
                return
            waiting = [said for parts in clauses if len(parts) == 1 for said in parts[0]]
            clauses = [parts for parts in clauses if len(parts) > 1]
        if not clauses:
            yield [said for said, _ in known.values() if len(said) == 3]
            return
        shortest = min(clauses, key=len)
        for part in shortest:
            yield from self._searched(part, [one for one in clauses if one is not shortest], known, kind)

    def _texts(self, goal: tuple[Literal, ...]) -> Iterator[Any]:
        if not _allows(goal, "string"):
            return
        yield from (text for texts in TEXTS.values() for text in texts)
        for atoms in self._ways(goal, "string"):
            texts, are_all = some_texts(atoms)
            yield from texts
            if not are_all:
                yield _DOUBT

    # Arrays.

    def _arrays(self, goal: tuple[Literal, ...]) -> Iterator[Any]:
        for atoms in self._ways(goal, "array"):
            least, most = _limits(atoms, "Items", 100)
            prefix = max((len(node.get("prefixItems", ())) for keyword, node, _ in atoms), default=0)
            further = sum(node.get("minContains", 1) for keyword, node, _ in atoms if keyword == "contains")
            enough = max(least, prefix) + further + sum((one[0], one[2]) in _OF_SOME_ITEMS for one in atoms)
            distinct = any(keyword == "uniqueItems" and sign and node[keyword] for keyword, node, sign in atoms)
            are_any = False
            for length in range(least, min(most, enough + MANY) + 1):
                if length > enough and not are_any:
                    break
                for items in self._laid_out(atoms, [_of_item(atoms, index) for index in range(length)]):
                    for value in self._filled(items, distinct=distinct):
                        are_any = are_any or value is not _DOUBT
                        yield value

    def _laid_out(self, atoms: list[Atom], items: list[Part]) -> Iterator[list[Part]]:
        """Yield what each item has to be where some of them have to be, or must not be, something else as well."""
        self._spend()
        asked = min(
            (one for one in atoms if (one[0], one[2]) in _OF_SOME_ITEMS),
            key=lambda one: one[0] == "uniqueItems",  # the last: two items have to be all that the other one has to be
            default=None,
        )
        if asked is None:
            yield items
            return
        rest = [one for one in atoms if one is not asked]
        for further in _choices(asked, items):
            yield from self._laid_out(rest, [[*item, *more] for item, more in zip(items, further, strict=True)])

    def _filled(self, items: list[Part], *, distinct: bool) -> Iterator[Any]:
        found, few, are_all = [], [], True
        for item in items:
            values, certain = self.values(*item)
            if not values and certain:
                return
            found.append(values)
            few += [values] if certain and len(values) < MANY else []
            are_all = are_all and (certain or len(values) == MANY)
        if distinct and not _can_differ(few):
            return
        if not are_all:
            yield _DOUBT
        if distinct and not _can_differ(found):
            return
        yield from map(list, itertools.islice(_different(found) if distinct else itertools.product(*found), MANY))

    # Objects.

    def _objects(self, goal: tuple[Literal, ...]) -> Iterator[Any]:
        for atoms in self._ways(goal, "object"):
            here: dict[str, Part] = {name: [] for keyword, name, sign in atoms if keyword == "present" and sign}
            absent = {name for keyword, name, sign in atoms if keyword == "present" and not sign}
            said = [one for one in atoms if one[0] != "present"]
            kinds = {name: _kind_of_name(said, name) for name in _spoken(atoms) - absent}
            for name in _NAMES:
                if name not in absent:
                    kinds.setdefault(name, _kind_of_name(said, name))
            duties = [one for one in said if (one[0], one[2]) in _OF_SOME_MEMBERS]
            for members in self._with_duties(duties, here, kinds):
                yield from self._with_members(said, members, kinds)

    def _with_duties(
        self, duties: list[Atom], members: dict[str, Part], kinds: dict[str, str]
    ) -> Iterator[dict[str, Part]]:
        """Yield the members that have to be there, each with what it has to be beside what all have to be."""
        self._spend()
        if not duties:
            yield members
            return
        duty, *rest = duties
        tried: set[str] = set()
        for name in [*members, *(name for name in kinds if name not in members)]:
            asked = _violating(duty, name)
            kind = _text([asked, kinds.get(name), name if name in members else ""])
            if asked is not None and kind not in tried:
                tried.add(kind)
                yield from self._with_duties(rest, {**members, name: [*members.get(name, ()), *asked]}, kinds)

    def _with_members(self, said: list[Atom], members: dict[str, Part], kinds: dict[str, str]) -> Iterator[Any]:
        """Yield objects that have `members`, and others as far as they are needed."""
        least, most = _limits(said, "Properties", 100)
        found, are_all = self._found_for_members(said, members, kinds)
        if not are_all:
            yield _DOUBT
        if not members.keys() <= found.keys():
            return
        others = [name for name in found if name not in members]
        made = 0
        for count in range(max(least - len(members), 0), min(most - len(members), len(others)) + 1):
            for further in itertools.combinations(others, count):
                chosen = [*members, *further]
                for values in itertools.islice(itertools.product(*(found[name] for name in chosen)), MANY):
                    yield dict(zip(chosen, values, strict=True))
                made += 1
                if made > MANY:
                    return

    def _found_for_members(
        self, said: list[Atom], members: dict[str, Part], kinds: dict[str, str]
    ) -> tuple[dict[str, list[Any]], bool]:
        """Return the values of members that have some, and whether it is certain that no others have any."""
        naming = [node["propertyNames"] for keyword, node, sign in said if keyword == "propertyNames" and sign]
        found: dict[str, list[Any]] = {}
        of_kind = Counter[str]()
        are_all = True
        for name in [*members, *(name for name in kinds if name not in members)]:
            of_kind[kinds.get(name, name)] += 1
            if name not in members and of_kind[kinds[name]] > MANY:
                continue
            is_allowed = all(is_valid(node, name) for node in naming)
            values, certain = self.values(*members.get(name, ()), *_of_member(said, name)) if is_allowed else ([], True)
            if not values and certain and name in members:
                return {}, True
            are_all = are_all and (certain or bool(values))
            if values:
                found[name] = values
        return found, are_all


_OF_SOME_ITEMS = {
    ("contains", True), ("contains", False), ("items", False), ("prefixItems", False), ("uniqueItems", False),
}  # fmt: skip
_OF_SOME_MEMBERS = {
    (keyword, False) for keyword in ("properties", "patternProperties", "additionalProperties", "propertyNames")
}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _satisfies(value: Any, goal: Iterable[Literal]) -> bool:
    return all(is_valid(node, value) is sign for node, sign in goal)


def _allows(goal: Iterable[Literal], kind: str) -> bool:
    """Tell whether a value of `kind` may be as `goal` says, by what it says of types alone."""
    for node, sign in goal:
        if node is not sign and isinstance(node, bool):
            return False
        if sign and isinstance(node, dict) and "type" in node and kind not in _types(node):
            return False
    return True


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return [*kinds, "number"] if "integer" in kinds else kinds


def _listed(goal: Iterable[Literal]) -> list[Any]:
    """Return all values that are listed anywhere in `goal`."""
    waiting: list[Any] = [node for node, _ in goal]
    found: list[Any] = []
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found += [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]
            waiting += [value for key, value in node.items() if key not in {"enum", "const"}]
        elif isinstance(node, list):
            waiting += node
    return found


def _scalars(goal: tuple[Literal, ...]) -> Iterator[Any]:
    yield from (None, True, False)
    yield from _listed(goal)
    if _allows(goal, "number"):
        parts = [node if sign else {"not": node} for node, sign in goal]
        accepts = jsonschema_rs.Draft202012Validator({"allOf": parts} if parts else {}).is_valid  # sooner than others
        yield from (number for number in _NUMBERS if accepts(number))


def _spoken(atoms: list[Atom]) -> set[str]:
    """Return the names of members that are spoken of."""
    named = {name for keyword, name, _ in atoms if keyword == "present"}
    return named.union(*(node["properties"] for keyword, node, _ in atoms if keyword == "properties"))


def _kind_of_name(said: list[Atom], name: str) -> str:
    """Return what is the same for names that nothing tells apart."""
    naming = [is_valid(node["propertyNames"], name) for keyword, node, _ in said if keyword == "propertyNames"]
    asked = [_violating(one, name) for one in said if (one[0], one[2]) in _OF_SOME_MEMBERS]
    return _text([_of_member(said, name), naming, asked])


def _clauses(node: Any, sign: bool, kind: str) -> list[list[Part]]:
    """Return what makes a value of `kind` satisfy the schema `node`, or not: of each clause one part has to be so."""
    if isinstance(node, bool):
        return [] if node is sign else [[]]
    if sign:
        return [clause for keyword in node for clause in _asked(keyword, node, kind)]
    return [[part for keyword in node for part in _violations(keyword, node, kind)]]


def _asked(keyword: str, node: dict[str, Any], kind: str) -> list[list[Part]]:
    """Return the clauses that satisfy a keyword of `node`."""
    value = node[keyword]
    if keyword == "allOf":
        return [[[(part, True)]] for part in value]
    if keyword == "anyOf":
        return [[[(part, True)] for part in value]]
    if keyword == "oneOf":
        return [[[(part, other == number) for other, part in enumerate(value)] for number in range(len(value))]]
    if keyword == "not":
        return [[[(value, False)]]]
    if keyword == "if":
        met: Part = [(value, True), (node.get("then", True), True)]
        return [[met, [(value, False), (node.get("else", True), True)]]]
    if keyword == "type":
        return [] if kind in _types(node) else [[]]
    if keyword in {"const", "enum"}:
        return [[]]  # what is listed anywhere is tried before
    return _asked_of_members(keyword, node) if kind == "object" else _atoms(keyword, node, kind)


def _asked_of_members(keyword: str, node: dict[str, Any]) -> list[list[Part]]:
    value = node[keyword]
    if keyword == "required":
        return [[[("present", name, True)]] for name in value]
    if keyword == "dependentRequired":
        return [
            [[("present", name, False)], [("present", one, True) for one in (name, *others)]]
            for name, others in value.items()
        ]
    if keyword == "dependentSchemas":
        return [[[("present", name, False)], [("present", name, True), (part, True)]] for name, part in value.items()]
    return _atoms(keyword, node, "object")


def _atoms(keyword: str, node: dict[str, Any], kind: str) -> list[list[Part]]:
    return [[[(keyword, _alone(keyword, node), True)]]] if keyword in _OF_KIND[kind] else []


def _alone(keyword: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return `node` with this keyword, and with those only on which its meaning depends."""
    return {name: node[name] for name in (keyword, *_DEPENDS_ON.get(keyword, ())) if name in node}


def _violations(keyword: str, node: dict[str, Any], kind: str) -> list[Part]:
    """Return the parts each of which violates a keyword of `node`."""
    value = node[keyword]
    if keyword == "allOf":
        return [[(part, False)] for part in value]
    if keyword == "anyOf":
        return [[(part, False) for part in value]]
    if keyword == "oneOf":
        return [
            [(part, False) for part in value],
            *([(a, True), (b, True)] for a, b in itertools.combinations(value, 2)),
        ]
    if keyword == "not":
        return [[(value, True)]]
    if keyword == "if":
        return [[(value, True), (node.get("then", True), False)], [(value, False), (node.get("else", True), False)]]
    if keyword == "type":
        return [[]] if kind not in _types(node) else []
    if keyword in {"const", "enum"}:
        return [[]]  # many others are as good
    if kind == "object":
        return _violations_of_members(keyword, node)
    return [[(keyword, _alone(keyword, node), False)]] if keyword in _OF_KIND[kind] else []


def _violations_of_members(keyword: str, node: dict[str, Any]) -> list[Part]:
    value = node[keyword]
    if keyword == "required":
        return [[("present", name, False)] for name in value]
    if keyword == "dependentRequired":
        return [[("present", name, True), ("present", one, False)] for name, others in value.items() for one in others]
    if keyword == "dependentSchemas":
        return [[("present", name, True), (part, False)] for name, part in value.items()]
    if keyword in {"properties", "patternProperties"}:
        return [[(keyword, {keyword: {name: part}}, False)] for name, part in value.items()]
    return [[(keyword, _alone(keyword, node), False)]] if keyword in _OF_KIND["object"] else []


def _limits(atoms: list[Atom], of: str, most: int) -> tuple[int, int]:
    """Return the least and the greatest number of items or members."""
    least = 0
    for keyword, node, sign in atoms:
        if keyword == f"min{of}":
            least, most = (max(least, node[keyword]), most) if sign else (least, min(most, node[keyword] - 1))
        if keyword == f"max{of}":
            least, most = (least, min(most, node[keyword])) if sign else (max(least, node[keyword] + 1), most)
    return least, most


def _of_item(atoms: list[Atom], index: int) -> Part:
    """Return what the item `index` of an array has to be, whatever else it has to be."""
    found: Part = []
    for keyword, node, sign in atoms:
        prefix = node.get("prefixItems", []) if keyword in {"items", "prefixItems"} else []
        if keyword == "items" and sign and index >= len(prefix):
            found.append((node["items"], True))
        if keyword == "prefixItems" and sign and index < len(prefix):
            found.append((prefix[index], True))
    return found


def _choices(asked: Atom, items: list[Part]) -> Iterator[list[Part]]:
    """Yield what some of the `items` have to be, or must not be, so that an array is as `asked`."""
    keyword, node, sign = asked
    count, prefix = node.get("minContains", 1), node.get("prefixItems", [])
    every = range(len(items))
    if keyword == "contains" and sign:
        for chosen in itertools.combinations(every, count):
            yield [[(node["contains"], True)] if index in chosen else [] for index in every]
    elif keyword == "contains" and count:
        for chosen in itertools.combinations(every, min(count - 1, len(items))):
            yield [[] if index in chosen else [(node["contains"], False)] for index in every]
    elif keyword in {"items", "prefixItems"}:
        for index in every:
            if (index < len(prefix)) is (keyword == "prefixItems"):
                violated = prefix[index] if index < len(prefix) else node["items"]
                yield [[(violated, False)] if index == other else [] for other in every]
    elif keyword == "uniqueItems" and node["uniqueItems"]:
        for first, second in itertools.combinations(every, 2):
            same = {first: items[second], second: items[first]}
            yield [same.get(index, []) for index in every]


def _can_differ(found: list[list[Any]]) -> bool:
    """Tell whether one of each list of values can be taken so that all are different: by augmenting paths."""
    owners: dict[str, int] = {}

    def is_placed(index: int, tried: set[str]) -> bool:
        for value in map(_text, found[index]):
            if value not in tried:
                tried.add(value)
                if value not in owners or is_placed(owners[value], tried):
                    owners[value] = index
                    return True
        return False

    return all(is_placed(index, set()) for index in range(len(found)))


def _different(found: list[list[Any]]) -> Iterator[list[Any]]:
    """Yield one of each list of values, all of them different."""
    order = sorted(range(len(found)), key=lambda index: len(found[index]))

    def chosen(position: int, taken: dict[int, Any]) -> Iterator[list[Any]]:
        if position == len(order):
            yield [taken[index] for index in range(len(found))]
            return
        for value in found[order[position]]:
            if all(_text(value) != _text(other) for other in taken.values()):
                yield from chosen(position + 1, {**taken, order[position]: value})

    yield from chosen(0, {})


def _of_member(atoms: list[Atom], name: str) -> Part:
    """Return what the member `name` has to be, whatever else it has to be."""
    found: Part = []
    for keyword, node, sign in atoms:
        if not sign:
            continue
        if keyword == "properties" and name in node[keyword]:
            found.append((node[keyword][name], True))
        if keyword == "patternProperties":
            found += [(part, True) for pattern, part in node[keyword].items() if is_valid({"pattern": pattern}, name)]
        if keyword == "additionalProperties" and _is_other(node, name):
            found.append((node[keyword], True))
    return found


def _is_other(node: dict[str, Any], name: str) -> bool:
    """Tell whether `node` says nothing of the member `name` itself."""
    patterns = node.get("patternProperties", {})
    return name not in node.get("properties", {}) and not any(is_valid({"pattern": one}, name) for one in patterns)


def _violating(duty: Atom, name: str) -> Part | None:
    """Return what the member `name` has to be so that a keyword is violated; None where it cannot be that one."""
    keyword, node, _ = duty
    value = node[keyword]
    if keyword == "properties" and name in value:
        return [(value[name], False)]
    if keyword == "patternProperties":
        return next(([(part, False)] for one, part in value.items() if is_valid({"pattern": one}, name)), None)
    if keyword == "additionalProperties" and _is_other(node, name):
        return [(value, False)]
    return [] if keyword == "propertyNames" and not is_valid(value, name) else None
