"""One sample in the making: values from schemas, their members and items, as a plan says."""

import itertools
import math
from collections.abc import Iterable

from generator.json_values import JsonObject, JsonValue
from generator.samples.alternatives import Composed, Composer, Moves, Ways
from generator.samples.composition import merge
from generator.samples.direction import Direction
from generator.samples.flat import (
    authored_values,
    declared_members,
    has_type,
    is_contradictory,
    kinds_to_make,
    may_be_called,
    member_schema,
    members_by_pattern,
    refused_values,
)
from generator.samples.items import contained_in_prefix, item_schema, prefix_of, wanted_items
from generator.samples.memory import Memory, Remembered, Trail
from generator.samples.numbers import made_number
from generator.samples.plan import (
    DEEPEST,
    EXTENTS,
    MOST_NAMES,
    MOST_NODES,
    MOST_REFUSED,
    MOST_TEXT,
    OTHER_ITEMS,
    VARIANTS,
    Effort,
    NothingFitsError,
    Path,
    Plan,
    Point,
    SpentError,
)
from generator.samples.presence import Room, entry_names, not_allowed, presence
from generator.samples.schemas import is_marked
from generator.samples.tasks import Task
from generator.samples.texts import bounds, made_text, singular, text_work


class Making:
    """One sample in the making: what is spent, and the points that were passed.

    A `lenient` one takes a schema that contradicts itself as the first of its parts says.
    """

    def __init__(
        self,
        composer: Composer,
        direction: Direction,
        plan: Plan,
        memory: Memory | None,
        effort: Effort,
        *,
        lenient: bool,
    ) -> None:
        self._lenient = lenient
        self.points: dict[Path, Point] = {}
        self.cut = False
        self._memory = memory
        self._entered: list[str] = []
        self._deepest = 0
        self._limited = 0  # how often it mattered where a schema was met, or how much was left to spend
        self._definitions = composer.definitions
        self._direction = direction
        self._plan = plan
        self._effort = effort
        self._composer = composer
        self._nodes = MOST_NODES
        self._text = MOST_TEXT
        self._left: dict[Path, int] = {}
        self.refused: list[tuple[Path, JsonValue]] = []
        self._other = 0

    def value(self, node: JsonValue, name: str, path: Path, trail: Trail) -> Task:
        """Return a value for `node`: what is remembered of it, if that would be made again, else a fresh one."""
        reference = node.get("$ref") if isinstance(node, dict) and len(node) == 1 else None
        if self._memory is None or self._other or not isinstance(reference, str):
            return (yield self._fresh(node, name, path, trail))
        return (yield self._remembered(reference, name, path, trail))

    def _remembered(self, reference: str, name: str, path: Path, trail: Trail) -> Task:
        memory = self._memory if self._memory is not None else {}
        key = (reference, name, self._plan.extent)
        known = memory.get(key)
        if known is not None and known.fits(trail, self._plan.extent, self._nodes, self._text):
            self._nodes -= known.nodes
            self._text -= known.text
            self._entered += known.entered
            self._deepest = max(self._deepest, len(trail) + known.depth)
            return known.value
        nodes, text, entered, limits = self._nodes, self._text, len(self._entered), self._limited
        deepest = self._deepest
        self._deepest = len(trail)
        value = yield self._fresh({"$ref": reference}, name, path, trail)
        if self._limited == limits:
            memory[key] = Remembered(
                value=value,
                nodes=nodes - self._nodes,
                text=text - self._text,
                depth=self._deepest - len(trail),
                entered=frozenset(self._entered[entered:]),
            )
        self._deepest = max(deepest, self._deepest)
        return value

    def _fresh(self, node: JsonValue, name: str, path: Path, trail: Trail) -> Task:
        """Return a value for `node`; of its alternatives the chosen one, or the next that allows a value at all."""
        if node is False or len(path) > DEEPEST:
            raise NothingFitsError
        self._nodes -= 1
        if not isinstance(node, dict) or self._composer.is_plain(node):
            return (yield self._single(node if isinstance(node, dict) else {}, name, path, trail))
        return (yield self._composed(node, name, path, trail))

    def _composed(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        """Return a value for what `node` is composed of: of its alternatives the chosen ones, or the next that do."""
        ways = Ways(lenient=self._lenient)
        while ways.are_left():
            composed = self._compose(node, path, trail, ways.moves, lenient=self._lenient)
            if composed.flat is None:
                self._limited += 1
            elif not ways.is_contradictory(composed.flat):
                further = (*trail, *composed.entered)
                self._entered += composed.entered
                self._deepest = max(self._deepest, len(further))
                try:
                    return (yield self._single(composed.flat, name, path, further))
                except NothingFitsError as failure:
                    ways.fail(failure)
                    self._limited += 1
            ways.advance(composed.counts)
            self._begin_again(path)
        raise ways.failure

    def _compose(
        self, node: JsonValue, path: Path, trail: Trail, moves: Moves = (), *, lenient: bool = False
    ) -> Composed:
        """Return what comes of putting `node` together with the alternatives that are chosen at `path`."""
        composed = self._composer.compose(node, self._choice(path), trail, moves, self._effort, lenient=lenient)
        self._limited += composed.looks_back
        if (possibilities := math.prod(composed.counts)) > 1:
            self.points.setdefault(path, Point()).possibilities *= possibilities
            self._left[path] = composed.choice
        return composed

    def _choice(self, path: Path) -> int:
        """Return what is left to be chosen from at `path`."""
        left = self._left.get(path)
        return self._plan.choices.get(path, 0) + self._other if left is None else left

    def _begin_again(self, path: Path) -> None:
        """Forget what was chosen at `path`."""
        self._left.pop(path, None)
        if path in self.points:
            self.points[path].possibilities = 1

    def _choose(self, path: Path, count: int) -> int:
        """Return which of `count` possibilities is taken at `path`."""
        if count <= 1:
            return 0
        point = self.points.setdefault(path, Point())
        point.possibilities *= count
        self._left[path], chosen = divmod(self._choice(path), count)
        return chosen

    def _variant(self, path: Path) -> int:
        """Return which text or number is made at `path`: one of a few, where items must differ one of many."""
        return self._choose(path, VARIANTS + self._other)

    def _single(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        authored = authored_values(node)
        if len(self.refused) < MOST_REFUSED:
            self.refused += [(path, value) for value in refused_values(node)]
        if authored and (choice := self._choose(path, len(authored) + 1)) < len(authored):
            self.points.setdefault(path, Point()).authored = True
            return authored[choice]
        if "const" in node:
            return node["const"]
        choices = node.get("enum")
        if isinstance(choices, list) and choices:
            return self._of_enumeration(node, choices, path)
        kinds = kinds_to_make(node)
        kind = kinds[self._choose(path, len(kinds))]
        if kind == "object":
            return (yield self._object(node, name, path, trail))
        if kind == "array":
            return (yield self._array(node, name, path, trail))
        if kind in {"integer", "number"}:
            return made_number(node, name, self._variant(path), integer=kind == "integer")
        if kind == "string":
            return self._string(node, name, path)
        return None if kind == "null" else self._choose(path, 2) == 0

    def _of_enumeration(self, node: JsonObject, choices: list[JsonValue], path: Path) -> JsonValue:
        self._effort.spend(len(choices) // 20)
        typed = [choice for choice in choices if has_type(node, choice)] or choices
        fitting = sorted(typed, key=lambda choice: choice is None)
        return fitting[self._choose(path, len(fitting))]

    def _string(self, node: JsonObject, name: str, path: Path) -> str:
        text = made_text(node, name, self._variant(path), alike=self._other > 0)
        self._effort.spend(text_work(node))
        least, _ = bounds(node, "Length")
        self._text -= len(text)
        self.cut = self.cut or len(text) < least
        self._spend()
        return text

    def _spend(self) -> None:
        """End a first sample that holds too much already."""
        if self._nodes <= 0 or self._text <= 0:
            self._limited += 1
            if self._memory is not None and self._plan.extent is not EXTENTS[-1]:
                raise SpentError

    # Objects.

    def _object(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        node, trail = self._with_dependent_schemas(node, path, trail)
        there = presence(node, path, self._plan)
        _, most = bounds(node, "Properties")
        names = {**declared_members(node), **there.required, **there.brought}
        self._effort.spend(len(names) * (1 + len(members_by_pattern(node))) // 10)
        value: JsonObject = {}
        room = Room(most, there)
        for member in names:
            schema = member_schema(node, member)
            needed = member in there.required
            if needed and schema is False:
                raise NothingFitsError(not_allowed((*path, member)))
            if is_marked(schema, self._direction.value, self._definitions) or (needed and self._is_exhausted()):
                continue
            welcome = needed or member in there.brought or self._is_welcome(schema, (*path, member), trail)
            if not needed and (member in there.barred or not welcome or not room.is_for(member)):
                continue
            try:
                value[member] = yield self.value(schema, member, (*path, member), trail)
            except NothingFitsError:
                if needed:
                    raise
                room.give_back(member)
                continue
            if not needed:
                self.points.setdefault((*path, member), Point()).optional = True
        for member in room.unmet():
            value.pop(member, None)
        yield self._undeclared(node, name, path, trail, value)
        return value

    def _with_dependent_schemas(self, node: JsonObject, path: Path, trail: Trail) -> tuple[JsonObject, Trail]:
        """Return the schema with what the presence of its members brings with it (2020-12, 10.2.2.4).

        A member that brings what cannot be is left out, where it need not be there.
        """
        dependent = node.get("dependentSchemas")
        if not isinstance(dependent, dict):
            return node, trail
        flat: JsonObject = {keyword: value for keyword, value in node.items() if keyword != "dependentSchemas"}
        declared = declared_members(node)
        for name, schema in dependent.items():
            self._effort.spend(1 + (len(dependent) + len(declared)) // 4)
            there = presence(flat, path, self._plan)
            known = {*declared, *there.required, *there.brought}
            if name not in known - there.barred:
                continue
            both_composed = self._composed_with(flat, schema, path, trail, name)
            if both_composed is not None:
                flat, trail = both_composed
            elif name in there.required:
                raise NothingFitsError
            else:
                flat = merge(flat, {"properties": {name: False}})
        return flat, trail

    def _composed_with(
        self, node: JsonObject, schema: JsonValue, path: Path, trail: Trail, *required: JsonValue
    ) -> tuple[JsonObject, Trail] | None:
        """Return `node` composed with `schema`; None where they contradict each other, or what is `required`."""
        together: JsonValue = {"allOf": [node, schema]}
        ways = Ways(lenient=False)
        while ways.are_left():
            composed = self._compose(together, path, trail, ways.moves)
            if composed.flat is not None and not is_contradictory(merge(composed.flat, {"required": [*required]})):
                return composed.flat, (*trail, *composed.entered)
            ways.advance(composed.counts)
        return None

    def _is_welcome(self, schema: JsonValue, path: Path, trail: Trail) -> bool:
        """Tell whether an optional member is made."""
        if path in self._plan.omitted or not self._plan.extent.optional or schema is False:
            return False
        self._spend()
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        welcome = (
            self._nodes > 0
            and self._text > 0
            and len(trail) <= self._plan.extent.references
            and (reference is None or trail.count(reference) <= 1)
        )
        self._limited += not welcome
        return welcome

    def _is_exhausted(self) -> bool:
        """Tell whether so much was spent that even what is required is left out."""
        if self._nodes <= 0 and not self._plan.extent.optional:
            self.cut = True
        self._spend()
        return self._nodes <= -MOST_NODES or (self.cut and self._nodes <= 0)

    def _undeclared(self, node: JsonObject, name: str, path: Path, trail: Trail, value: JsonObject) -> Task:
        """Add members that are asked for by number only, and one entry to a map."""
        least, most = bounds(node, "Properties")
        extra = node.get("additionalProperties")
        is_map = isinstance(extra, dict) or bool(members_by_pattern(node))
        if is_map and not value and self._plan.extent.optional and not declared_members(node):
            left_out = any(omitted[:-1] == path for omitted in self._plan.omitted)
            least = max(least, 0 if left_out else 1)
        if self._other and not value and path and isinstance(path[-1], int):  # another item is asked for
            least = max(least, 1)
        asked = node.get("propertyNames")
        names = self._compose(asked, (*path, "#"), ()).flat if isinstance(asked, dict) else {}
        if names is None:
            raise NothingFitsError
        for key in itertools.islice(entry_names(node, names, name), least + MOST_NAMES):
            if len(value) >= min(least, most):
                break
            self._effort.spend()
            schema = member_schema(node, key)
            is_out = key in value or schema is False or (*path, key) in self._plan.omitted
            if is_out or not may_be_called(node, key):
                continue
            if self._nodes <= 0:
                self._spend()
                self.cut = True
                break
            try:
                value[key] = yield self.value(schema, key, (*path, key), trail)
            except NothingFitsError:
                continue
            self.points.setdefault((*path, key), Point()).optional = True
        return None

    # Arrays.

    def _array(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        in_prefix = self._contained_in_prefix(node, path, trail)
        wanted = wanted_items(node, len(in_prefix), optional=self._plan.extent.optional)
        value: list[JsonValue] = []
        one = singular(name)
        distinct = node.get("uniqueItems") is True
        least, _ = bounds(node, "Items")
        for index in range(wanted):
            place = (*path, index)
            if place in self._plan.omitted or (self._nodes <= 0 and index >= min(least, 3)):
                self._spend()
                self.cut = self.cut or index < least
                break
            schema = item_schema(node, index, in_prefix)
            try:
                value.append((yield self._item(schema, one, place, trail, value if distinct else ())))
            except NothingFitsError:
                if index < least:
                    raise
                break
            if index >= least:
                self.points.setdefault(place, Point()).optional = True
        return value

    def _contained_in_prefix(self, node: JsonObject, path: Path, trail: Trail) -> set[int]:
        """Return which items of the prefix are made so that `contains` holds; none at first, but those that follow."""
        contained, prefix = node.get("contains"), prefix_of(node)
        first = self._choose(path, 1 + len(prefix)) if prefix and isinstance(contained, dict) else 0
        if first == 0:
            return set()
        parts = [item if isinstance(item, dict) else {} for item in prefix]
        fitting = [i for i, item in enumerate(parts) if self._composed_with(item, contained, (*path, i), trail)]
        for index in range(len(prefix)):
            self._begin_again((*path, index))
        return contained_in_prefix(node, fitting, first - 1)

    def _item(self, schema: JsonValue, name: str, path: Path, trail: Trail, taken: Iterable[JsonValue]) -> Task:
        """Return an item that is not among `taken`, as far as there is one."""
        made = yield self.value(schema, name, path, trail)
        before = self._other
        seen = list(taken)
        while made in seen and self._other < before + len(seen) + OTHER_ITEMS:
            self._other += 1
            for known in [known for known in self._left if known[: len(path)] == path]:
                del self._left[known]
            made = yield self.value(schema, name, path, trail)
        self._other = before
        return made
