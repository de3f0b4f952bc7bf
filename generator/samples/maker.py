"""Values made from a schema where its author gives none."""

from collections.abc import Iterable, Mapping

from generator.json_values import JsonObject, JsonValue
from generator.samples.alternatives import Composer
from generator.samples.composition import both
from generator.samples.direction import Direction
from generator.samples.flat import authored_values, has_type, kinds_to_make, least_contained, member_schema
from generator.samples.memory import Memory, Remembered, Trail
from generator.samples.numbers import made_number
from generator.samples.patterns import pattern_text
from generator.samples.plan import (
    DEEPEST,
    EXTENTS,
    MOST_NODES,
    MOST_TEXT,
    Extent,
    Made,
    NothingFitsError,
    Path,
    Plan,
    Point,
    SpentError,
)
from generator.samples.schemas import is_marked
from generator.samples.tasks import Task, run
from generator.samples.texts import bounds, made_text, singular

_ANOTHER = 12
"""How many times another item is tried where items must differ."""


class Maker:
    """Makes values for one direction from schemas whose references are in `definitions`."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool], direction: Direction) -> None:
        self._definitions = definitions
        self._direction = direction
        self._memory: Memory = {}

    def make(self, node: JsonValue, name: str, plan: Plan) -> Made:
        """Return a value for the schema `node` of the member `name`, made as `plan` says, with all its points.

        Raises NothingFitsError where the schema allows nothing, or needs itself without end.
        """
        making = _Making(self._definitions, self._direction, plan, None)
        value = run(making.value(node, name, (), ()))
        return Made(value=value, points=making.points, cut=making.cut)

    def first(self, node: JsonValue, name: str, extent: Extent) -> JsonValue:
        """Return the value that `make` makes by a plan without choices, sooner, since definitions are remembered.

        Raises NothingFitsError as `make`, and SpentError where it would be too large.
        """
        return run(
            _Making(self._definitions, self._direction, Plan(extent=extent), self._memory).value(node, name, (), ())
        )


class _Making:
    """One sample in the making: what is spent, and the points that were passed."""

    def __init__(
        self,
        definitions: Mapping[str, JsonObject | bool],
        direction: Direction,
        plan: Plan,
        memory: Memory | None,
    ) -> None:
        self.points: dict[Path, Point] = {}
        self.cut = False
        self._memory = memory
        self._entered: list[str] = []
        self._deepest = 0
        self._limited = 0
        self._definitions = definitions
        self._direction = direction
        self._plan = plan
        self._composer = Composer(definitions, self._choose)
        self._nodes = MOST_NODES
        self._text = MOST_TEXT
        self._left: dict[Path, int] = {}
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
        nodes, text, entered, limits, deepest = self._nodes, self._text, len(self._entered), self._limits, self._deepest
        self._deepest = len(trail)
        value = yield self._fresh({"$ref": reference}, name, path, trail)
        if self._limits == limits:
            memory[key] = Remembered(
                value=value,
                nodes=nodes - self._nodes,
                text=text - self._text,
                depth=self._deepest - len(trail),
                entered=frozenset(self._entered[entered:]),
            )
        self._deepest = max(deepest, self._deepest)
        return value

    @property
    def _limits(self) -> int:
        """How often it mattered by now where a schema was met, or how much was left to spend."""
        return self._limited + self._composer.looks_back

    def _fresh(self, node: JsonValue, name: str, path: Path, trail: Trail) -> Task:
        """Return a value for `node`; of its alternatives the chosen one, or the next that allows a value at all."""
        if node is False or len(path) > DEEPEST:
            raise NothingFitsError
        self._nodes -= 1
        composed = isinstance(node, dict) and not self._composer.is_plain(node)
        shift = 0
        while True:
            try:
                flat, further = self._composer.compose(node, path, trail, shift) if composed else (node, trail)
                self._entered += further[len(trail) :]
                self._deepest = max(self._deepest, len(further))
                return (yield self._single(flat if isinstance(flat, dict) else {}, name, path, further))
            except NothingFitsError:
                shift += 1
                self._limited += 1
                if not composed or shift >= self._composer.alternatives(path):
                    raise
                self._left.pop(path, None)

    def _choose(self, path: Path, count: int) -> int:
        """Return which of `count` possibilities is taken at `path`."""
        if count <= 1:
            return 0
        point = self.points.setdefault(path, Point())
        point.possibilities *= count
        left = self._left.get(path)
        if left is None:
            left = self._plan.choices.get(path, 0) + self._other
        self._left[path] = left // count
        return left % count

    def _single(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        authored = authored_values(node)
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
            variant = self._choose(path, 8)
            return made_number(node, name, variant, integer=kind == "integer")
        if kind == "string":
            return self._string(node, name, path)
        return None if kind == "null" else self._choose(path, 2) == 0

    def _of_enumeration(self, node: JsonObject, choices: list[JsonValue], path: Path) -> JsonValue:
        typed = [choice for choice in choices if has_type(node, choice)] or choices
        fitting = sorted(typed, key=lambda choice: choice is None)
        return fitting[self._choose(path, len(fitting))]

    def _string(self, node: JsonObject, name: str, path: Path) -> str:
        text = made_text(node, name, self._choose(path, 8))
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
        required = self._required(node, path)
        _, most = bounds(node, "Properties")
        members = node.get("properties")
        brought = self._brought(node, path, required)
        names = dict.fromkeys([*(members if isinstance(members, dict) else ()), *required, *brought])
        value: JsonObject = {}
        room = most - sum(member in required for member in names)
        for member in names:
            schema = member_schema(node, member)
            needed = member in required
            if is_marked(schema, self._direction.value, self._definitions) or not (needed or room > 0):
                continue
            if not needed and member not in brought and not self._is_welcome(schema, (*path, member), trail):
                continue
            if needed and self._is_exhausted():
                continue
            try:
                value[member] = yield self.value(schema, member, (*path, member), trail)
            except NothingFitsError:
                if needed:
                    raise
                continue
            if not needed:
                room -= 1
                self.points.setdefault((*path, member), Point()).optional = True
        yield self._undeclared(node, name, path, trail, value)
        return value

    def _required(self, node: JsonObject, path: Path) -> dict[str, None]:
        """Return the names that must be there, in their order."""
        asked = node.get("required")
        names = dict.fromkeys(map(str, asked if isinstance(asked, list) else ()))
        names.update(dict.fromkeys(str(needed[-1]) for needed in self._plan.needed if needed[:-1] == path))
        return names

    def _brought(self, node: JsonObject, path: Path, required: Iterable[str]) -> dict[str, None]:
        """Return the names that others bring with them, as long as these are there (2020-12, validation, 6.5.4)."""
        dependent = node.get("dependentRequired")
        declared = node.get("properties")
        present = dict.fromkeys(required)
        if isinstance(declared, dict) and self._plan.extent.optional:
            present.update(dict.fromkeys(declared))
        brought: dict[str, None] = {}
        for member, others in dependent.items() if isinstance(dependent, dict) else ():
            if member in present and (*path, member) not in self._plan.omitted and isinstance(others, list):
                brought.update(dict.fromkeys(map(str, others)))
        return {name: None for name in brought if (*path, name) not in self._plan.omitted}

    def _with_dependent_schemas(self, node: JsonObject, path: Path, trail: Trail) -> tuple[JsonObject, Trail]:
        """Return the schema with what the presence of its members brings with it (2020-12, 10.2.2.4)."""
        dependent = node.get("dependentSchemas")
        members = node.get("properties")
        if not isinstance(dependent, dict):
            return node, trail
        known = {*(members if isinstance(members, dict) else ()), *self._required(node, path)}
        rest: JsonObject = {keyword: value for keyword, value in node.items() if keyword != "dependentSchemas"}
        brought = [
            schema for name, schema in dependent.items() if name in known and (*path, name) not in self._plan.omitted
        ]
        return self._composer.compose({"allOf": [rest, *brought]}, path, trail, 0)

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
        is_map = isinstance(extra, dict) or isinstance(node.get("patternProperties"), dict)
        if is_map and not value and self._plan.extent.optional and not node.get("properties"):
            left_out = any(omitted[:-1] == path for omitted in self._plan.omitted)
            least = max(least, 0 if left_out else 1)
        number = 0
        while len(value) < min(least, most) and number < least + _ANOTHER:
            key = self._key(node, name, number, path)
            number += 1
            schema = member_schema(node, key)
            if key in value or schema is False or (*path, key) in self._plan.omitted:
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

    def _key(self, node: JsonObject, name: str, number: int, path: Path) -> str:
        """Return a telling name for the entry `number` of a map that is called `name`."""
        names = node.get("propertyNames")
        patterns = node.get("patternProperties")
        given = node.get("x-additionalPropertiesName")
        telling = str(given) if isinstance(given, str) and given else singular(name) or "key"
        text = telling if number == 0 else f"{telling}{number + 1}"
        if isinstance(names, dict):
            flat, _ = self._composer.compose(names, (*path, "#"), (), 0)
            listed = flat.get("enum", [flat["const"]] if "const" in flat else None)
            if isinstance(listed, list) and listed:
                return str(listed[number % len(listed)])
            text = made_text(flat, telling, number)
        elif isinstance(patterns, dict) and patterns and node.get("additionalProperties") is False:
            expressions = list(patterns)
            expression = expressions[number % len(expressions)]
            return pattern_text(expression, 0, 100, number // len(expressions)) or "key"
        return text

    # Arrays.

    def _array(self, node: JsonObject, name: str, path: Path, trail: Trail) -> Task:
        prefix = node.get("prefixItems")
        first = prefix if isinstance(prefix, list) else []
        wanted = self._wanted(node, len(first))
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
            schema = first[index] if index < len(first) else self._item_schema(node, index - len(first))
            try:
                value.append((yield self._item(schema, one, place, trail, value if distinct else ())))
            except NothingFitsError:
                if index < least:
                    raise
                break
            if index >= least:
                self.points.setdefault(place, Point()).optional = True
        return value

    def _item_schema(self, node: JsonObject, index: int) -> JsonValue:
        """Return the schema of the item `index`, counted after the prefix; the first ones are those to contain."""
        items, contained = node.get("items", True), node.get("contains")
        if not isinstance(contained, dict) or index >= least_contained(node):
            return items
        return both(items, contained)

    def _wanted(self, node: JsonObject, prefix: int) -> int:
        """Return how many items to make: one at least where that is allowed."""
        least, most = bounds(node, "Items")
        if "contains" in node:
            beyond = 0 if node.get("items") is False else prefix
            least = max(least, beyond + least_contained(node))
        offered = max(prefix, 1) if self._plan.extent.optional else 0
        if node.get("items", True) is False:
            offered = prefix if self._plan.extent.optional else 0
        return min(max(least, offered), most)

    def _item(self, schema: JsonValue, name: str, path: Path, trail: Trail, taken: Iterable[JsonValue]) -> Task:
        """Return an item that is not among `taken`, as far as there is one."""
        made = yield self.value(schema, name, path, trail)
        before = self._other
        seen = list(taken)
        while made in seen and self._other < before + len(seen) + _ANOTHER:
            self._other += 1
            for known in [known for known in self._left if known[: len(path)] == path]:
                del self._left[known]
            made = yield self.value(schema, name, path, trail)
        self._other = before
        return made
