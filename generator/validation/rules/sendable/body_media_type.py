"""Bodies of 2.0 say how they are written."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    consumes = visit.node.get("consumes", context.document.root.get("consumes"))
    if not consumes and any(node.get("in") == "body" for node, _ in context.parameters(visit)):
        yield Problem(
            message="The operation names no media type for its body.", hint="Add `consumes: [application/json]`."
        )


RULE = Rule(
    name="body-media-type",
    family=Family.SENDABLE,
    severity=Severity.INFO,
    conversion=Severity.INFO,
    versions=V2_0,
    kinds=("operation",),
    what="An operation with a body parameter has `consumes`, or the document has.",
    why="Without it a server cannot know how the body is written.",
    wrong="""\
post:
  parameters: [{name: pet, in: body, schema: {type: object}}]
""",
    right="""\
post:
  consumes: [application/json]
  parameters: [{name: pet, in: body, schema: {type: object}}]
""",
    source="2.0, Operation Object",
    check=_check,
)
