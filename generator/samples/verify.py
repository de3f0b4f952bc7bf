"""Values held against their schemas, formats included: one compiled validator for all schemas of an API."""

import contextlib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from generator.expressions import engine_options
from generator.json_values import JsonObject, JsonValue
from generator.model import Schema
from generator.pattern_weight import patterns, states
from generator.samples.direction import Direction
from generator.samples.formats import CHECKS
from generator.samples.patterns import is_pattern
from generator.samples.schemas import definition_key, for_direction, without_unreadable_patterns
from generator.samples.violations import Violation, violation_of
from generator.samples.weight import UNEVALUATED_WAYS, Weigher

_REFERENCE = re.compile(rb'"\$ref":("#[^"\\]*(?:\\.[^"\\]*)*")')
_DIRECTED = (b'"readOnly":true', b'"writeOnly":true')
"""What marks a member as one of responses or of requests only."""

_SHELF = 64
"""How many schemas stand side by side in the compiled one: looking a member up costs as many steps."""

_MOST_VIOLATIONS = 50
"""How many violations of one value are looked at."""

_MANY_WAYS = 10_000
"""From how many ways through definitions on values are looked at one by one."""

_MANY_CIRCLES = 12
"""So do definitions that lead back to themselves more often than that: a validator goes through all their orders."""

_SEVERAL_FOR_ONE = re.compile(
    rb'"(?:anyOf|oneOf|allOf|not|if|dependentSchemas|patternProperties|contains|unevaluated\w+)":|,"\$ref":|"\$ref":"[^"]*",'
)
"""What makes a validator apply several schemas to one value: keywords, and a reference that has others beside it."""

_MOST_WAYS = 1_000_000
"""Through how many ways of alternatives a value is followed; a validator that has more of them would not end."""

_MOST_FOLLOWED = 60_000_000
_COST_OF_PAIR = 12
"""Through how many ways all values are followed; a pair of a schema and a value that is counted costs as some ways."""

_MOST_MATCHING = 400_000_000
_MOST_MATCHING_IN_ALL = 1_500_000_000
_FEW_STEPS = 20_000_000
"""How many steps patterns may take with one value, with all, and up to how many they are not counted one by one."""

_MOST_EXPLAINED = 200
_MOST_EXPLAINING = 500_000
"""For how many ways one value is explained, and all values: it takes a validator their square."""

_MOST_SHOWN = 5_000_000
"""How many characters a validator may put together for one value: all of an object for each member that it lacks."""


