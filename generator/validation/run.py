"""One pass of the rules over the objects of a document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.findings import Finding, Place, Severity
from generator.json_values import pointer_join
from generator.validation.rule import Check, Context, Rule
from generator.validation.walk import Kind, Visit

_EVERY_KIND = "*"


class _Calls(Struct, frozen=True):
    """What to ask of one kind of object: always, and where it has a member."""

    always: tuple[tuple[Rule, Check], ...]
    by_member: Mapping[str, tuple[tuple[Rule, Check], ...]]


def run_rules(
    rules: Sequence[Rule], grades: Mapping[str, Severity], visits: Iterable[Visit], context: Context
) -> Iterator[Finding]:
    """Yield what `rules` say of `visits`, each as grave as `grades` says.

    Of an object that is a reference only the rules for every kind speak. Rules that wait for a member are found by the
    object's own members, so that an object costs next to nothing for rules that have nothing to say of it.
    """
    active = [rule for rule in rules if rule.check is not None and context.document.version in rule.versions]
    everywhere = _calls(active, _EVERY_KIND)
    calls = {kind: _calls(active, kind) for kind in {kind for rule in active for kind in rule.kinds}}
    for visit in visits:
        chosen = everywhere if "$ref" in visit.node else calls.get(visit.kind, everywhere)
        asked = list(chosen.always)
        for member in visit.node:
            if member in chosen.by_member:
                asked += [call for call in chosen.by_member[member] if call not in asked]
        for rule, check in asked:
            for problem in check(visit, context):
                pointer = pointer_join(visit.pointer, *problem.at)
                yield Finding(
                    rule=rule.name,
                    severity=problem.severity or grades[rule.name],
                    message=problem.message,
                    why=rule.reason,
                    hint=problem.hint,
                    place=Place(context.document.uri, pointer),
                )


def _calls(rules: Iterable[Rule], kind: Kind) -> _Calls:
    """Return the calls for objects of `kind`, those for every kind included."""
    chosen = [
        (rule, rule.check)
        for rule in rules
        if rule.check is not None and (kind in rule.kinds or _EVERY_KIND in rule.kinds)
    ]
    members = dict.fromkeys(member for rule, _ in chosen for member in rule.members)
    return _Calls(
        always=tuple(call for call in chosen if not call[0].members),
        by_member={member: tuple(call for call in chosen if member in call[0].members) for member in members},
    )
