"""Operations of 2.0 have one body."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    places = [node.get("in") for node, _ in context.parameters(visit)]
    if places.count("body") > 1:
        yield Problem(message="The operation has more than one body parameter.", hint="Join them into one object.")
    elif "body" in places and "formData" in places:
        yield Problem(
            message="The operation has a body parameter beside form parameters; the form is not sent.",
            hint="Keep the body or the form.",
        )


RULE = Rule(
    name="body-parameter",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    versions=V2_0,
    kinds=("operation",),
    what="An operation has at most one parameter with `in: body`, and none beside `in: formData`.",
    why="A request has one body; the first body parameter counts.",
    wrong="""\
parameters:
  - {name: pet, in: body, schema: {type: object}}
  - {name: photo, in: formData, type: file}
""",
    right="""\
parameters:
  - {name: pet, in: body, schema: {type: object}}
""",
    source="2.0, Parameter Object",
    check=_check,
)
