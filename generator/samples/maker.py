"""Values made from a schema where its author gives none."""

import contextlib
from collections.abc import Mapping, Sequence

from generator.json_values import JsonObject, JsonValue
from generator.samples.alternatives import Composer
from generator.samples.direction import Direction
from generator.samples.making import Making
from generator.samples.memory import Memory
from generator.samples.plan import (
    LEAST_WORK,
    MOST_WORK,
    WORK_IN_ALL,
    Effort,
    Extent,
    Made,
    NothingFitsError,
    Path,
    Plan,
    TooMuchWorkError,
)
from generator.samples.tasks import Task, run


class Maker:
    """Makes values for one direction from schemas whose references are in `definitions`.

    `work` is how many steps that took so far; `refused` are the values of an author's that were not taken for the
    first value made last, since they cannot be, each with where it would have been.
    """

    def __init__(self, definitions: Mapping[str, JsonObject | bool], direction: Direction) -> None:
        self._direction = direction
        self._composer = Composer(definitions)
        self._memories: dict[bool, Memory] = {False: {}, True: {}}
        self.work = 0
        self.refused: Sequence[tuple[Path, JsonValue]] = ()

    def make(self, node: JsonValue, name: str, plan: Plan) -> Made:
        """Return a value for the schema `node` of the member `name`, made as `plan` says, with all its points.

        Raises NothingFitsError where the schema allows nothing, or needs itself without end.
        """
        with contextlib.suppress(NothingFitsError):
            return self._make(node, name, plan, lenient=False)
        return self._make(node, name, plan, lenient=True)

    def _make(self, node: JsonValue, name: str, plan: Plan, *, lenient: bool) -> Made:
        effort = self._effort()
        making = Making(self._composer, self._direction, plan, None, effort, lenient=lenient)
        value = self._run(making.value(node, name, (), ()), effort)
        return Made(value=value, points=making.points, cut=making.cut, lenient=lenient)

    def first(self, node: JsonValue, name: str, extent: Extent) -> JsonValue:
        """Return the value that `make` makes by a plan without choices, sooner, since definitions are remembered.

        Raises NothingFitsError as `make`, and SpentError where it would be too large.
        """
        with contextlib.suppress(NothingFitsError):
            return self._first(node, name, extent, lenient=False)
        return self._first(node, name, extent, lenient=True)

    def _first(self, node: JsonValue, name: str, extent: Extent, *, lenient: bool) -> JsonValue:
        memory = self._memories[lenient]
        effort = self._effort()
        making = Making(self._composer, self._direction, Plan(extent=extent), memory, effort, lenient=lenient)
        self.refused = making.refused
        return self._run(making.value(node, name, (), ()), effort)

    def _run(self, task: Task, effort: Effort) -> JsonValue:
        """Return what the task makes. Raises NothingFitsError also where that takes too many steps."""
        try:
            return run(task, effort)
        except TooMuchWorkError as error:
            raise NothingFitsError from error
        finally:
            self.work += effort.spent

    def _effort(self) -> Effort:
        return Effort(MOST_WORK if self.work < WORK_IN_ALL else LEAST_WORK)
