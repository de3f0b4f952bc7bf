"""Tags hang in a tree."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import FROM_3_1, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    del context
    tags = visit.node["tags"]
    nodes = [tag for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
    parents = {str(tag.get("name")): tag.get("parent") for tag in nodes}
    for index, tag in enumerate(nodes):
        name, parent = str(tag.get("name")), tag.get("parent")
        if parent is None:
            continue
        if str(parent) not in parents:
            yield Problem(message=f"The tag `{parent}` is not declared.", hint="Declare it.", at=("tags", index))
            continue
        ancestors: list[object] = []
        while parent is not None and parent not in ancestors:
            ancestors.append(parent)
            parent = parents.get(str(parent))
        if name in ancestors:
            yield Problem(message=f"The tag `{name}` is below itself.", hint="Break the circle.", at=("tags", index))


RULE = Rule(
    name="tag-parent",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    versions=FROM_3_1,
    kinds=("document",),
    members=("tags",),
    what="The `parent` of a tag is declared, and no tag is its own ancestor.",
    why="A tag below one that is not there, or below itself, has no place.",
    wrong="tags: [{name: cats, parent: pets}]",
    right="tags: [{name: pets}, {name: cats, parent: pets}]",
    source="OpenAPI 3.2.0, 4.22",
    check=_check,
)
