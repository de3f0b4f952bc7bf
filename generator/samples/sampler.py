"""One API's sample values: an author's valid example first, else a made value; each verified against its schema."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Checked, Finding
from generator.json_values import JsonObject, JsonValue
from generator.model import Example, Schema
from generator.samples import told
from generator.samples.ambiguity import is_ambiguous
from generator.samples.authored import Adapted, Judge, Trials, adapted
from generator.samples.direction import Direction
from generator.samples.maker import Maker
from generator.samples.mending import at, replaced, there
from generator.samples.plan import EXTENTS, Extent, Made, NothingFitsError, Path, Plan, SpentError
from generator.samples.provenance import Definitions, Given, given_at
from generator.samples.repair import elsewhere, gathered, next_plan
from generator.samples.schemas import schema_at
from generator.samples.verify import Verifier
from generator.samples.violations import Violation

_MOST_SAMPLES = 100
"""How many samples are made for one schema until one is valid."""

_MOST_BEGINNINGS = 15
_STEPS = 4
"""How often it is begun anew where nothing was found, and how many samples are made from there."""

_MOST_POINTS = 60_000
"""How many places may be passed in all of them; few of them may be cut."""

_MOST_CONTRADICTIONS = 30
"""How many of them may be made from what contradicts itself."""

_MOST_SEARCHING = 100_000
_MOST_SEARCHING_IN_ALL = 1_000_000
"""How many steps may go into the samples of one schema until one is valid, and into those of all schemas."""

_COUNTLESS = 1000
"""The faults of what stands in for a value where none can be made at all."""


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
        self._definitions = definitions
        self._example = example
        self._makers = {direction: Maker(definitions, direction) for direction in Direction}
        self._verifier = Verifier(definitions, schemas)
        self._made: dict[tuple[bytes, str, Direction], _Outcome] = {}
        self._made_for: dict[tuple[bytes, tuple[Path, ...], Direction], list[JsonValue]] = {}
        self._searching = _MOST_SEARCHING_IN_ALL
        self._trials = Trials()

    def sample(
        self, schema: Schema | None, examples: Sequence[Example] = (), *, direction: Direction, name: str = ""
    ) -> Checked[JsonValue]:
        """Return the first of `examples` that is valid, else one mended by a stated coercion, else a made value.

        An example that violates its schema is a warning with its place and the reason.
        """
        examples = self._sorted(examples)
        if schema is None:
            return Checked(examples[0].value if examples else {})
        findings: list[Finding] = []
        tried: list[Adapted] = []
        for example in examples:
            attempt = self._adapted(schema, example.value, name, direction)
            if attempt is None:
                return Checked(example.value, tuple(findings))
            findings += told.of_example(example, attempt)
            if not attempt.left:
                return Checked(attempt.value, tuple(findings))
            tried.append(attempt)
        made = self._make(schema, name, direction)
        if tried and (tried[0].harmless or len(tried[0].left) <= made.faults):
            findings[:1] = told.of_example(examples[0], tried[0], used=True)
            return Checked(tried[0].value, (*findings, *told.kept(made.findings)))
        return Checked(made.value, (*findings, *made.findings))

    def preferred(self, examples: Sequence[Example]) -> Example | None:
        """Return the one of `examples` that counts first."""
        return next(iter(self._sorted(examples)), None)

    def _sorted(self, examples: Sequence[Example]) -> list[Example]:
        return sorted(examples, key=lambda one: self._example is None or one.name != self._example)

    def check(self, schema: Schema | None, value: JsonValue, *, direction: Direction) -> str | None:
        """Return why `value` violates `schema`, or None where it does not."""
        violation = None if schema is None else self._verifier.violation(schema.node, value, direction)
        return violation.message if violation else None

    def _adapted(self, schema: Schema, value: JsonValue, name: str, direction: Direction) -> Adapted | None:
        """Return an author's example, mended as far as it can be; None where it is valid as it is."""
        found = self._violations(schema, value, direction)
        if not found:
            return None
        attempt = self._nearer(schema, value, found, self._make(schema, name, direction).value, direction)
        faults = self._verifier.faults(schema.node, value, found)
        return replace(attempt, told=next(iter(faults or found), None) if faults or attempt.left else None)

    def _nearer(
        self, schema: Schema, value: JsonValue, found: tuple[Violation, ...], made: JsonValue, direction: Direction
    ) -> Adapted:
        judge = Judge(
            made=made,
            violations=lambda one: self._violations(schema, one, direction),
            alternatives=lambda violation: self._alternatives(schema, violation, direction),
            lenient=direction is Direction.RESPONSE,
        )
        faults = self._verifier.faults(schema.node, value, found)
        staying = frozenset(violation.path for violation in found if violation not in faults)
        return replace(adapted(value, found, judge, self._trials), staying=staying)

    def _alternatives(self, schema: Schema, violation: Violation, direction: Direction) -> list[JsonValue]:
        """Return a made value for each alternative that a violation names, as far as there is one."""
        key = (self._verifier.content(schema.node), violation.accepting, direction)
        if key not in self._made_for:
            values: list[JsonValue] = []
            for way in violation.accepting:
                with contextlib.suppress(NothingFitsError):
                    node = schema_at(schema.node, way, self._definitions)
                    values.append(_affordable(self._makers[direction], node, "")[1])
            self._made_for[key] = values
        return self._made_for[key]

    def _violations(self, schema: Schema, value: JsonValue, direction: Direction) -> tuple[Violation, ...]:
        return self._verifier.violations(schema.node, value, direction)

    def _make(self, schema: Schema, name: str, direction: Direction) -> "_Outcome":
        key = (self._verifier.content(schema.node), name, direction)
        if key not in self._made:
            self._made[key] = self._verified(schema, name, direction)
        return self._made[key]

    def _verified(self, schema: Schema, name: str, direction: Direction) -> "_Outcome":
        """Return a made value that the schema accepts, or the best one with a warning."""
        maker = self._makers[direction]
        try:
            extent, value = _affordable(maker, schema.node, name)
        except NothingFitsError as error:
            finding = told.of_schema(told.INVALID, str(error) or "no value can satisfy it", schema, None, self._uri)
            return _Outcome(value={}, findings=(finding,), faults=_COUNTLESS)
        refused = self._refused(schema, value, maker.refused, direction)
        found = self._violations(schema, value, direction)
        if not found:
            return _Outcome(value=value, findings=refused)
        plan = Plan(extent=extent)
        try:
            made = maker.make(schema.node, name, plan)  # the same value, with the points where it can be changed
        except NothingFitsError:  # made anew it takes more steps than by what is remembered
            finding = told.of_schema(told.INVALID, found[0].message, schema, found[0], self._uri)
            return _Outcome(value=value, findings=(*refused, finding), faults=len(found))
        best, authored = self._searched(schema, name, direction, _Try(plan=plan, made=made, found=found))
        said: tuple[Finding, ...] = ()
        if authored is not None:
            attempt = self._nearer(schema, value, found, best.made.value, direction)
            faults = self._verifier.faults(schema.node, made.value, found)
            own = [one for violation in faults if (one := self._authored(schema, made, violation))]
            own = own or ([authored] if faults else [])
            readable = direction is Direction.RESPONSE and all(map(is_ambiguous, attempt.left))
            used = bool(attempt.left) and readable and not best.found
            said = tuple(told.of_authored(one, attempt, schema, self._uri, used=used) for one in own)
            if used:
                return _Outcome(value=attempt.value, findings=(*refused, *said), faults=len(attempt.left))
            if len(attempt.left) <= len(best.found) and (attempt.left or not best.found):
                best = replace(best, made=replace(made, value=attempt.value), found=attempt.left)
        if best.found:
            kind = told.CUT if made.cut else told.INVALID
            said = (told.of_schema(kind, found[0].message, schema, found[0], self._uri),)
            said = told.kept(said) if authored is not None else said
        return _Outcome(value=best.made.value, findings=(*refused, *said), faults=len(best.found))

    def _refused(
        self, schema: Schema, value: JsonValue, refused: Sequence[tuple[Path, JsonValue]], direction: Direction
    ) -> tuple[Finding, ...]:
        """Return what is said of an author's values that cannot stand where they would in the made `value`."""
        said: dict[Finding, None] = {}
        for path, example in refused:
            if there(value, path) is not None:
                found = self._violations(schema, replaced(value, path, example), direction)
                own = next((violation for violation in found if violation.path[: len(path)] == path), None)
                if own is not None:
                    one = told.Authored(violation=own, path=path, given=self._given(schema, own, path, example))
                    said[told.of_authored(one, None, schema, self._uri)] = None
        return tuple(said)

    def _authored(self, schema: Schema, made: Made, violation: Violation) -> told.Authored | None:
        """Return the value of the author's that offends, or within which something does; None where none does."""
        for length in range(len(violation.path) + 1):
            path = violation.path[:length]
            point = made.points.get(path)
            if point is not None and point.authored:
                given = self._given(schema, violation, path, at(made.value, path))
                return told.Authored(violation=violation, path=path, given=given)
        return None

    def _given(self, schema: Schema, violation: Violation, path: Path, value: JsonValue) -> Given | None:
        return given_at(schema, violation, path, value, Definitions(self._definitions, self._uri))

    def _searched(
        self, schema: Schema, name: str, direction: Direction, begun: "_Try"
    ) -> "tuple[_Try, told.Authored | None]":
        """Return the best of many tries, and how a value of its author's violated the schema."""
        maker = self._makers[direction]
        until = maker.work + min(_MOST_SEARCHING, self._searching)
        before = maker.work
        current = best = begun
        authored: told.Authored | None = None
        points = begun.made.points
        in_vain = begun_anew = spent = 0
        for number in range(_MOST_SAMPLES + _MOST_BEGINNINGS * _STEPS):
            violation, found = current.found[0], current.found
            authored = authored or self._authored(schema, current.made, violation)
            if current.made.lenient:  # no change of a part helps where the whole contradicts itself
                found = (replace(violation, path=(), whole=(), names=()),)
            plan = next_plan(current.plan, points, found)
            if plan is None or (number >= _MOST_SAMPLES and (number - _MOST_SAMPLES) % _STEPS == 0):
                begun_anew += 1
                plan = elsewhere(current.plan, points, begun_anew)
            current = replace(current, plan=plan)
            with contextlib.suppress(NothingFitsError):
                made = maker.make(schema.node, name, plan)
                points = gathered(points, made.points)
                current = _Try(plan=plan, made=made, found=self._violations(schema, made.value, direction))
                if not (begun_anew and current.found):  # such a value looks odd: it is taken only where it is valid
                    best = min(best, current, key=lambda one: len(one.found))
                in_vain += made.lenient
                spent += len(made.points) + _MOST_POINTS // 3 * made.cut
            if (
                not best.found
                or maker.work > until
                or spent > _MOST_POINTS
                or in_vain > _MOST_CONTRADICTIONS
                or begun_anew > _MOST_BEGINNINGS
            ):
                break
        self._searching = max(self._searching - (maker.work - before), 0)
        return best, authored


class _Outcome(Struct, frozen=True, kw_only=True):
    """A made value, what is said of it, and in how many ways it violates its schema."""

    value: JsonValue
    findings: tuple[Finding, ...] = ()
    faults: int = 0


class _Try(Struct, frozen=True, kw_only=True):
    """A plan, what was made by it, and in which ways that violates the schema."""

    plan: Plan
    made: Made
    found: tuple[Violation, ...]


def _affordable(maker: Maker, node: JsonValue, name: str) -> tuple[Extent, JsonValue]:
    """Return a sample that is not too large, and its extent; the smallest where all are. Raises NothingFitsError."""
    for extent in EXTENTS[:-1]:
        with contextlib.suppress(SpentError):
            return extent, maker.first(node, name, extent)
    return EXTENTS[-1], maker.first(node, name, EXTENTS[-1])
