"""Paths hold no query."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for path in visit.node:
        if ("?" in path or "#" in path) and not path.startswith("x-"):
            yield Problem(
                message=f"The path `{path}` holds more than a path.",
                hint="Describe what stands behind `?` by parameters with `in: query`.",
                at=(path,),
            )


RULE = Rule(
    name="path-query",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    kinds=("paths",),
    what="No key of `paths` has a `?` or a `#`.",
    why="A path template is a path only; query parameters are described by `in: query`.",
    wrong="""\
paths:
  /pets?limit={limit}: {}
""",
    right="""\
paths:
  /pets:
    get: {parameters: [{name: limit, in: query, schema: {type: integer}}]}
""",
    source="OpenAPI 3.0.4, 4.7.8; RFC 3986, 3.3",
    check=_check,
)
