"""Path keys begin with a slash.

What it checks: each key of `paths` begins with `/`.
Why: the path is appended to the server's address (OpenAPI 3.0.4, 4.7.8); without the slash it is not read as a path.
Wrong: `paths: {pets: …}`
Right: `paths: {/pets: …}`
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    for path in visit.node:
        if not path.startswith(("/", "x-")):
            yield Problem(
                message=f"The path `{path}` does not begin with a slash; its operations are left out.",
                hint=f"Write `/{path}`.",
                pointer=path,
            )


RULE = Rule(
    name="path-begins-with-slash",
    severity=Severity.ERROR,
    kinds=("paths",),
    why="A path is appended to the server's address (OpenAPI 3.0.4, 4.7.8).",
    check=_check,
)