class Verifier:
    """Holds values against the schemas of one API, for either direction.

    `schemas` are those that will be asked for: they are compiled together. Others are compiled when they are met.
    """

    def __init__(self, definitions: Mapping[str, JsonObject | bool], schemas: Iterable[Schema] = ()) -> None:
        self._definitions = definitions
        self._contents: dict[int, bytes] = {}
        self._kept: list[JsonValue] = []
        self._nodes = {self.content(schema.node): schema.node for schema in schemas}
        self._shelves = {
            content: (str(number // _SHELF), str(number % _SHELF)) for number, content in enumerate(self._nodes)
        }
        self._compiled: dict[tuple[bytes, Direction | None], Callable[[JsonValue], Any]] = {}
        self._together: dict[Direction | None, Any] = {}
        self._weigher = Weigher(definitions)
        self._explained = 0.0
        self._followed = 0.0
        self._matched = 0

    def content(self, node: JsonValue) -> bytes:
        """Return what identifies the schema `node`: two with the same content accept the same values."""
        known = self._contents.get(id(node))
        if known is None:
            self._kept.append(node)  # so that its id stays its own
            known = self._contents[id(node)] = msgspec.json.encode(node)
        return known

    def accepts(self, node: JsonValue, value: JsonValue) -> bool:
        """Tell whether the schema `node`, one of those asked for, accepts `value` as it stands, for no direction.

        What it accepts may show members that are only sent beside such that are only received.
        """
        shelf = self._shelves.get(self.content(node))
        if not self._can_be_followed(node, value):
            return False
        validator = self._shared(None) if shelf else None
        return bool(shelf and validator is not None and validator.is_valid({shelf[0]: {shelf[1]: value}}))

    def violation(self, node: JsonValue, value: JsonValue, direction: Direction | None) -> Violation | None:
        """Return the first way in which `value` violates the schema `node`; None where it does not.

        Without a direction, `node` is taken as it stands, and must be one of those asked for.
        Nothing is found where the schema itself cannot be compiled, which validation has said. What has too many ways
        through alternatives is a violation itself.
        """
        return next(iter(self.violations(node, value, direction, most=1)), None)

    def violations(
        self, node: JsonValue, value: JsonValue, direction: Direction | None, *, most: int = _MOST_VIOLATIONS
    ) -> tuple[Violation, ...]:
        """Return the ways in which `value` violates the schema `node`, `most` of them at most."""
        if not self._can_be_followed(node, value):
            return (TOO_MANY_WAYS,)
        content = self.content(node)
        shelf = self._shelves.get(content)
        validator = self._shared(direction) if shelf else None
        held: JsonValue = value
        depths = (0, 2)
        if shelf and validator is not None:
            held, depths = {shelf[0]: {shelf[1]: value}}, (2, 6)
        else:
            validator = self._alone(content, node, direction)
        if validator is None or validator.is_valid(held):
            return ()
        if not self._is_explained(node, value):
            return (_NO_ALTERNATIVE if self._has_alternatives else _NOT_VALID,)
        try:
            errors = itertools.islice(validator.iter_errors(held), most)
            return tuple(violation_of(error, held, depths) for error in errors)
        except ValueError:  # of a value that is nested deeper than 255 levels the engine tells nothing
            return (_NOT_VALID,)

    def faults(self, node: JsonValue, value: JsonValue, found: tuple[Violation, ...]) -> tuple[Violation, ...]:
        """Return what was `found` without what merely does not travel in its direction, which is no author's fault."""
        if all(violation.keyword != "falseSchema" for violation in found):
            return found
        forbidden = {each.path for each in self.violations(node, value, None) if each.keyword == "falseSchema"}
        return tuple(each for each in found if each.keyword != "falseSchema" or each.path in forbidden)

    def _can_be_followed(self, node: JsonValue, value: JsonValue) -> bool:
        """Tell whether a validator gets through `value` in good time, after all those before it."""
        has_costly_patterns = self._states > 0 and self._states * len(msgspec.json.encode(value)) > _FEW_STEPS
        if not self._is_entangled and not has_costly_patterns:
            return True
        if self._followed > _MOST_FOLLOWED or (has_costly_patterns and self._matched > _MOST_MATCHING_IN_ALL):
            return False
        ways = self._weigher.ways(node, value)
        is_bounded = ways <= _MOST_WAYS and self._weigher.matching <= _MOST_MATCHING
        self._followed += _COST_OF_PAIR * self._weigher.pairs + (ways if is_bounded else 0)
        self._matched += self._weigher.matching if is_bounded else 0
        return is_bounded

    @cached_property
    def _states(self) -> int:
        """Return how many states all patterns of the schemas have together."""
        named = {pattern for pattern, _ in patterns({**self._definitions, "": list(self._nodes.values())})}
        return sum(map(states, named))

    def _is_explained(self, node: JsonValue, value: JsonValue) -> bool:
        """Tell whether the validator is asked why it refuses `value`: it says that of each way through alternatives."""
        ways = self._weigher.ways(node, value)
        shown = self._weigher.missing * len(msgspec.json.encode(value))
        if self._has_alternatives and ways > _MOST_EXPLAINED:
            return False
        if shown > _MOST_SHOWN or self._explained > _MOST_EXPLAINING:
            return False
        self._explained += shown / 200 + (ways**2 if self._has_alternatives else 0)
        return True

    @cached_property
    def _texts(self) -> dict[str | bytes, bytes]:
        """Return definitions, by their keys, and schemas as JSON."""
        return {
            **{key: msgspec.json.encode(node) for key, node in self._definitions.items()},
            **{content: content for content in self._nodes},
        }

    def _has_any(self, *members: bytes) -> bool:
        """Tell whether one of `members`, as compact JSON writes them, is in some schema."""
        return any(member in text for text in self._texts.values() for member in members)

    @cached_property
    def _has_alternatives(self) -> bool:
        return self._has_any(b'"anyOf":', b'"oneOf":')

    @cached_property
    def _is_entangled(self) -> bool:
        """Tell whether definitions lead to others in so many ways that values have to be looked at one by one."""
        return self._has_any(b'"$ref":', b'"unevaluated') and is_entangled(self._texts)

    def _shared(self, direction: Direction | None) -> Any:
        """Return the validator of all schemas together; None where one of them spoils it."""
        if direction not in self._together:
            same = next(iter(self._together.values()), None) if not self._directed else None
            self._together[direction] = same or self._compile(self._bundle(), direction)
        return self._together[direction]

    @cached_property
    def _directed(self) -> bool:
        """Tell whether some schema accepts other values in requests than in responses."""
        return self._has_any(*_DIRECTED)

    def _bundle(self) -> JsonObject:
        shelves: dict[str, JsonValue] = {}
        for content, node in self._nodes.items():
            shelf, slot = self._shelves[content]
            entry: Any = shelves.setdefault(shelf, {"properties": {}})
            entry["properties"][slot] = {"allOf": [node]}  # a member of its own would be left out if marked read-only
        return {"properties": shelves}

    def _alone(self, content: bytes, node: JsonValue, direction: Direction | None) -> Any:
        key = (content, direction)
        if key not in self._compiled:
            self._compiled[key] = self._compile({"allOf": [node]}, direction)
        return self._compiled[key]

    def _compile(self, schema: JsonObject, direction: Direction | None) -> Any:
        """Return a validator; a pattern that it cannot read is left out of the schema. None where it is no schema."""
        import jsonschema_rs

        whole: Any = {**schema, "$defs": self._definitions}
        if direction is not None and self._directed:
            whole = for_direction(whole, direction.value, self._definitions)
        attempts: list[Callable[[], Any]] = [lambda: whole, lambda: without_unreadable_patterns(whole, is_pattern)]
        for rewritten in attempts:
            with contextlib.suppress(jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
                return jsonschema_rs.Draft202012Validator(
                    rewritten(), validate_formats=True, formats=CHECKS, pattern_options=engine_options()
                )
        return None


TOO_MANY_WAYS = Violation(
    path=(), keyword="ways", message="there are more ways through its schema's alternatives than can be followed"
)
"""What is said of a value that is not held against its schema."""

_NOT_VALID = Violation(path=(), keyword="required", message="it is not valid in more ways than can be told")
_NO_ALTERNATIVE = Violation(path=(), keyword="anyOf", message="it is not valid under any of many alternatives")


def is_entangled(texts: Mapping[str | bytes, bytes]) -> bool:
    """Tell whether there may be more ways through the alternatives of schemas than a validator should go.

    `texts` are the schemas as compact JSON, definitions by their keys. It is counted roughly: by how many references
    stand in a definition that applies several schemas to one value, along those that follow.
    """
    looks = {key: _references(text) for key, text in texts.items()}
    ways: dict[str | bytes, int] = {}
    entered: set[str | bytes] = set()
    circles = 0
    for start in looks:
        stack = [(start, False)]
        while stack:
            key, is_left = stack.pop()
            again, references = looks[key]
            if is_left:
                entered.discard(key)
                found = [ways.get(reference, 1) for reference in references]
                ways[key] = max(again * sum(found), again, *found, 1)
                circles += len(entered.intersection(references)) if again else 0
                if ways[key] > _MANY_WAYS or circles > _MANY_CIRCLES:
                    return True
            elif key not in ways:
                ways[key] = 1  # what leads back here is looked at once by a validator too
                entered.add(key)
                stack.append((key, True))
                stack += [(reference, False) for reference in references if reference in looks]
    return False


def _references(text: bytes) -> tuple[int, list[str]]:
    """Return how often a schema applies several ones to one value, 0: never, and the keys of what it refers to."""
    again = UNEVALUATED_WAYS ** text.count(b'"unevaluated') if _SEVERAL_FOR_ONE.search(text) else 0
    references = (definition_key(str(msgspec.json.decode(match))) for match in _REFERENCE.findall(text))
    return again, [key for key in references if key is not None]


class Marks:
    """Which definitions are marked as read-only or write-only somewhere, and which refer to which."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool]) -> None:
        self._definitions = definitions
        self._known: dict[str, tuple[bool, frozenset[str]]] = {}

    def reach(self, node: JsonValue) -> tuple[bool, dict[str, JsonObject | bool]]:
        """Tell whether anything in `node`, or in what it refers to, is marked; and return what it refers to."""
        marked, waiting = self._look(node)
        found: dict[str, JsonObject | bool] = {}
        stack = list(waiting)
        while stack:
            key = stack.pop()
            if key in found or key not in self._definitions:
                continue
            found[key] = self._definitions[key]
            if key not in self._known:
                self._known[key] = self._look(found[key])
            marked = marked or self._known[key][0]
            stack += self._known[key][1]
        return marked, found

    @staticmethod
    def _look(node: JsonValue) -> tuple[bool, frozenset[str]]:
        text = msgspec.json.encode(node)
        references = (msgspec.json.decode(match) for match in _REFERENCE.findall(text))
        keys = frozenset(key for reference in references if (key := definition_key(str(reference))) is not None)
        return any(mark in text for mark in _DIRECTED), keys
