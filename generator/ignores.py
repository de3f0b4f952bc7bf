"""`x-sendready-ignore`: findings that a specification's authors know of and have a reason for."""

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from generator.document import Document
from generator.findings import Finding, Place
from generator.guesses import did_you_mean
from generator.json_values import JsonValue, pointer_join
from generator.validation.rules.catalogue import EXPLAINED_BY_NAME, RULES_BY_NAME
from generator.validation.rules.reading import ignore_effective

MEMBER = "x-sendready-ignore"


class Ignore(Struct, frozen=True, kw_only=True):
    """One entry: the rule that is kept quiet at the object at `place` and below; `at` is where the entry stands."""

    rule: str
    reason: str
    place: Place
    at: Place

    @property
    def meant(self) -> tuple[str, Place]:
        """The rule, and where it is kept quiet."""
        return self.rule, self.place


def ignores(document: Document) -> tuple[Ignore, ...]:
    """Return all entries of the document, `[RULE, …]` or `[{rule: RULE, reason: …}, …]`."""
    return tuple(
        entry
        for uri, resource in document.resources.items()
        if MEMBER.encode() in resource.source.content
        for entry in _within(uri, resource.root)
    )


def without_ignored(findings: Iterable[Finding], entries: Collection[Ignore]) -> Iterator[Finding]:
    """Yield the findings that no entry keeps quiet, then what is to be said of the entries themselves."""
    meant = {entry.meant for entry in entries}
    used: set[tuple[str, Place]] = set()
    for finding in findings:
        matching = [each for each in _around(finding) if each in meant] if meant else []
        used.update(matching)
        if not matching:
            yield finding
    for entry in entries:
        if entry.rule not in RULES_BY_NAME and entry.rule in EXPLAINED_BY_NAME:
            message = f"Only a conversion says `{entry.rule}`; an ignore, which is for check, does not keep it quiet."
            yield _finding(entry, message, "Remove it.")
        elif entry.rule not in RULES_BY_NAME:
            guess = did_you_mean(entry.rule, RULES_BY_NAME, "`sendready rules` lists the rules.")
            yield _finding(entry, f"`{entry.rule}` is no rule.", guess)
        elif entry.meant not in used:
            yield _finding(entry, f"The ignore of `{entry.rule}` matches nothing any more.", "Remove it.")
        elif not entry.reason:
            hint = f"Write `{{rule: {entry.rule}, reason: …}}`."
            yield _finding(entry, f"The ignore of `{entry.rule}` gives no reason.", hint)


def _around(finding: Finding) -> Iterator[tuple[str, Place]]:
    """Yield what an entry may mean that keeps `finding` quiet: its rule, at its place and at each object around it."""
    pointer = finding.place.pointer
    while True:
        yield finding.rule, Place(finding.place.uri, pointer)
        if not pointer:
            return
        pointer = pointer.rpartition("/")[0]


def _within(uri: str, root: JsonValue) -> Iterator[Ignore]:
    stack: list[tuple[JsonValue, str]] = [(root, "")]
    while stack:
        node, pointer = stack.pop()
        if isinstance(node, list):
            stack.extend((child, pointer_join(pointer, index)) for index, child in enumerate(node))
        if not isinstance(node, dict):
            continue
        listed = node.get(MEMBER)
        for index, entry in enumerate(listed if isinstance(listed, list) else [] if listed is None else [listed]):
            given = entry if isinstance(entry, dict) else {"rule": entry}
            yield Ignore(
                rule=str(given.get("rule")),
                reason=str(given.get("reason") or "").strip(),
                place=Place(uri, pointer),
                at=Place(uri, pointer_join(pointer, MEMBER, index)),
            )
        stack.extend((child, pointer_join(pointer, key)) for key, child in node.items() if key != MEMBER)


def _finding(entry: Ignore, message: str, hint: str) -> Finding:
    return ignore_effective.RULE.finding(entry.at, message, hint)
