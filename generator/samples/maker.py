"""Values made from a schema where its author gives none."""

import contextlib
from collections.abc import Mapping

from generator.json_values import JsonObject, JsonValue
from generator.samples.direction import Direction
from generator.samples.making import Making
from generator.samples.memory import Memory
from generator.samples.plan import (
    Extent,
    Made,
    NothingFitsError,
    Plan,
)
from generator.samples.tasks import run


class Maker:
    """Makes values for one direction from schemas whose references are in `definitions`."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool], direction: Direction) -> None:
        self._definitions = definitions
        self._direction = direction
        self._memories: dict[bool, Memory] = {False: {}, True: {}}

    def make(self, node: JsonValue, name: str, plan: Plan) -> Made:
        """Return a value for the schema `node` of the member `name`, made as `plan` says, with all its points.

        Raises NothingFitsError where the schema allows nothing, or needs itself without end.
        """
        with contextlib.suppress(NothingFitsError):
            return self._make(node, name, plan, lenient=False)
        return self._make(node, name, plan, lenient=True)

    def _make(self, node: JsonValue, name: str, plan: Plan, *, lenient: bool) -> Made:
        making = Making(self._definitions, self._direction, plan, None, lenient=lenient)
        value = run(making.value(node, name, (), ()))
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
        making = Making(self._definitions, self._direction, Plan(extent=extent), memory, lenient=lenient)
        return run(making.value(node, name, (), ()))
