"""A path's template and its path parameters name the same things."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    item = visit.parent
    if item is None or item.parent is None or item.parent.kind != "paths":
        return
    template = item.name.partition("#")[0]
    named = list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", template)))
    places = [(str(node.get("name")), node.get("in")) for node, _ in context.parameters(visit)]
    declared = dict.fromkeys(name for name, place in places if place == "path")
    in_query = {name for name, place in places if place == "query" and f"={{{name}}}" in template.partition("?")[2]}
    for name in named:
        if name not in declared and name not in in_query:
            yield Problem(
                message=f"The path parameter `{name}` of `{item.name}` is not described; it is taken for text.",
                hint=f"Add a parameter `{name}` with `in: path` and `required: true`.",
            )
    for name in declared:
        if name not in named:
            yield Problem(
                message=f"The path parameter `{name}` does not occur in `{item.name}`; it is left out.",
                hint=f"Write `{{{name}}}` into the path, or remove the parameter.",
            )


RULE = Rule(
    name="path-parameters",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("operation",),
    what="Each `{name}` of a path has a parameter with `in: path`, and the reverse.",
    why="A part of a path that nobody describes has no type; a described one that the path lacks goes nowhere.",
    wrong="""\
/pets/{id}:
  get: {parameters: []}
""",
    right="""\
/pets/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
""",
    source="OpenAPI 3.0.4, 4.7.12.1; 2.0, Parameter Object",
    check=_check,
)
