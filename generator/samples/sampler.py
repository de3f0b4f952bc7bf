"""One API's sample values: an author's valid example first, else a made value; each verified against its schema."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.findings import Checked, Finding, Place, Severity
from generator.json_values import JsonObject, JsonValue, pointer_join
from generator.model import Example, Schema
from generator.samples.direction import Direction
from generator.samples.maker import Maker
from generator.samples.mending import mended
from generator.samples.plan import EXTENTS, Extent, Made, NothingFitsError, Plan, SpentError
from generator.samples.repair import gathered, next_plan
from generator.samples.verify import Verifier, Violation

_MOST_SAMPLES = 100
"""How many samples are made for one schema until one is valid."""

_MOST_MENDINGS = 16
"""How many faults of an author's example are mended."""


class Sampler:
    """Gives the samples of one API. The same schema, examples and name always give the same value.

    `schemas` are those that samples will be asked for; verifying them together is quicker. `uri` is the entry
    document's, in whose terms `definitions` are keyed. An author's `example` of this name comes before the others.
    """

    def __init__(
        self,
        definitions: Mapping[str, JsonObject | bool],
        schemas: Iterable[Schema] = (),
        *,
        uri: str = "",
        example: str | None = None,
    ) -> None:
        self._uri = uri
        self._example = example
        self._makers = {direction: Maker(definitions, direction) for direction in Direction}
        self._verifier = Verifier(definitions, schemas)
        self._made: dict[tuple[bytes, str, Direction], Checked[JsonValue]] = {}

    def sample(
        self, schema: Schema | None, examples: Sequence[Example] = (), *, direction: Direction, name: str = ""
    ) -> Checked[JsonValue]:
        """Return the first of `examples` that is valid, else one mended by a stated coercion, else a made value.

        An example that violates its schema is a warning with its place and the reason.
        """
        examples = sorted(examples, key=lambda one: self._example is None or one.name != self._example)
        if schema is None:
            return Checked(examples[0].value if examples else {})
        findings: list[Finding] = []
        for example in examples:
            violation = self._verifier.violation(schema.node, example.value, direction)
            if violation is None:
                return Checked(example.value, tuple(findings))
            better, told = self._mended(schema, example.value, violation, direction)
            if told is not None:
                findings.append(_invalid_example(example, told, mended=better is not None))
            if better is not None:
                return Checked(better[0], tuple(findings))
        made = self._make(schema, name, direction)
        return Checked(made.value, (*findings, *made.findings))

    def check(self, schema: Schema | None, value: JsonValue, *, direction: Direction) -> str | None:
        """Return why `value` violates `schema`, or None where it does not."""
        violation = None if schema is None else self._verifier.violation(schema.node, value, direction)
        return violation.message if violation else None

    def _mended(
        self, schema: Schema, value: JsonValue, violation: Violation, direction: Direction
    ) -> tuple[tuple[JsonValue] | None, Violation | None]:
        """Return `value` in a form that the schema accepts, where it can be mended, and what is to be told of it.

        That an example has members which do not travel in this direction is no fault of its author's.
        """
        told: Violation | None = None
        current: Violation | None = violation
        for _ in range(_MOST_MENDINGS):
            if current is None:
                break
            told = told or (None if current.keyword == "falseSchema" else current)
            step = self._mended_once(schema, value, current, direction)
            if step is None:
                return None, told or violation
            value, current = step
        return ((value,), told) if current is None else (None, told or violation)

    def _mended_once(
        self, schema: Schema, value: JsonValue, violation: Violation, direction: Direction
    ) -> tuple[JsonValue, Violation | None] | None:
        """Return `value` without this violation, and the next one, if any; None where it cannot be mended."""
        made = self._make(schema, "", direction).value
        further: tuple[JsonValue, Violation | None] | None = None
        for candidate in mended(value, violation, made):
            left = self._verifier.violation(schema.node, candidate, direction)
            if left is None:
                return candidate, None
            if further is None and (left.path, left.names) != (violation.path, violation.names):
                further = candidate, left
        return further

    def _make(self, schema: Schema, name: str, direction: Direction) -> Checked[JsonValue]:
        key = (self._verifier.content(schema.node), name, direction)
        if key not in self._made:
            self._made[key] = self._verified(schema, name, direction)
        return self._made[key]

    def _verified(self, schema: Schema, name: str, direction: Direction) -> Checked[JsonValue]:
        """Return a made value that the schema accepts, or the best one with a warning."""
        maker = self._makers[direction]
        try:
            extent, value = _affordable(maker, schema.node, name)
        except NothingFitsError:
            return Checked({}, (self._finding(_INVALID, "no value can satisfy it", schema),))
        violation = self._verifier.violation(schema.node, value, direction)
        if violation is None:
            return Checked(value)
        plan = Plan(extent=extent)
        made = maker.make(schema.node, name, plan)  # the same value, with the points where it can be changed
        repaired, authored = self._repaired(schema, name, direction, (plan, made, violation))
        if repaired is None:
            kind = _CUT if made.cut else _INVALID
            return Checked(made.value, (self._finding(kind, violation.message, schema, violation),))
        said = (self._finding(_EXAMPLE, authored.message, schema, authored),) if authored else ()
        return Checked(repaired[0], said)

    def _repaired(
        self, schema: Schema, name: str, direction: Direction, begun: tuple[Plan, Made, Violation]
    ) -> tuple[tuple[JsonValue] | None, Violation | None]:
        """Return a value that the schema accepts, if one is found, and how a value of its author's violated it."""
        plan, made, violation = begun
        authored: Violation | None = None
        points = made.points
        for _ in range(_MOST_SAMPLES):
            point = made.points.get(violation.path)
            authored = authored or (violation if point is not None and point.authored else None)
            following = next_plan(plan, points, violation)
            if following is None:
                break
            plan = following
            with contextlib.suppress(NothingFitsError):
                made = self._makers[direction].make(schema.node, name, plan)
                points = gathered(points, made.points)
                left = self._verifier.violation(schema.node, made.value, direction)
                if left is None:
                    return (made.value,), authored
                violation = left
        return None, authored

    def _finding(self, kind: "_Kind", reason: str, schema: Schema, violation: Violation | None = None) -> Finding:
        return Finding(
            rule=kind.rule,
            severity=Severity.WARNING,
            message=kind.message.replace("{reason}", reason),
            why=kind.why,
            hint=kind.hint,
            place=self._place(schema, violation),
        )

    def _place(self, schema: Schema, violation: Violation | None) -> Place:
        """Return where the schema stands that is violated, or the whole schema's place."""
        tokens = violation.rule[:-1] if violation else ()
        if tokens[:1] == ("$defs",):
            uri, _, pointer = str(tokens[1]).rpartition("#")
            return Place(uri or self._uri, pointer_join(pointer, *tokens[2:]))
        return Place(schema.place.uri, pointer_join(schema.place.pointer, *tokens))


