"""Path templates are well formed."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for path in visit.node:
        names = re.findall(r"\{([^{}]*)\}", path)
        if path.startswith("x-"):
            continue
        if re.search(r"[{}]", re.sub(r"\{[^{}]+\}", "", path)):
            yield Problem(message=f"The braces of `{path}` do not pair up.", hint="Write `{name}`.", at=(path,))
        elif len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            yield Problem(
                message=f"The path `{path}` has `{{{twice}}}` more than once.", hint="Give each its name.", at=(path,)
            )


RULE = Rule(
    name="path-template",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    kinds=("paths",),
    what="The braces of a path pair up, and each name in them comes once.",
    why="A path with an open brace, or with one name twice, cannot be filled in.",
    wrong="""\
paths:
  /pets/{id}/{id}: {}
""",
    right="""\
paths:
  /pets/{id}/toys/{toy}: {}
""",
    source="OpenAPI 3.0.4, 4.7.8.1 and 3 (Path Templating)",
    check=_check,
)
