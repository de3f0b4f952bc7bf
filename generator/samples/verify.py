"""Values held against their schemas, by compiled validators."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.json_values import JsonObject, JsonValue
from generator.samples.made import Direction

_MOST_REMEMBERED = 20_000


class Verifier:
    """Holds values against the schemas of one API, formats included, for either direction."""

    def __init__(self, definitions: Mapping[str, JsonObject | bool]) -> None:
        self._definitions = definitions
        self._compiled: dict[tuple[int, Direction], Any] = {}
        self._registries: dict[Direction, Any] = {}
        self._kept: list[JsonValue] = []

    def reason(self, node: JsonValue, value: JsonValue, direction: Direction) -> str | None:
        """Return in words why `value` violates the schema `node`; None where it does not."""
        validator = self._validator(node, direction)
        if validator is None or validator.is_valid(value):
            return None
        error = next(iter(validator.iter_errors(value)))
        where = "/".join(map(str, error.instance_path))
        message = error.message if len(error.message) <= 200 else error.message[:197] + "…"
        return f"at `{where}`, {message}" if where else message

    def path(self, node: JsonValue, value: JsonValue, direction: Direction) -> Sequence[str | int] | None:
        """Return where the first violation is in `value`; None where there is none."""
        validator = self._validator(node, direction)
        if validator is None or validator.is_valid(value):
            return None
        return list(next(iter(validator.iter_errors(value))).instance_path)

    def _validator(self, node: JsonValue, direction: Direction) -> Any:
        key = (id(node), direction)
        if key not in self._compiled:
            self._kept.append(node)  # so that its id stays its own
            self._compiled[key] = self._compile(node, direction)
        return self._compiled[key]

    def _compile(self, node: JsonValue, direction: Direction) -> Any:
        import jsonschema_rs

        try:
            rewritten = _absolute(_for_direction(node, direction))
            return jsonschema_rs.Draft202012Validator(
                rewritten, validate_formats=True, registry=self._registry(direction), formats=_formats()
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
            return None

    def _registry(self, direction: Direction) -> Any:
        import jsonschema_rs

        if direction not in self._registries:
            definitions = {key: _absolute(_for_direction(node, direction)) for key, node in self._definitions.items()}
            resource = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions}
            self._registries[direction] = jsonschema_rs.Registry([("urn:definitions", resource)])
        return self._registries[direction]


def _formats() -> dict[str, Any]:
    """Return OpenAPI's own formats (OpenAPI format registry), each with its check."""
    return {
        "int32": lambda value: not _is_integer(value) or -(2**31) <= value < 2**31,
        "int64": lambda value: not _is_integer(value) or -(2**63) <= value < 2**63,
        "byte": lambda value: not isinstance(value, str) or bool(re.fullmatch(r"[A-Za-z0-9+/\s]*={0,2}", value)),
    }


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _absolute(node: Any) -> Any:
    """Return `node` with references into the registry's one resource, and without patterns that nobody can read."""
    if isinstance(node, dict):
        return {
            key: f"urn:definitions{value}"
            if key == "$ref" and isinstance(value, str)
            else value
            if key in {"const", "enum", "example", "examples", "default", "discriminator", "xml"}
            else _absolute(value)
            for key, value in node.items()
            if key != "pattern" or _is_readable(value)
        }
    return [_absolute(item) for item in node] if isinstance(node, list) else node


def _for_direction(node: Any, direction: Direction) -> Any:
    """Return `node` where members that do not travel in this direction are not required (OpenAPI 3.0.4, 4.7.24.1)."""
    if isinstance(node, list):
        return [_for_direction(item, direction) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: _for_direction(value, direction) for key, value in node.items()}
    members, required = node.get("properties"), node.get("required")
    if isinstance(members, dict) and isinstance(required, list):
        result["required"] = [
            name
            for name in required
            if not (isinstance(member := members.get(name), dict) and member.get(direction.value) is True)
        ]
    return result


_READABLE: dict[str, bool] = {}


def _is_readable(pattern: object) -> bool:
    """Tell whether the validator can compile `pattern`; one that it cannot would spoil the whole document's."""
    import jsonschema_rs

    if not isinstance(pattern, str):
        return isinstance(pattern, dict)  # a member that is called `pattern`
    if pattern not in _READABLE:
        try:
            jsonschema_rs.Draft202012Validator({"pattern": pattern})
            _READABLE[pattern] = True
        except (jsonschema_rs.ValidationError, ValueError):
            _READABLE[pattern] = False
    return _READABLE[pattern]
