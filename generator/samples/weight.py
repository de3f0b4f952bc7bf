"""How much work it is to hold a value against a schema: alternatives within alternatives multiply."""

import math
from collections.abc import Iterator, Mapping

from generator.json_values import JsonObject, JsonValue
from generator.pattern_weight import states
from generator.samples.schemas import definition_key

_MOST_PAIRS = 100_000
"""How many pairs of a schema and a part of the value are looked at until they are too many."""

_MANY_CIRCLES, _MOST_ORDERS = 4, 5000
"""From how many schemas on that lead to themselves their orders are counted, too; how many steps these may be."""

_LISTS = ("anyOf", "oneOf", "allOf")
_SINGLE = ("not", "if", "then", "else")
_IN_PLACE = frozenset({*_LISTS, *_SINGLE, "dependentSchemas", "$ref"})
_OTHER_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_ITEMS = ("items", "contains", "unevaluatedItems")
_UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")

UNEVALUATED_WAYS = 3
"""How often a validator goes through what is applied in place where it has to know what that has left unevaluated."""


class _TooManyError(Exception):
    """There are more pairs than are looked at."""


class Weigher:
    """Counts the ways through the alternatives of schemas whose references are in `definitions`.

    `missing` counts the members that the value looked at last lacks: a validator shows the whole object for each.
    `matching` is how many steps patterns take with it: at each character, one for each state.
    """

    def __init__(self, definitions: Mapping[str, JsonObject | bool]) -> None:
        self._definitions = definitions
        self._known: dict[tuple[int, int], int] = {}
        self._circles = 0
        self.missing = self.matching = 0

    def ways(self, node: JsonValue, value: JsonValue) -> float:
        """Return how many ways through the alternatives of `node` a validator may have to go with `value`.

        Each pair is looked at once, which a validator does not do. Infinite where there are too many pairs.
        """
        self._known = {}
        self._circles = 0
        self.missing = self.matching = 0
        try:
            return self._ways(node, value)
        except (_TooManyError, RecursionError):
            return math.inf

    @property
    def pairs(self) -> int:
        """How many pairs were looked at for the last value."""
        return len(self._known)

    def _ways(self, node: JsonValue, value: JsonValue) -> int:
        if not isinstance(node, dict):
            return 1
        key = (id(node), id(value))
        known = self._known.get(key)
        if known:
            return known
        if known == 0:
            self._come_back(node)
            return 1
        if len(self._known) >= _MOST_PAIRS:
            raise _TooManyError
        self._count_missing(node, value)
        self._count_matching(node, value)
        self._known[key] = 0  # what leads back here with the same value ends
        here = 0 if _IN_PLACE.isdisjoint(node) else sum(self._ways(part, value) for part in self._in_place(node))
        again = UNEVALUATED_WAYS if any(keyword in node for keyword in _UNEVALUATED) else 1
        ways = self._known[key] = max(again * here + self._deeper(node, value), 1)
        return ways

    def _come_back(self, node: JsonObject) -> None:
        """Note that `node` leads to itself; where that is so of many, a validator may go through all their orders."""
        self._circles += 1
        if self._circles != _MANY_CIRCLES:
            return
        steps = 0
        around: list[JsonValue] = []  # the references on the way: equal definitions are different ones to a validator
        stack = [(iter([node]), False)]
        while stack:
            parts, behind_reference = stack[-1]
            part = next(parts, None)
            if part is None:
                stack.pop()
                if behind_reference:
                    around.pop()
                continue
            steps += 1
            if steps > _MOST_ORDERS:
                raise _TooManyError
            reference = part.get("$ref")
            if reference is None or reference not in around:
                around += [reference] if reference is not None else []
                inner = iter([each for each in self._in_place(part) if isinstance(each, dict)])
                stack.append((inner, reference is not None))

    def _count_missing(self, node: JsonObject, value: JsonValue) -> None:
        if not isinstance(value, dict):
            return
        required, dependent = node.get("required"), node.get("dependentRequired")
        if isinstance(required, list):
            self.missing += sum(str(name) not in value for name in required)
        if isinstance(dependent, dict):
            self.missing += sum(len(names) for names in dependent.values() if isinstance(names, list))

    def _count_matching(self, node: JsonObject, value: JsonValue) -> None:
        if isinstance(value, str):
            pattern = node.get("pattern")
            self.matching += states(pattern) * len(value) if isinstance(pattern, str) else 0
        elif isinstance(value, dict):
            patterns, names = node.get("patternProperties"), node.get("propertyNames")
            length = sum(map(len, value)) if patterns or names else 0
            self.matching += sum(map(states, patterns)) * length if isinstance(patterns, dict) else 0
            pattern = names.get("pattern") if isinstance(names, dict) else None
            self.matching += states(pattern) * length if isinstance(pattern, str) else 0

    def _in_place(self, node: JsonObject) -> Iterator[JsonValue]:
        """Yield the schemas that are applied to the same value."""
        for keyword in _LISTS:
            parts = node.get(keyword)
            if isinstance(parts, list):
                yield from parts
        for keyword in _SINGLE:
            if keyword in node:
                yield node[keyword]
        dependent, reference = node.get("dependentSchemas"), node.get("$ref")
        if isinstance(dependent, dict):
            yield from dependent.values()
        if isinstance(reference, str):
            yield self._definitions.get(definition_key(reference) or "", True)

    def _deeper(self, node: JsonObject, value: JsonValue) -> int:
        """Return the most ways that one of the members or items has."""
        if isinstance(value, dict):
            return max((self._of_parts(_of_member(node, name), item) for name, item in value.items()), default=0)
        if isinstance(value, list):
            return max((self._of_parts(_of_item(node, index), item) for index, item in enumerate(value)), default=0)
        return 0

    def _of_parts(self, schemas: list[JsonValue], item: JsonValue) -> int:
        return sum([self._ways(schema, item) for schema in schemas if isinstance(schema, dict)])


def _of_member(node: JsonObject, name: str) -> list[JsonValue]:
    """Return the schemas that may be applied to a member."""
    members, patterns = node.get("properties"), node.get("patternProperties")
    found = [members[name]] if isinstance(members, dict) and name in members else []
    if isinstance(patterns, dict):
        found += patterns.values()
    return found + [node[keyword] for keyword in _OTHER_MEMBERS if keyword in node]


def _of_item(node: JsonObject, index: int) -> list[JsonValue]:
    """Return the schemas that may be applied to an item."""
    prefix = node.get("prefixItems")
    found = [prefix[index]] if isinstance(prefix, list) and index < len(prefix) else []
    return found + [node[keyword] for keyword in _ITEMS if keyword in node]