def _affordable(maker: Maker, node: JsonValue, name: str) -> tuple[Extent, JsonValue]:
    """Return a sample that is not too large, and its extent; the smallest where all are. Raises NothingFitsError."""
    for extent in EXTENTS[:-1]:
        with contextlib.suppress(SpentError):
            return extent, maker.first(node, name, extent)
    return EXTENTS[-1], maker.first(node, name, EXTENTS[-1])


class _Kind(Struct, frozen=True):
    """One kind of finding; `message` has a place for the reason."""

    rule: str
    message: str
    why: str
    hint: str


_EXAMPLE = _Kind(
    rule="example-invalid",
    message="An example or default of this schema violates it: {reason}. A made value takes its place.",
    why="An example must match its schema (OpenAPI 3.0.4, 4.7.24), or servers refuse the request.",
    hint="Correct the example, or the schema.",
)
_INVALID = _Kind(
    rule="sample-invalid",
    message="No value was found that this schema accepts: {reason}.",
    why="A validating server may refuse the request.",
    hint="Give an example, or look whether the schema contradicts itself.",
)
_CUT = _Kind(
    rule="sample-cut",
    message="A value for this schema would be too large, and is cut: {reason}.",
    why="A sample holds 2,000 values and 256 KiB at most; a validating server may refuse a shorter one.",
    hint="Give an example, or lower what the schema asks for.",
)


def _invalid_example(example: Example, violation: Violation, *, mended: bool) -> Finding:
    return Finding(
        rule="example-invalid",
        severity=Severity.WARNING,
        message=f"The example violates its schema: {violation.message}. "
        + ("It is used in the form that the schema asks for." if mended else "A made value takes its place."),
        why="An example must match its schema (OpenAPI 3.0.4, 4.7.14.1), or servers refuse the request.",
        hint="Correct the example, or the schema.",
        place=example.place,
    )
