"""How a sample is made: what may be spent, and what is chosen where; and what a maker says of what it made."""

from collections.abc import Mapping

from msgspec import Struct

from generator.json_values import JsonValue

Path = tuple[str | int, ...]
"""Where in a value: the keys and indexes that lead there."""

MOST_NODES = 2000
"""How many values a sample may hold."""

DEEPEST = 100
"""How many levels a sample may have."""

MOST_TEXT = 262_144
"""How many characters a sample may hold."""

MOST_REFUSED = 20
"""Of how many of an author's values that cannot be it is remembered."""

VARIANTS = 8
"""How many texts or numbers are tried at a place."""

MOST_NAMES = 40
"""How many names more than are needed are tried for the entries of a map."""

OTHER_ITEMS = 12
"""How many times another item is tried where items must differ."""

MOST_WORK = 40_000
"""How many steps the making of one sample may take; each part of a schema that is looked at is one."""

WORK_IN_ALL = 1_000_000
LEAST_WORK = 3_000
"""After how many steps for one API there are fewer left for each sample, and how many these are."""


class TooMuchWorkError(Exception):
    """A sample takes more steps than it may: alternatives that fit nothing are tried without end."""


class Effort:
    """The steps that are left for one sample."""

    def __init__(self, steps: int) -> None:
        self._steps = self._left = steps

    @property
    def spent(self) -> int:
        """How many steps were taken."""
        return self._steps - self._left

    def spend(self, steps: int = 1) -> None:
        """Take some of them. Raises TooMuchWorkError where there are none left."""
        self._left -= steps
        if self._left < 0:
            raise TooMuchWorkError


class NothingFitsError(Exception):
    """No value can be made here: an enclosing optional member is left out instead. Its text says why, where known."""


class SpentError(Exception):
    """More would be made than a sample may hold: a smaller one is made instead."""


class Extent(Struct, frozen=True):
    """How much is made of what need not be there: whether any, and how deep references may lead for it."""

    optional: bool
    references: int


EXTENTS = (Extent(True, 12), Extent(True, 4), Extent(True, 1), Extent(False, 1))
"""What is tried in turn until a sample fits what may be spent."""


class Plan(Struct, frozen=True, kw_only=True):
    """What is chosen where it is not the first: which of the possibilities at a path, which members are left out.

    `needed` are optional members that have to be there.
    """

    extent: Extent = EXTENTS[0]
    choices: Mapping[Path, int] = {}
    omitted: frozenset[Path] = frozenset()
    needed: frozenset[Path] = frozenset()


class Point(Struct):
    """A place in a sample: how many possibilities there were, and whether it could have been left out.

    `authored`: the value there is the author's own.
    """

    possibilities: int = 1
    optional: bool = False
    authored: bool = False


def are_nested(first: Path, second: Path) -> bool:
    """Tell whether one of two places is within the other."""
    return all(ours == theirs for ours, theirs in zip(first, second, strict=False))


class Made(Struct, frozen=True, kw_only=True):
    """A sample with its points. `cut`: something required was left out, since there would be too much of it.

    `lenient`: what it was made from contradicts itself.
    """

    value: JsonValue
    points: Mapping[Path, Point]
    cut: bool
    lenient: bool = False
