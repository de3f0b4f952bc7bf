"""An author's example that violates its schema, brought as near to it as the author's values allow."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.json_values import JsonValue, to_json
from generator.samples.ambiguity import forced_apart, is_ambiguous, told_apart
from generator.samples.mending import mended, substituted, there
from generator.samples.plan import are_nested
from generator.samples.violations import Violation

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

    It was `given` so by its author, who has to be told of `told`; None: it is right, but not all of it travels.
    Its members `staying` do not travel in this direction, which is no change.
    `harmless`: what is left is no reason to show a made value in place of the author's answer.
    """

    value: JsonValue
    left: Violations
    given: JsonValue
    told: Violation | None = None
    staying: frozenset[Place] = frozenset()
    harmless: bool = False


class Judge(Struct, frozen=True, kw_only=True):
    """What is known of the schema of an example: what violates it, and what it would accept.

    `made` is a value made from it; `alternatives` gives a value for each alternative that a violation names.
    A judge that is `lenient` judges what is read, not what is sent: nothing is left out for which `made` has nothing.
    """

    made: JsonValue
    violations: Callable[[JsonValue], Violations]
    alternatives: Callable[[Violation], Sequence[JsonValue]]
    lenient: bool = False


def adapted(value: JsonValue, found: Violations, judge: Judge, trials: Trials) -> Adapted:
    """Return `value`, in which `found` was found, without the faults that can be mended.

    First come coercions, then what is missing is taken from a made value of the same schema, or what tells alternatives
    apart, and at last what offends gives way to what the made value has in its place.
    There are as many `trials` as are left.
    """
    spoiled = frozenset(_place(violation.path) for violation in judge.violations(judge.made))
    result = Adapted(value=value, left=found, given=value)
    trials.begin(value)
    for _ in range(_MOST_STEPS):
        following = _step(result, spoiled, judge, trials)
        if following is None:
            break
        result = following
        if not result.left:
            break
    harmless = judge.lenient and all(_is_harmless(violation, judge.made) for violation in result.left)
    return replace(result, harmless=harmless)


def _is_harmless(violation: Violation, made: JsonValue) -> bool:
    """Tell whether a reader misses nothing: a made value has nothing there, or the author's has several readings."""
    return is_ambiguous(violation) or there(made, violation.path) is None


def _step(current: Adapted, spoiled: frozenset[Place], judge: Judge, trials: Trials) -> Adapted | None:
    """Return the example with one fault less; None where none can be mended.

    Nothing gives way to what is made where that is `spoiled`, no more valid itself.
    """
    for replaces, candidates in ((False, _mended), (True, _substituted)):
        for violation in current.left:
            if replaces and any(are_nested(_place(violation.path), place) for place in spoiled):
                continue
            if replaces and judge.lenient and _is_harmless(violation, judge.made):
                continue
            further: Adapted | None = None
            for candidate in candidates(current.value, violation, judge):
                if not trials.are_left():
                    return None
                left = judge.violations(candidate)
                better = replace(current, value=candidate, left=left)
                if not left:
                    return better
                if further is None and _is_progress(violation, current.left, left):
                    further = better
            if further is not None:
                return further
    return None


def _mended(value: JsonValue, violation: Violation, judge: Judge) -> Iterable[JsonValue]:
    if is_ambiguous(violation):
        return told_apart(value, violation, judge.alternatives(violation))
    return mended(value, violation, judge.made)


def _substituted(value: JsonValue, violation: Violation, judge: Judge) -> Iterable[JsonValue]:
    if is_ambiguous(violation):
        yield from forced_apart(value, violation, judge.made)
    yield from substituted(value, violation, judge.made)


def _is_progress(violation: Violation, before: Violations, after: Violations) -> bool:
    """Tell whether `violation` is gone, and nothing else is wrong in its place but with other members."""
    gone = all(left.path != violation.path or (left.names and left.names != violation.names) for left in after)
    return gone and len(after) <= len(before)


def _place(path: Place) -> Place:
    """Return where in a value of the schema `path` leads, whichever item of a list it is."""
    return tuple(0 if isinstance(step, int) else step for step in path)
