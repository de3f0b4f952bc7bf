"""Tags are declared once."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    seen: set[str] = set()
    tags = visit.node["tags"]
    for index, tag in enumerate(tags if isinstance(tags, list) else []):
        name = str(tag.get("name")) if isinstance(tag, dict) else ""
        if name in seen:
            yield Problem(message=f"The tag `{name}` is declared twice.", hint="Remove one.", at=("tags", index))
        seen.add(name)


RULE = Rule(
    name="tags-unique",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    kinds=("document",),
    members=("tags",),
    what="No two tags of the document share a name.",
    why="Each tag name must be unique; one description would be lost.",
    wrong="tags: [{name: pets}, {name: pets}]",
    right="tags: [{name: pets}, {name: owners}]",
    source="OpenAPI 3.0.4, 4.7.1; 2.0, Swagger Object",
    check=_check,
)
