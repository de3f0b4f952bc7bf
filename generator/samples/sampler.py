"""One API's sample values: an author's valid example first, else a made value; each verified against its schema."""

import contextlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.findings import Checked, Finding, Severity
from generator.json_values import JsonObject, JsonValue, to_json
from generator.model import Example, Schema
from generator.samples.made import Attempt, Direction, Maker, NothingFitsError
from generator.samples.verify import Verifier

_ATTEMPTS = tuple(
    Attempt(branch=branch, full=full, authored=authored)
    for authored in (True, False)
    for full in (True, False)
    for branch in range(4)
)
"""What is tried until a value is valid."""


class Sampler:
    """Gives the samples of one API. The same schema, examples and name always give the same value."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool]) -> None:
        self._makers = {direction: Maker(definitions, direction) for direction in Direction}
        self._verifier = Verifier(definitions)
        self._made: dict[tuple[int, str, Direction], Checked[JsonValue]] = {}
        self._kept: list[JsonValue] = []

    def sample(
        self, schema: Schema | None, examples: Sequence[Example] = (), *, direction: Direction, name: str = ""
    ) -> Checked[JsonValue]:
        """Return the first of `examples` that is valid, else one mended by a stated coercion, else a made value.

        An example that violates its schema is a warning with its place and the reason.
        """
        if schema is None:
            return Checked(examples[0].value if examples else {})
        findings: list[Finding] = []
        for example in examples:
            reason = self.check(schema, example.value, direction=direction)
            if reason is None:
                return Checked(example.value, tuple(findings))
            mended = self._mended(schema, example.value, direction)
            findings.append(_invalid_example(example, reason, mended=mended is not None))
            if mended is not None:
                return Checked(mended[0], tuple(findings))
        made = self._make(schema, name, direction)
        return Checked(made.value, (*findings, *made.findings))

    def check(self, schema: Schema | None, value: JsonValue, *, direction: Direction) -> str | None:
        """Return why `value` violates `schema`, or None where it does not."""
        return None if schema is None else self._verifier.reason(schema.node, value, direction)

    def _make(self, schema: Schema, name: str, direction: Direction) -> Checked[JsonValue]:
        key = (id(schema.node), name, direction)
        if key not in self._made:
            self._kept.append(schema.node)  # so that its id stays its own
            self._made[key] = self._verified(schema, name, direction)
        return self._made[key]

    def _verified(self, schema: Schema, name: str, direction: Direction) -> Checked[JsonValue]:
        best: tuple[JsonValue, str] | None = None
        for attempt in _ATTEMPTS:
            try:
                value = self._makers[direction].make(schema.node, name, attempt)
            except NothingFitsError:
                continue
            reason = self.check(schema, value, direction=direction)
            if reason is None:
                said = (_invalid_schema_example(schema, best[1]),) if best and not attempt.authored else ()
                return Checked(value, said)
            repaired = self._repaired(schema, value, direction)
            if repaired is not None:
                return Checked(repaired[0])
            best = best or (value, reason)
        value, reason = best or ({}, "no value can satisfy it")
        return Checked(value, (_invalid_sample(schema, reason),))

    def _repaired(self, schema: Schema, value: JsonValue, direction: Direction) -> tuple[JsonValue] | None:
        """Return `value` without the optional members that the validator objects to, where that makes it valid."""
        current = json.loads(to_json(value))
        for _ in range(8):
            path = self._verifier.path(schema.node, current, direction)
            if path is None:
                return (current,)
            if not path or not _remove(current, path):
                return None
        return None

    def _mended(self, schema: Schema, value: JsonValue, direction: Direction) -> tuple[JsonValue] | None:
        for candidate in (*_coercions(value), *self._completed(schema, value, direction)):
            if self.check(schema, candidate, direction=direction) is None:
                return (candidate,)
        return None

    def _completed(self, schema: Schema, value: JsonValue, direction: Direction) -> Iterable[JsonValue]:
        """Yield the example with the members that it lacks."""
        if isinstance(value, dict):
            made = self._make(schema, "", direction).value
            if isinstance(made, dict):
                yield {**made, **value}


def _remove(value: Any, path: Sequence[str | int]) -> bool:
    """Remove the member or item at `path`; tell whether there was one."""
    for step in path[:-1]:
        value = value[step]
    try:
        del value[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _coercions(value: JsonValue) -> Iterable[JsonValue]:
    """Yield what an author may have meant: text for a number and the reverse, one item for a list, JSON in a text."""
    if isinstance(value, str):
        if re.fullmatch(r"-?\d+", value) and len(value) < 19:
            yield int(value)
        elif re.fullmatch(r"-?\d+\.\d+", value):
            yield float(value)
        if value.lower() in {"true", "false"}:
            yield value.lower() == "true"
        if value.lstrip()[:1] in {"{", "["} and len(value) < 1_000_000:
            with contextlib.suppress(ValueError, RecursionError):
                yield json.loads(value)
    elif isinstance(value, int | float):
        yield to_json(value)
    if isinstance(value, list) and value:
        yield value[0]
    elif not isinstance(value, list):
        yield [value]


def _invalid_example(example: Example, reason: str, *, mended: bool) -> Finding:
    return Finding(
        rule="example-invalid",
        severity=Severity.WARNING,
        message=f"The example violates its schema: {reason}. "
        + ("It is used in the form that the schema asks for." if mended else "A made value takes its place."),
        why="An example must match its schema (OpenAPI 3.0.4, 4.7.14.1), or servers refuse the request.",
        hint="Correct the example, or the schema.",
        place=example.place,
    )


def _invalid_schema_example(schema: Schema, reason: str) -> Finding:
    return Finding(
        rule="example-invalid",
        severity=Severity.WARNING,
        message=f"An example or default inside this schema violates it: {reason}. Made values take their place.",
        why="An example must match its schema (OpenAPI 3.0.4, 4.7.24), or servers refuse the request.",
        hint="Correct the example, or the schema.",
        place=schema.place,
    )


def _invalid_sample(schema: Schema, reason: str) -> Finding:
    return Finding(
        rule="sample-invalid",
        severity=Severity.WARNING,
        message=f"No value was found that this schema accepts: {reason}.",
        why="A validating server may refuse the request.",
        hint="Give an example, or look whether the schema contradicts itself.",
        place=schema.place,
    )
