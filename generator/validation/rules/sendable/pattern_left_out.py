"""Patterns can be compiled together."""

from collections.abc import Iterator

from generator.document import Document
from generator.findings import Finding, Place, Severity
from generator.pattern_weight import LONGEST_PATTERN, MOST_STATES, is_in_data, patterns, pointer, states
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="pattern-left-out",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    what="The patterns of a document can be compiled together; the costliest are left out until the others can be.",
    why="An engine writes out what a pattern repeats by count; a few hundred such patterns exhaust the machine.",
    wrong="{type: string, pattern: '^([a-z]{1,1000}){1,1000}$'}",
    right="{type: string, pattern: '^[a-z]+$', maxLength: 1000}",
    source="sendready's bounds",
)


def left_out_patterns(document: Document) -> Iterator[Finding]:
    """Yield a finding for each place of a pattern that is left out."""
    costly = document.costly_patterns
    for uri, resource in document.resources.items() if costly else ():
        for pattern, way in patterns(resource.root):
            if pattern in costly and not is_in_data(way):
                reason, hint = _said_of(pattern)
                message = f"The pattern `{pattern[:80]}` is left out: {reason}."
                yield RULE.finding(Place(uri, pointer(way)), message, hint)


def _said_of(pattern: str) -> tuple[str, str]:
    if len(pattern) > LONGEST_PATTERN:
        reason = f"it has {len(pattern):,} characters, of {LONGEST_PATTERN:,} that are read"
        return reason, f"Shorten it to {LONGEST_PATTERN:,} characters."
    counted = f"written out, it has about {states(pattern):,} states"
    reason = f"{counted}, and those of a document may have {MOST_STATES:,} together"
    return reason, "Repeat by `*` and `+` instead of by count, and give a `maxLength`."
