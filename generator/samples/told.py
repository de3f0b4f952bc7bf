"""What is said of samples: examples that violate their schema, schemas for which no valid value was found."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding, Place
from generator.json_values import JsonValue, pointer_join, to_json
from generator.model import Example, Schema
from generator.samples.authored import Adapted
from generator.samples.mending import coercions, there
from generator.samples.plan import Path
from generator.samples.provenance import Given
from generator.samples.violations import Violation
from generator.validation.rule import Rule
from generator.validation.rules.conversion import sample_cut, sample_invalid
from generator.validation.rules.openapi import default_valid
from generator.validation.rules.sendable import example_invalid


class _Kind(Struct, frozen=True):
    """One kind of finding; `message` has a place for the reason."""

    rule: Rule
    message: str
    hint: str


_EXAMPLE = _Kind(
    rule=example_invalid.RULE,
    message="An example or default of this schema violates it: {reason}. ",
    hint="Correct the example, or the schema.",
)
INVALID = _Kind(
    rule=sample_invalid.RULE,
    message="No value was found that this schema accepts: {reason}.",
    hint="Give an example, or look whether the schema contradicts itself.",
)
CUT = _Kind(
    rule=sample_cut.RULE,
    message="A value for this schema would be too large, and is cut: {reason}.",
    hint="Give an example, or lower what the schema asks for.",
)
_CONTRADICTION = "Look whether the schema contradicts itself, and whether the example is as it should be."
_MADE = "A made value takes its place."
_USED = "It is used all the same, since nothing better was found."


def of_schema(kind: _Kind, reason: str, schema: Schema, violation: Violation | None, uri: str) -> Finding:
    """Return the finding of `kind` at what is violated of `schema`; `uri` is the entry document's."""
    return kind.rule.finding(_place(schema, violation, uri), kind.message.replace("{reason}", reason), kind.hint)


def _place(schema: Schema, violation: Violation | None, uri: str) -> Place:
    """Return where the schema stands that is violated, or the whole schema's place."""
    tokens = violation.rule[:-1] if violation else ()
    if tokens[:1] == ("$defs",):
        other, _, pointer = str(tokens[1]).rpartition("#")
        return Place(other or uri, pointer_join(pointer, *tokens[2:]))
    return Place(schema.place.uri, pointer_join(schema.place.pointer, *tokens))


class Authored(Struct, frozen=True, kw_only=True):
    """A value of the author's at a `path` of a sample, how it violates the sample's schema, and where it is `given`."""

    violation: Violation
    path: Path
    given: Given | None


def of_authored(
    authored: Authored, attempt: Adapted | None, schema: Schema, uri: str, *, used: bool = False
) -> Finding:
    """Return the finding that a value which the author gives within `schema` violates it; `attempt` mended it.

    It is `used`, violations and all, where nothing better was found.
    """
    violation, given = authored.violation, authored.given
    outcome = _outcome(attempt, authored.path, used=used)
    if given is None:
        finding = of_schema(_EXAMPLE, violation.message, schema, violation, uri)
        return replace(finding, message=finding.message + outcome)
    within = violation.whole[len(authored.path) :]
    place = Place(given.place.uri, pointer_join(given.place.pointer, *within))
    what = "default" if given.is_default else "example"
    message = f"The {what} violates its schema: {violation.message_within(len(authored.path))}. {outcome}"
    rule = default_valid.RULE if given.is_default else example_invalid.RULE
    return rule.finding(place, message, f"Correct the {what}, or the schema.")


def of_example(example: Example, attempt: Adapted, *, used: bool = False) -> tuple[Finding, ...]:
    """Return the finding that an author's `example` violates its schema, and what is made of it; none if it does not.

    It is `used`, violations and all, where nothing better was found.
    """
    if attempt.told is None:
        return ()
    message = f"The example violates its schema: {attempt.told.message}. {_outcome(attempt, (), used=used)}"
    place = Place(example.place.uri, pointer_join(example.place.pointer, *attempt.told.whole))
    return (example_invalid.RULE.finding(place, message, "Correct the example, or the schema."),)


def _outcome(attempt: Adapted | None, path: Path, *, used: bool = False) -> str:
    """Say what became of the author's value at `path`."""
    if used:
        return _USED
    given = there(attempt.given, path) if attempt else None
    if attempt is None or attempt.left or given is None:
        return _MADE
    taken = there(attempt.value, path)
    if taken is None:
        return "It is left out."
    changes = Changes()
    changes.between(given[0], taken[0], ())
    done = [
        f"{word} {_named(paths)}{participle}"
        for word, paths, participle in (
            ("with", changes.added, " added"),
            ("with", changes.altered, " altered"),
            ("without", [one for one in changes.left_out if (*path, *one) not in attempt.staying], ""),
        )
        if paths
    ]
    if done:
        return f"It is used {' and '.join(done)}."
    is_coerced = to_json(taken[0]) in map(to_json, (given[0], *coercions(given[0])))
    return "It is used in the form that the schema asks for." if is_coerced else _MADE


_MOST_NAMED = 3


def _named(paths: Sequence[Path]) -> str:
    """Return the first of the paths to members, and how many more there are."""
    names = ["`" + "/".join(map(str, path)) + "`" for path in paths[:_MOST_NAMED]]
    more = len(paths) - len(names)
    names += [f"{more} more"] if more else []
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])


class Changes:
    """What was done to an example: the ways to the members that were added, altered or left out."""

    def __init__(self) -> None:
        self.added: list[Path] = []
        self.altered: list[Path] = []
        self.left_out: list[Path] = []

    def between(self, before: JsonValue, after: JsonValue, path: Path) -> None:
        """Gather what is other in `after`, which stands at `path`; nothing where all of the example is another."""
        if isinstance(before, dict) and isinstance(after, dict):
            self.left_out += [(*path, name) for name in before if name not in after]
            for name, member in after.items():
                if name in before:
                    self.between(before[name], member, (*path, name))
                else:
                    self.added.append((*path, name))
        elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            for index, (old, new) in enumerate(zip(before, after, strict=True)):
                self.between(old, new, (*path, index))
        elif path and to_json(before) != to_json(after):
            self.altered.append(path)


def kept(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return `findings` of a value that was made in vain, as they are where its author's example is used instead."""
    return tuple(
        replace(
            finding,
            message=f"{finding.message} Its author's example is used, though it violates it too.",
            hint=_CONTRADICTION,
        )
        if finding.rule in {INVALID.rule.name, CUT.rule.name}
        else finding
        for finding in findings
    )
