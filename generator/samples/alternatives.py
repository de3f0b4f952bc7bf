"""A schema as one flat object: references followed, allOf merged in, one of the alternatives chosen."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Generic, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from generator.json_values import JsonObject, JsonValue
from generator.samples.composition import (
    ALTERNATIVES,
    CONTRADICTION,
    asks_nothing,
    both,
    is_asked,
    is_implied,
    merge,
    shares_type,
)
from generator.samples.discriminators import discriminating, may_say
from generator.samples.flat import is_contradictory
from generator.samples.memory import Trail
from generator.samples.negation import FORBIDDEN, negations, negations_of_others
from generator.samples.plan import Effort, NothingFitsError
from generator.samples.schemas import definition_key

_COMPOSED = frozenset({"$ref", "allOf", "oneOf", "anyOf", "if", "not", FORBIDDEN, "discriminator"})
_MOST_ROUNDS = 1000
_MOST_REFERENCES = 50

_MOST_WAYS = 64
"""How many ways of putting one schema together are looked at."""

_MOST_REMEMBERED = 20_000
"""How many schemas that were put together are remembered."""

_Node = TypeVar("_Node")

Moves: TypeAlias = "tuple[int, ...]"
"""By how many places each of the alternatives is moved, in the order in which they are met."""


class Composed(Struct, frozen=True, kw_only=True):
    """What came of putting a schema together.

    `flat` is None where nothing is allowed, where the parts contradict each other, or where a reference leads into
    itself without end. `entered` are the references that were followed. `counts` are the numbers of alternatives that
    were offered, in the order in which they were met, and `choice` is what they left of the choice between them.
    `looks_back` counts how often it mattered where the schema was met; it took so many `steps`.
    """

    node: JsonValue
    flat: JsonObject | None
    entered: Trail
    counts: tuple[int, ...]
    choice: int
    looks_back: int
    steps: int


class Ways:
    """The ways of putting a schema together, one after the other: what was chosen last is the first to be changed.

    Ways that contradict themselves are passed over; where all do, and it is `lenient`, the first of them is taken.
    """

    def __init__(self, *, lenient: bool) -> None:
        self.moves: Moves = ()
        self._failure = NothingFitsError()
        self._are_several = False
        self._tried = 0
        self._lenient = lenient
        self._contradictory: Moves | None = None
        self._is_last = False
        self._are_left = True

    def are_left(self) -> bool:
        """Tell whether there is a way that was not tried."""
        return self._are_left

    def is_contradictory(self, flat: JsonObject) -> bool:
        """Tell whether this way contradicts itself, and is to be passed over."""
        if self._is_last or not is_contradictory(flat):
            return False
        self._contradictory = self.moves if self._contradictory is None else self._contradictory
        return True

    def fail(self, failure: NothingFitsError) -> None:
        """Note why nothing could be made by this way."""
        self._failure = failure

    @property
    def failure(self) -> NothingFitsError:
        """Return why nothing could be made: the reason of the only way, none where there were several."""
        return NothingFitsError() if self._are_several else self._failure

    def advance(self, counts: tuple[int, ...]) -> None:
        """Go on to the next way; `counts` are the numbers of alternatives that this one met."""
        self._tried += 1
        moves = [*self.moves[: len(counts)], *[0] * (len(counts) - len(self.moves))]
        while moves and moves[-1] + 1 >= counts[len(moves) - 1]:
            moves.pop()
        if moves and self._tried < _MOST_WAYS and not self._is_last:
            self.moves = (*moves[:-1], moves[-1] + 1)
            self._are_several = True
        elif self._contradictory is not None and self._lenient and not self._is_last:
            self.moves, self._is_last = self._contradictory, True
        else:
            self._are_left = False


class Composer:
    """Makes flat schemas, and remembers them: where a value is searched for, the same ones are put together often."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool]) -> None:
        self.definitions = definitions
        self._remembered: dict[tuple[int, int, Trail, Moves, bool], Composed] = {}
        self.alone = _Once(_without_twins)
        self.negations = _Once(negations)

    def is_plain(self, node: JsonObject) -> bool:
        """Tell whether `node` is flat already."""
        return _COMPOSED.isdisjoint(node)

    def compose(
        self, node: JsonValue, choice: int, trail: Trail, moves: Moves, effort: Effort, *, lenient: bool = False
    ) -> Composed:
        """Return `node` as a flat schema, behind the references of `trail`, if there is one.

        Of its alternatives those are taken that `choice` says (the remainder by their number, the quotient for those
        that follow), each so many places further as `moves` says. A `lenient` one may contradict itself. Raises
        TooMuchWorkError.
        """
        key = (id(node), choice, trail, moves, lenient)
        known = self._remembered.get(key)
        if known is not None:  # it keeps its node, so that the id stays that one's
            effort.spend(known.steps)
            return known
        before = effort.spent
        composing = _Composing(self, choice, moves, effort)
        flat = composing.flat(node, trail, lenient=lenient)
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = composed = Composed(
            node=node,
            flat=flat,
            entered=tuple(composing.entered),
            counts=tuple(composing.counts),
            choice=composing.choice,
            looks_back=composing.looks_back,
            steps=effort.spent - before,
        )
        return composed


