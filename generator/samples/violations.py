"""Why a value violates its schema, from what a validator says of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from generator.json_values import JsonObject, JsonValue
from generator.wording import without_long_values

_MOST_NAMED = 5
"""How many members are named that are too many."""


class Violation(Struct, frozen=True, kw_only=True):
    """Why a value violates its schema.

    `path` leads to the part of the value that offends, `whole` to the part of which it is one reading where there are
    alternatives. `keyword` is what it violates, `names` are the members that
    are missing or too many. `message` says it in words. `rule` leads to the violated keyword: from the schema, or, if
    it begins with `$defs`, from the definitions. So do `accepting` to the alternatives of a oneOf, where more than one
    accept the part. `way` leads from the schema through references to what offends.
    """

    path: tuple[str | int, ...]
    keyword: str
    message: str
    rule: tuple[str | int, ...] = ()
    names: tuple[str, ...] = ()
    whole: tuple[str | int, ...] = ()
    accepting: tuple[tuple[str | int, ...], ...] = ()
    way: tuple[str | int, ...] = ()

    def message_within(self, depth: int) -> str:
        """Return the message with the part named from so many steps further on."""
        where = "/".join(map(str, self.whole))
        reason = self.message.removeprefix(_at(where))
        return _at("/".join(map(str, self.whole[depth:]))) + reason


def violation_of(error: Any, held: JsonValue, depths: tuple[int, int]) -> Violation:
    """Return the violation in `held`; of the paths in value and schema, the first steps in `depths` are not theirs."""
    leaf = _leaf(error)
    depth, depth_of_rule = depths
    path, part = _followed(held, leaf.instance_path)
    whole, _ = _followed(held, error.instance_path)
    where = "/".join(map(str, whole[depth:]))
    are_too_many = leaf.kind.name == "falseSchema" and list(leaf.schema_path)[-1:] == ["additionalProperties"]
    names = tuple(part) if are_too_many and isinstance(part, dict) else _names(leaf.kind)
    message = without_long_values(_message(error, names if are_too_many else ()))
    return Violation(
        path=path[depth:],
        keyword="additionalProperties" if are_too_many else leaf.kind.name,
        message=_at(where) + message,
        rule=_rule(error, depth_of_rule),
        names=names,
        whole=whole[depth:],
        accepting=tuple((*_rule(leaf, depth_of_rule), index) for index in _accepting(leaf.kind)),
        way=tuple(leaf.evaluation_path[depth_of_rule:]),
    )


def _at(where: str) -> str:
    return f"at `{where}`, " if where else ""


def _rule(error: Any, depth: int) -> tuple[str | int, ...]:
    path = list(error.schema_path)
    return tuple(path if path[:1] == ["$defs"] else path[depth:])


def _accepting(kind: Any) -> list[int]:
    """Return the numbers of the alternatives of a oneOf that accept what is refused since they are several."""
    if kind.name != "oneOf":
        return []
    return [number for number, errors in enumerate(kind.context) if not errors]


def _message(error: Any, too_many: Sequence[str]) -> str:
    """Return what a validator says; where it says `false` to something, what that means."""
    if error.kind.name != "falseSchema":
        return str(error.message)
    if not too_many:
        return "nothing may be there"
    named = ", ".join(map(repr, too_many[:_MOST_NAMED])) + (", …" if len(too_many) > _MOST_NAMED else "")
    return f"Additional properties are not allowed ({named} {'was' if len(too_many) == 1 else 'were'} unexpected)"


def _leaf(error: Any) -> Any:
    """Return the innermost error: of several alternatives, the first error of the one that came closest.

    Where more than one of them accepts the value, it is that itself which offends, not what the others lack.
    """
    while (branches := getattr(error.kind, "context", None)) and all(branches):
        error = min(branches, key=lambda branch: (len(branch), -len(branch[0].instance_path)))[0]
    return error


def _followed(value: Any, steps: Iterable[str | int]) -> tuple[tuple[str | int, ...], Any]:
    """Return the path to a part of `value`, and that part; the validator gives names that are but digits as numbers."""
    path: list[str | int] = []
    for step in steps:
        if isinstance(value, dict):
            path.append(step if step in value else _name_of(step, value))
            value = value.get(path[-1])
        else:
            path.append(step)
            value = (
                next(iter(value[step : step + 1]), None) if isinstance(value, list) and isinstance(step, int) else None
            )
    return tuple(path), value


def _name_of(number: str | int, members: JsonObject) -> str:
    """Return the member's name that a validator gave as a number; where several are possible, the first."""
    return next((name for name in members if re.fullmatch(rf"\+?0*{number}", name)), str(number))


def _names(kind: Any) -> tuple[str, ...]:
    if kind.name == "required":
        return (str(kind.property),)
    return tuple(map(str, getattr(kind, "unexpected", None) or ()))
