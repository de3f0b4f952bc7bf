"""One pass of the rules over the objects of a document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from generator.document import SpecificationVersion
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonObject, pointer_join
from generator.validation.rule import Check, Context, Rule
from generator.validation.walk import Kind, Visit
from generator.wording import shortened

_EVERY_KIND = "*"
_LONGEST = 2000
"""How long what is said may be: a name in it that is a page long is told for each of many faults."""


_Call: TypeAlias = tuple[Rule, Check]


class _Calls(Struct, frozen=True):
    """What to ask of one kind of object: always, and where it has a member; `known` remembers it by the members."""

    always: tuple[_Call, ...]
    by_member: Mapping[str, tuple[_Call, ...]]
    known: dict[tuple[str, ...], tuple[_Call, ...]]

    def of(self, node: JsonObject) -> tuple[_Call, ...]:
        """Return what to ask of `node`, each once."""
        by_member = self.by_member
        members = tuple([member for member in node if member in by_member])
        calls = self.known.get(members)
        if calls is None:
            waiting = (call for member in members for call in by_member[member])
            calls = self.known[members] = (*self.always, *{call[0].name: call for call in waiting}.values())
        return calls


def run_rules(
    rules: Sequence[Rule], grades: Mapping[str, Severity], visits: Iterable[Visit], context: Context
) -> Iterator[Finding]:
    """Yield what `rules` say of `visits`, each as grave as `grades` says.

    Of an object that is a reference only the rules for every kind speak. Rules that wait for a member are found by the
    object's own members, so that an object costs next to nothing for rules that have nothing to say of it.
    """
    calls = _plan(rules, context.document.version)
    everywhere = calls[_EVERY_KIND]
    for visit in visits:
        chosen = everywhere if "$ref" in visit.node else calls.get(visit.kind, everywhere)
        for rule, check in chosen.of(visit.node):
            for problem in check(visit, context):
                pointer = pointer_join(visit.pointer, *problem.at)
                yield Finding(
                    rule=rule.name,
                    severity=problem.severity or grades[rule.name],
                    message=shortened(problem.message, _LONGEST),
                    why=rule.reason,
                    hint=shortened(problem.hint, _LONGEST),
                    place=Place(visit.uri, pointer),
                )


def _plan(rules: Sequence[Rule], version: SpecificationVersion) -> Mapping[Kind, _Calls]:
    """Return what to ask of each kind of object in documents of `version`; the same for all such documents."""
    planned, calls = _PLANS.get((id(rules), version), (None, {}))
    if planned is not rules:
        active = [rule for rule in rules if rule.check is not None and version in rule.versions]
        kinds = {_EVERY_KIND, *(kind for rule in active for kind in rule.kinds)}
        calls = {kind: _calls(active, kind) for kind in kinds}
        _PLANS[id(rules), version] = (rules, calls)
    return calls


_PLANS: dict[tuple[int, SpecificationVersion], tuple[Sequence[Rule], Mapping[Kind, _Calls]]] = {}


def _calls(rules: Iterable[Rule], kind: Kind) -> _Calls:
    """Return the calls for objects of `kind`, those for every kind included."""
    chosen = [
        (rule, rule.check)
        for rule in rules
        if rule.check is not None and (kind in rule.kinds or _EVERY_KIND in rule.kinds)
    ]
    members = dict.fromkeys(member for rule, _ in chosen for member in rule.members_of(kind))
    return _Calls(
        always=tuple(call for call in chosen if not call[0].members_of(kind)),
        by_member={member: tuple(call for call in chosen if member in call[0].members_of(kind)) for member in members},
        known={},
    )
