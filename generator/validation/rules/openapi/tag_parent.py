"""Tags hang in a tree."""

from collections.abc import Iterable, Mapping

from generator.findings import Severity
from generator.validation.rule import FROM_3_1, Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    tags = visit.node["tags"]
    nodes = [tag for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
    parents = {str(tag.get("name")): tag.get("parent") for tag in nodes}
    circular = _in_circles(parents)
    for index, tag in enumerate(nodes):
        name, parent = str(tag.get("name")), tag.get("parent")
        if parent is None:
            continue
        if str(parent) not in parents:
            yield Problem(message=f"The tag `{parent}` is not declared.", hint="Declare it.", at=("tags", index))
        elif name in circular:
            yield Problem(message=f"The tag `{name}` is below itself.", hint="Break the circle.", at=("tags", index))


def _in_circles(parents: Mapping[str, object]) -> set[str]:
    """Return the names that are above themselves; each name is looked at once."""
    circular: set[str] = set()
    done: set[str] = set()
    for start in parents:
        way: list[str] = []
        name = start
        while name in parents and name not in done:
            done.add(name)
            way.append(name)
            name = str(parents[name]) if parents[name] is not None else ""
        if name in way:
            circular.update(way[way.index(name) :])
    return circular


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
