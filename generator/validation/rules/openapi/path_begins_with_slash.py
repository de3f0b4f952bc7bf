"""Path keys begin with a slash."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for path in visit.node:
        if not path.startswith(("/", "x-")):
            yield Problem(
                message=f"The path `{path}` does not begin with a slash; its operations are left out.",
                hint=f"Write `/{path}`.",
                at=(path,),
            )


RULE = Rule(
    name="path-begins-with-slash",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.ERROR,
    kinds=("paths",),
    what="Each key of `paths` begins with `/`.",
    why="A path is appended to the server's address; without the slash it is not read as a path.",
    wrong="""\
paths:
  pets: {get: {responses: {"200": {description: The pets.}}}}
""",
    right="""\
paths:
  /pets: {get: {responses: {"200": {description: The pets.}}}}
""",
    source="OpenAPI 3.0.4, 4.7.8; 2.0, Paths Object",
    check=_check,
)