class _Once(Generic[_Node]):
    """Calls a function once for each node that it meets, and keeps what that returned."""

    def __init__(self, function: Callable[[_Node], list[JsonValue]]) -> None:
        self._function = function
        self._known: dict[int, tuple[_Node, list[JsonValue]]] = {}

    def __call__(self, node: _Node) -> list[JsonValue]:
        known = self._known.get(id(node))
        if known is None:  # the node is kept too, so that its id stays its own
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[id(node)] = (node, self._function(node))
        return known[1]


class _Composing:
    """One schema in the putting together: what was chosen, and the references that were `entered`."""

    def __init__(self, composer: Composer, choice: int, moves: Moves, effort: Effort) -> None:
        self._definitions = composer.definitions
        self._alone = composer.alone
        self._negations = composer.negations
        self._effort = effort
        self._moves = moves
        self.choice = choice
        self.counts: list[int] = []
        self.entered: list[str] = []
        self.looks_back = 0

    def flat(self, node: JsonValue, trail: Trail, *, lenient: bool) -> JsonObject | None:
        """Return the flat schema; None where there is none."""
        try:
            return self._flat(node, trail, lenient=lenient)
        except NothingFitsError:
            return None

    def _flat(self, node: JsonValue, trail: Trail, *, lenient: bool) -> JsonObject:
        if node is False:
            raise NothingFitsError
        flat = node if isinstance(node, dict) else {}
        for _ in range(_MOST_ROUNDS):
            if any(part is False for part in _listed(flat, "allOf")) or (not lenient and CONTRADICTION in flat):
                raise NothingFitsError
            further = self._flatter(flat, trail)
            if further is None:
                return flat
            flat = further
        raise NothingFitsError

    def _flatter(self, flat: JsonObject, trail: Trail) -> JsonObject | None:
        """Return `flat` with one thing less that it is composed of; None where it is flat."""
        self._effort.spend(1 + len(flat) // 10 + len(_listed(flat, "allOf")) // 40)
        further: JsonObject | None = None
        if isinstance(flat.get("$ref"), str):
            further = self._followed(flat, trail)
        elif (certain := _certain_part(flat)) is not None:
            further = _merged_in(flat, certain)
        elif flat.keys() & {"oneOf", "anyOf"}:
            further = self._one_of(flat, (*trail, *self.entered))
        elif "if" in flat:
            further = self._conditional(flat)
        elif FORBIDDEN in flat:
            further = self._otherwise(flat, FORBIDDEN)
        elif "allOf" in flat:
            further = _merged_in(flat, 0)
        elif "not" in flat:
            further = self._otherwise(flat, "not")
        elif isinstance(flat.get("discriminator"), dict):
            further = self._discriminated(flat, trail)
        return further

    def _followed(self, node: JsonObject, trail: Trail) -> JsonObject:
        """Return what the reference of `node` names, and note that it was entered; a second time it adds nothing."""
        reference = str(node["$ref"])
        beside: JsonObject = {keyword: value for keyword, value in node.items() if keyword != "$ref"}
        if reference in self.entered:
            return beside
        if trail.count(reference) > 1:
            raise NothingFitsError
        self.entered.append(reference)
        key = definition_key(reference)
        target = self._definitions.get(key, True) if key is not None else True
        if target is False:
            raise NothingFitsError
        return merge(target, beside) if isinstance(target, dict) else beside

    def _pick(self, count: int) -> int:
        """Return which of `count` alternatives is taken: the chosen one, or another by what is to be moved."""
        number = len(self.counts)
        self.counts.append(count)
        moved = self._moves[number] if number < len(self._moves) else 0
        self.choice, chosen = divmod(self.choice, count)
        return (chosen + moved) % count

    def _one_of(self, node: JsonObject, trail: Trail) -> JsonObject:
        """Return `node` with one alternative of its oneOf, or of its anyOf, added to its allOf."""
        keyword = "oneOf" if "oneOf" in node else "anyOf"
        rest: JsonObject = {name: value for name, value in node.items() if name != keyword}
        listed = _listed(node, keyword)
        self._effort.spend(len(listed) // 4)
        alone = self._alone(listed) if keyword == "oneOf" else listed
        possible = [alternative for alternative in alone or listed if shares_type(rest, alternative)]
        implied = [alternative for alternative in possible if is_implied(rest, alternative)]
        usable = self._ordered(implied[:1] or possible or alone or listed, trail)
        if not usable:
            return rest
        if not alone:  # whatever one of them accepts, another does too
            return {**rest, "allOf": [*_listed(rest, "allOf"), usable[0]]}
        choice = self._pick(len(usable) * (2 if keyword == "oneOf" else 1))
        chosen = usable[choice % len(usable)]
        parts = [*_listed(rest, "allOf"), chosen]
        if choice >= len(usable):  # more than one accepted what was made: say that the others must not
            self._effort.spend(len(listed))
            others: dict[bytes, JsonValue] = {}
            for other in listed:
                if other is not chosen and shares_type(rest, other):
                    others.setdefault(encoded(other), other)
            parts += [{FORBIDDEN: other} for other in others.values()]
        reference = chosen.get("$ref") if isinstance(chosen, dict) else None
        if isinstance(reference, str) and "discriminator" in rest:
            parts.append(discriminating(rest.pop("discriminator"), reference))
        return {**rest, "allOf": parts}

    def _ordered(self, alternatives: list[JsonValue], trail: Trail) -> list[JsonValue]:
        """Return the alternatives, those last that are null, that lead back to where we came from, or allow nothing."""

        def rank(alternative: JsonValue) -> int:
            if not isinstance(alternative, dict):
                return 3 if alternative is False else 0
            if alternative.get("type") == "null":
                return 2
            return 1 if alternative.get("$ref") in trail else 0

        self.looks_back += any(rank(alternative) == 1 for alternative in alternatives)
        return sorted(alternatives, key=rank)

    def _conditional(self, node: JsonObject) -> JsonObject:
        """Return `node` with its condition met and what follows from that, or with what follows otherwise."""
        rest: JsonObject = {name: value for name, value in node.items() if name not in {"if", "then", "else"}}
        met = both(node["if"], node.get("then", True))
        unmet = both({FORBIDDEN: node["if"]}, node.get("else", True))
        if isinstance(node["if"], bool):
            chosen = node.get("then", True) if node["if"] else node.get("else", True)
        else:
            chosen = met if self._pick(2) == 0 else unmet
        return {**rest, "allOf": [*_listed(rest, "allOf"), chosen]}

    def _otherwise(self, node: JsonObject, keyword: str) -> JsonObject:
        """Return `node` without what it forbids; `not` at first as if it did not matter, then as it can be met."""
        rest: JsonObject = {name: value for name, value in node.items() if name != keyword}
        forbidden = self._seen_through(node[keyword])
        if forbidden is True or (isinstance(forbidden, dict) and asks_nothing(forbidden)):
            raise NothingFitsError
        said = [*negations_of_others(forbidden, _listed(rest, "required")), *self._negations(forbidden)]
        possible = [other for other in said if shares_type(rest, other)]
        if said and not possible and keyword == FORBIDDEN:
            raise NothingFitsError
        if keyword == "not" or not possible:
            possible = [True, *possible]
        chosen = possible[self._pick(len(possible))]
        return {**rest, "allOf": [*_listed(rest, "allOf"), chosen]} if chosen is not True else rest

    def _seen_through(self, node: JsonValue) -> JsonValue:
        """Return what `node` is behind its references, with which nothing else stands."""
        for _ in range(_MOST_REFERENCES):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                break
            node = self._definitions.get(definition_key(str(node["$ref"])) or "", True)
        return node

    def _discriminated(self, node: JsonObject, trail: Trail) -> JsonObject:
        """Return a schema with a discriminator of its own as the one of its mapping's schemas that brought us here.

        Where none did, one of them is chosen; a schema that extends the base without being mapped goes by its name.
        """
        self.looks_back += 1
        discriminator = node["discriminator"]
        rest: JsonObject = {name: value for name, value in node.items() if name != "discriminator"}
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        targets = [str(target) for target in mapping.values()] if isinstance(mapping, dict) else []
        here = [reference for reference in (*trail, *self.entered) if reference in targets]
        if not here and targets and len(self.entered) <= 1:
            chosen = targets[self._pick(len(targets))]
            return {**rest, "allOf": [{"$ref": chosen}, discriminating(discriminator, chosen)]}
        named = here[-1:] or self.entered[:1]
        said = discriminating(discriminator, named[0]) if named else True
        return {**rest, "allOf": [said]} if may_say(rest, said, self._seen_through) else rest


def _without_twins(alternatives: list[JsonValue]) -> list[JsonValue]:
    """Return the alternatives that accept something which no other one does: those whose constraints come once."""
    constraints = [
        encoded({keyword: value for keyword, value in alternative.items() if is_asked(keyword, value)})
        if isinstance(alternative, dict)
        else encoded(alternative)
        for alternative in alternatives
    ]
    counted = Counter(constraints)
    return [alternative for alternative, asked in zip(alternatives, constraints, strict=True) if counted[asked] == 1]


def encoded(node: JsonValue) -> bytes:
    """Return what is the same for schemas that say the same, in whatever order."""
    return msgspec.json.encode(node, order="sorted")


def _listed(node: JsonObject, keyword: str) -> list[JsonValue]:
    value = node.get(keyword)
    return value if isinstance(value, list) else []


def _certain_part(node: JsonObject) -> int | None:
    """Return which part of `node`'s allOf is merged in before alternatives are chosen: the first without other ones."""
    if ALTERNATIVES.isdisjoint(node):
        return None
    offered = ALTERNATIVES & node.keys()
    for number, part in enumerate(_listed(node, "allOf")):
        if not isinstance(part, dict) or offered.isdisjoint(part):
            return number
    return None


def _merged_in(node: JsonObject, number: int) -> JsonObject:
    """Return `node` with a part of its allOf merged in, the one of this `number`."""
    others = _listed(node, "allOf")
    part = others[number] if others else True
    others = [*others[:number], *others[number + 1 :]]
    rest: JsonObject = {keyword: value for keyword, value in node.items() if keyword != "allOf"}
    if isinstance(part, dict):
        rest = merge(rest, part)
    if others:
        rest["allOf"] = [*others, *_listed(rest, "allOf")]
    return rest
