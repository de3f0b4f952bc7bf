"""An author's example that violates its schema, brought as near to it as the author's values allow."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.json_values import JsonValue, to_json
from generator.samples.mending import mended, substituted, there
from generator.samples.plan import are_nested
from generator.samples.verify import Violation

Violations: TypeAlias = "tuple[Violation, ...]"
Place: TypeAlias = "tuple[str | int, ...]"

_MOST_STEPS = 40
"""How many faults of one example are mended."""


_MOST_TRIED = 1_000_000
_MOST_TRIED_IN_ALL = 5_000_000
_LEAST_TRIALS = 3
"""How many characters of candidates are judged for one example, and for all of an API; but so many candidates."""


class Trials:
    """What is left for mending the examples of one API: each candidate is copied and judged as a whole."""

    def __init__(self) -> None:
        self._left = _MOST_TRIED_IN_ALL
        self._of_this = 0
        self._size = 1

    def begin(self, value: JsonValue) -> None:
        """Begin with an example."""
        self._size = len(to_json(value))
        self._of_this = max(_MOST_TRIED, _LEAST_TRIALS * self._size)

    def are_left(self) -> bool:
        """Tell whether one more candidate may be judged, and count it."""
        may = min(self._of_this, self._left) > 0
        self._of_this -= self._size
        self._left -= self._size
        return may


class Adapted(Struct, frozen=True, kw_only=True):
    """What became of an example: the `value`, and in which ways it is `left` violating its schema.

    `told` is what its author has to be told of; `replaced` says that something of the author's had to give way.
    `unmatched`: in the places of what is left a made value has nothing at all.
    """

    value: JsonValue
    left: Violations
    told: Violation
    replaced: bool = False
    unmatched: bool = False


def adapted(
    value: JsonValue,
    found: Violations,
    made: JsonValue,
    violations: Callable[[JsonValue], Violations],
    trials: Trials,
    *,
    whole: bool = False,
) -> Adapted:
    """Return `value`, in which `found` was found, without the faults that can be mended.

    First come coercions, then what is missing is taken from `made`, a made value of the same schema, and at last what
    offends gives way to what `made` has in its place. `violations` says what a value violates.
    There are as many `trials` as are left. With `whole` nothing is left out for which `made` has nothing.
    That an example has members which do not travel in this direction is no fault of its author's.
    """
    spoiled = frozenset(_place(violation.path) for violation in violations(made))
    told = next((violation for violation in found if violation.keyword != "falseSchema"), found[0])
    result = Adapted(value=value, left=found, told=told)
    trials.begin(value)
    for _ in range(_MOST_STEPS):
        following = _step(result, made, spoiled, violations, trials, whole=whole)
        if following is None:
            break
        result = following
        if not result.left:
            break
    return replace(result, unmatched=all(there(made, violation.path) is None for violation in result.left))


def _step(
    current: Adapted,
    made: JsonValue,
    spoiled: frozenset[Place],
    violations: Callable[[JsonValue], Violations],
    trials: Trials,
    *,
    whole: bool,
) -> Adapted | None:
    """Return the example with one fault less; None where none can be mended.

    Nothing gives way to what is made where that is `spoiled`, no more valid itself.
    """
    for replaces, candidates in ((False, mended), (True, substituted)):
        for violation in current.left:
            if replaces and any(are_nested(_place(violation.path), place) for place in spoiled):
                continue
            if replaces and whole and violation.path and there(made, violation.path) is None:
                continue
            further: Adapted | None = None
            for candidate in candidates(current.value, violation, made):
                if not trials.are_left():
                    return None
                left = violations(candidate)
                better = replace(current, value=candidate, left=left, replaced=current.replaced or replaces)
                if not left:
                    return better
                if further is None and _is_progress(violation, current.left, left):
                    further = better
            if further is not None:
                return further
    return None


def _is_progress(violation: Violation, before: Violations, after: Violations) -> bool:
    """Tell whether `violation` is gone, and nothing else is wrong in its place but with other members."""
    gone = all(left.path != violation.path or (left.names and left.names != violation.names) for left in after)
    return gone and len(after) <= len(before)


def _place(path: Place) -> Place:
    """Return where in a value of the schema `path` leads, whichever item of a list it is."""
    return tuple(0 if isinstance(step, int) else step for step in path)
