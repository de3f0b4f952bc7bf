"""A list of parameters has each name and place once.

What it checks: no two parameters of one list share `name` and `in`.
Why: one of them would be lost (OpenAPI 3.0.4, 4.7.10); the last one counts.
Wrong: two parameters `limit` `in: query`
Right: one of them
"""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    own = f"{visit.pointer}/parameters/"
    seen: set[tuple[str, str]] = set()
    for node, pointer in context.parameters(visit):
        if not pointer.startswith(own):
            continue
        key = (str(node.get("name")), str(node.get("in")))
        if key in seen:
            yield Problem(
                message=f"The parameter `{key[0]}` in `{key[1]}` comes twice; the last one counts.",
                hint="Remove one of the two.",
            )
        seen.add(key)


RULE = Rule(
    name="parameters-unique",
    severity=Severity.WARNING,
    kinds=("operation",),
    why="A name comes once in each place (OpenAPI 3.0.4, 4.7.10).",
    check=_check,
)
