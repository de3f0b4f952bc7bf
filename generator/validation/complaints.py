"""What an error of a schema complains of, and whether a finding of a rule says the same."""

import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.findings import Finding, Place
from generator.json_values import pointer_join, pointer_split

_OF_MEMBERS = frozenset({"contains", "maxItems", "minItems", "minProperties", "not", "propertyNames", "uniqueItems"})
"""Keywords that an object violates by its members: a finding may stand at one of these."""

_MOST = 100
_MOST_FINDINGS = 1000
"""How many complaints of one error are held against how many findings at one object."""


class Complaint(Struct, frozen=True, kw_only=True):
    """What is complained of: the object or value at `place`, or the member of it that `name` is, missing or too many.

    `of_members`: it is about its members without naming any.
    """

    place: Place
    name: str | None = None
    of_members: bool = False

    def is_told_by(self, finding: Finding) -> bool:
        """Tell whether `finding` has the same subject: there, or beside it and naming it."""
        here, there = self.place.pointer, finding.place.pointer
        if self.place.uri != finding.place.uri:
            return False
        if self.name is not None:
            near = here in {there, there.rpartition("/")[0]} or there == here.rpartition("/")[0]
            return near and mentions(finding, self.name)
        if here == there or (self.of_members and here == there.rpartition("/")[0]):
            return True
        return bool(here) and there == here.rpartition("/")[0] and mentions(finding, pointer_split(here)[-1])


class Complaints(Struct, frozen=True, kw_only=True):
    """What one error complains of: `every` one of these, or one of them where alternatives failed."""

    each: tuple[Complaint, ...]
    every: bool = True

    def are_told(self, near: Mapping[str, Sequence[Finding]]) -> bool:
        """Tell whether findings have the same subject; `near` has them by their pointer, and by that around it."""
        return (all if self.every else any)(_is_told(complaint, near) for complaint in self.each)


def complaints_of(error: Any, uri: str, innocent: Container[str] = ()) -> Complaints:
    """Return what an error of jsonschema-rs in the document at `uri` complains of: of alternatives, what each does.

    Of members that are too many those that are `innocent` do not count.
    """
    found = (
        complaint for leaf in _leaves(error) for complaint in _of_leaf(leaf, uri) if complaint.name not in innocent
    )
    every = not getattr(error.kind, "context", None)
    return Complaints(each=tuple(dict.fromkeys(itertools.islice(found, _MOST))), every=every)


def _is_told(complaint: Complaint, near: Mapping[str, Sequence[Finding]]) -> bool:
    pointer = complaint.place.pointer
    places = dict.fromkeys((pointer, pointer.rpartition("/")[0]))
    return any(complaint.is_told_by(said) for at in places for said in near.get(at, ())[:_MOST_FINDINGS])


def _leaves(error: Any) -> Iterator[Any]:
    branches = [branch for branch in getattr(error.kind, "context", None) or () if branch]
    if not branches:
        yield error
    for branch in branches:
        for below in branch:
            yield from _leaves(below)


def _of_leaf(error: Any, uri: str) -> Iterator[Complaint]:
    kind = error.kind
    place = Place(uri, pointer_join("", *error.instance_path))
    names = (kind.property,) if kind.name == "required" else tuple(getattr(kind, "unexpected", None) or ())
    if not names:
        yield Complaint(place=place, of_members=kind.name in _OF_MEMBERS)
    for name in names:
        yield Complaint(place=place, name=str(name))


def mentions(finding: Finding, name: str) -> bool:
    """Tell whether `finding` names `name`, in its words or by its place."""
    words = f"{finding.message} {finding.hint}"
    named = any(f"{begin}{name}{end}" in words for begin, end in (("`", "`"), ("`", ":"), ('"', '"'), ("'", "'")))
    return named or finding.place.pointer.endswith(pointer_join("", name))
