"""Patterns can be read."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.schema_types import is_readable_pattern
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    pattern = visit.node["pattern"]
    if not isinstance(pattern, str) or pattern in context.document.costly_patterns:
        return
    if not is_readable_pattern(pattern):
        slashes = len(pattern) > 2 and pattern.startswith("/") and pattern.rstrip("gimsuy").endswith("/")
        yield Problem(
            message=f"The pattern `{pattern[:80]}` cannot be read.",
            hint="Leave out the slashes around it." if slashes else "Look for an open bracket or a stray `*` or `+`.",
            at=("pattern",),
        )


RULE = Rule(
    name="pattern-readable",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    kinds=("schema", "parameter"),
    members=("pattern",),
    what="Each `pattern` is a regular expression that an engine can read.",
    why="A pattern that cannot be read checks nothing, and no sample can be made from it.",
    wrong="{type: string, pattern: '[a-z'}",
    right="{type: string, pattern: '[a-z]'}",
    source="OpenAPI 3.0.4, 4.7.24; ECMA-262, 22.2",
    check=_check,
)
