"""Values in the making, one inside the other, on a stack of our own: depth is the schema's, never Python's."""

from collections.abc import Generator
from typing import Any, TypeAlias

from generator.json_values import JsonValue
from generator.samples.plan import Effort, NothingFitsError

Task: TypeAlias = "Generator[Any, Any, Any]"
"""One value in the making: it yields the tasks whose values it needs, and returns its own."""


def run(first: Task, effort: Effort) -> JsonValue:
    """Do a task with all that it asks for, and return its value. Raises what the task raises.

    Each task is a step of the `effort`; raises TooMuchWorkError where there are too many.
    """
    stack = [first]
    answer: JsonValue = None
    failure: NothingFitsError | None = None
    while stack:
        try:
            asked = stack[-1].send(answer) if failure is None else stack[-1].throw(failure)
        except StopIteration as done:
            stack.pop()
            answer, failure = done.value, None
        except NothingFitsError as error:
            stack.pop()
            answer, failure = None, error
        else:
            effort.spend()
            stack.append(asked)
            answer = failure = None
    if failure is not None:
        raise failure
    return answer
