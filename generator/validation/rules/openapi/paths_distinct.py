"""Templated paths differ in more than the names of their parameters."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for path in visit.node:
        first = seen.setdefault(re.sub(r"\{[^{}]*\}", "{}", path), path)
        if first != path:
            yield Problem(
                message=f"The paths `{first}` and `{path}` are the same once their parameters are renamed.",
                hint="Join the two, or make their fixed parts differ.",
                at=(path,),
            )


RULE = Rule(
    name="paths-distinct",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    kinds=("paths",),
    what="No two keys of `paths` are equal once their parameters are renamed.",
    why="Such paths are identical: a server cannot tell them apart.",
    wrong="""\
paths:
  /pets/{id}: {}
  /pets/{name}: {}
""",
    right="""\
paths:
  /pets/{id}: {}
  /pets/by-name/{name}: {}
""",
    source="OpenAPI 3.0.4, 4.7.8",
    check=_check,
)
