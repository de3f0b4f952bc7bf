"""What is said of samples: examples that violate their schema, schemas for which no valid value was found."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding, Place
from generator.json_values import pointer_join
from generator.model import Example, Schema
from generator.samples.authored import Adapted
from generator.samples.verify import Violation
from generator.validation.rule import Rule
from generator.validation.rules.conversion import sample_cut, sample_invalid
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


def of_authored(violation: Violation, attempt: Adapted | None, schema: Schema, uri: str) -> Finding:
    """Return the finding that a value which the author gives within `schema` violates it; `attempt` mended it."""
    finding = of_schema(_EXAMPLE, violation.message, schema, violation, uri)
    return replace(finding, message=finding.message + _outcome(attempt))


def of_example(example: Example, attempt: Adapted, *, used: bool = False) -> Finding:
    """Return the finding that an author's `example` violates its schema, and what is made of it.

    It is `used`, violations and all, where nothing better was found.
    """
    message = f"The example violates its schema: {attempt.told.message}. {_USED if used else _outcome(attempt)}"
    place = Place(example.place.uri, pointer_join(example.place.pointer, *attempt.told.whole))
    return example_invalid.RULE.finding(place, message, "Correct the example, or the schema.")


def _outcome(attempt: Adapted | None) -> str:
    if attempt is None or attempt.left:
        return "A made value takes its place."
    if attempt.replaced:
        return "What offends is replaced or left out; the rest is kept."
    return "It is used in the form that the schema asks for."


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
