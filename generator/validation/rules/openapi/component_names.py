"""Components have plain names."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for group, members in visit.node.items():
        for name in members if isinstance(members, dict) and not group.startswith("x-") else ():
            if not re.fullmatch(r"[a-zA-Z0-9._-]+", name):
                yield Problem(
                    message=f"The name `{name}` has characters that a component's must not have.",
                    hint=f"Call it `{re.sub(r'[^a-zA-Z0-9._-]+', '', name) or 'Name'}`.",
                    at=(group, name),
                )


RULE = Rule(
    name="component-names",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=V3_X,
    kinds=("components",),
    what="Names of components have letters, digits, `.`, `-` and `_` only.",
    why="References to others have to be escaped, and many tools then miss them.",
    wrong="components: {schemas: {'New Pet': {type: object}}}",
    right="components: {schemas: {NewPet: {type: object}}}",
    source="OpenAPI 3.0.4, 4.7.7",
    check=_check,
)
