"""What an author may have meant: an example that violates its schema, brought one step nearer to it."""

import contextlib
import json
import re
from collections.abc import Iterable
from typing import Any

from generator.json_values import JsonValue, to_json
from generator.samples.violations import Violation


def copied(value: JsonValue) -> Any:
    """Return a copy of `value` that may be edited."""
    return json.loads(to_json(value))


def mended(value: Any, violation: Violation, made: JsonValue) -> Iterable[JsonValue]:
    """Yield copies of `value` in which the violation may be mended by a stated coercion.

    A number written as text or the reverse, a single item for a list or the reverse, JSON written as a text; a member
    that is missing is taken from `made`, a made value for the same schema; one that does not travel is left out.
    """
    if violation.keyword == "required":
        yield from _completed(value, violation, made)
    elif violation.keyword == "falseSchema" and violation.path:
        shorter = copied(value)
        if remove(shorter, violation.path):
            yield shorter
    elif violation.keyword in {"type", "enum", "const", "format"}:
        offending = at(value, violation.path)
        for candidate in coercions(offending):
            yield replaced(value, violation.path, candidate)


def substituted(value: Any, violation: Violation, made: JsonValue) -> Iterable[JsonValue]:
    """Yield copies of `value` in which what offends gives way to what `made` has in its place, or to nothing."""
    if violation.keyword in {"additionalProperties", "unevaluatedProperties"}:
        shorter = copied(value)
        removed = [remove(shorter, (*violation.path, name)) for name in violation.names]
        if removed and all(removed):
            yield shorter
    path = violation.path
    while path:
        replacement = there(made, path)
        if replacement is None:
            shorter = copied(value)
            if isinstance(path[-1], str) and remove(shorter, path):
                yield shorter
        elif replacement[0] != at(value, path):
            yield replaced(value, path, replacement[0])
        path = path[:-1]


def there(value: Any, path: Iterable[str | int]) -> tuple[JsonValue] | None:
    """Return what `value` has at `path`; where a list is shorter, its first item; None where it has nothing."""
    for step in path:
        if isinstance(step, int) and isinstance(value, list) and value:
            value = value[step] if step < len(value) else value[0]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return None
    return (value,)


def _completed(value: Any, violation: Violation, made: JsonValue) -> Iterable[JsonValue]:
    """Yield `value` with the members that it lacks, as far as a made value has them."""
    complete = copied(value)
    target, source = at(complete, violation.path), at(made, violation.path)
    if isinstance(target, dict) and isinstance(source, dict):
        missing = {name: source[name] for name in violation.names if name in source}
        if missing:
            target.update(missing)
            yield complete


def at(value: Any, path: Iterable[str | int]) -> Any:
    """Return what is at `path`; where a list is shorter, its first item; None where there is nothing."""
    found = there(value, path)
    return found[0] if found else None


def replaced(value: JsonValue, path: tuple[str | int, ...], item: JsonValue) -> JsonValue:
    """Return a copy of `value` that has `item` at `path`."""
    if not path:
        return item
    whole = copied(value)
    owner = at(whole, path[:-1])
    owner[path[-1]] = item
    return whole  # type: ignore[no-any-return] # a copy of a JSON value


def remove(value: Any, path: tuple[str | int, ...]) -> bool:
    """Remove the member or item at `path`; tell whether there was one."""
    owner = at(value, path[:-1])
    try:
        del owner[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def coercions(value: JsonValue) -> Iterable[JsonValue]:
    """Yield what an author may have meant by `value`."""
    if isinstance(value, str):
        yield from _readings(value)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, int | float):
        yield to_json(value)
        if isinstance(value, float) and value.is_integer():
            yield int(value)
    elif isinstance(value, dict):
        yield to_json(value, indent=False)
    if isinstance(value, list) and value:
        yield value[0]
    elif not isinstance(value, list) and value is not None:
        yield [value]


def _readings(text: str) -> Iterable[JsonValue]:
    if re.fullmatch(r"\s*-?\d{1,18}\s*", text):
        yield int(text)
    elif re.fullmatch(r"\s*-?\d{1,18}\.\d{1,18}\s*", text):
        yield float(text)
    if text.strip().lower() in {"true", "false"}:
        yield text.strip().lower() == "true"
    if text.strip() != text:
        yield text.strip()
    if text.lstrip()[:1] in {"{", "["} and len(text) < 1_000_000:
        with contextlib.suppress(ValueError, RecursionError):
            yield json.loads(text)
