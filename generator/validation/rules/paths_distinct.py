"""Templated paths differ in more than the names of their parameters.

What it checks: no two keys of `paths` are equal once their parameters are renamed.
Why: such paths are identical (OpenAPI 3.0.4, 4.7.8); a server cannot tell them apart.
Wrong: `/pets/{id}` beside `/pets/{name}`
Right: one of them
"""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    seen: dict[str, str] = {}
    for path in visit.node:
        first = seen.setdefault(re.sub(r"\{[^{}]*\}", "{}", path), path)
        if first != path:
            yield Problem(
                message=f"The paths `{first}` and `{path}` are the same once their parameters are renamed.",
                hint="Join the two, or make their fixed parts differ.",
                pointer=path,
            )


RULE = Rule(
    name="paths-distinct",
    severity=Severity.WARNING,
    kinds=("paths",),
    why="Such paths are identical (OpenAPI 3.0.4, 4.7.8): a server cannot tell them apart.",
    check=_check,
)
