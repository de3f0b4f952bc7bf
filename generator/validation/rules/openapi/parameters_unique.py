"""A list of parameters has each name and place once."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
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
                at=("parameters", pointer.removeprefix(own)),
            )
        seen.add(key)


RULE = Rule(
    name="parameters-unique",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("operation", "path_item"),
    members=("parameters",),
    what="No two parameters of one list share `name` and `in`.",
    why="One of them would be lost; the last one counts.",
    wrong="""\
parameters:
  - {name: limit, in: query, schema: {type: integer}}
  - {name: limit, in: query, schema: {type: string}}
""",
    right="""\
parameters:
  - {name: limit, in: query, schema: {type: integer}}
""",
    source="OpenAPI 3.0.4, 4.7.9 and 4.7.10; 2.0, Operation Object",
    check=_check,
)
