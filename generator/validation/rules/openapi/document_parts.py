"""A document describes something."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import FROM_3_1, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if not {"paths", "components", "webhooks"} & visit.node.keys():
        yield Problem(message="The document has neither `paths` nor `components` nor `webhooks`.", hint="Add `paths`.")


RULE = Rule(
    name="document-parts",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=FROM_3_1,
    kinds=("document",),
    what="A document of 3.1 or 3.2 has at least one of `paths`, `components` and `webhooks`.",
    why="Without any of them it describes nothing.",
    wrong="""\
openapi: 3.1.0
info: {title: Pets, version: "1"}
""",
    right="""\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
""",
    source="OpenAPI 3.1.1, 4.8.1",
    check=_check,
)
