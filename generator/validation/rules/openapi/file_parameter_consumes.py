"""Files of 2.0 are sent in forms."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V2_0, Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import FORM, MULTIPART

_FORMS = frozenset({MULTIPART, FORM})


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    files = [node for node, _ in context.parameters(visit) if node.get("type") == "file"]
    consumes = visit.node.get("consumes", context.document.root.get("consumes"))
    names = {str(name).partition(";")[0].strip() for name in consumes} if isinstance(consumes, list) else set()
    for node in files:
        if node.get("in") != "formData":
            yield Problem(message=f"The file `{node.get('name')}` is not `in: formData`.", hint="Write `in: formData`.")
        elif not names & _FORMS:
            yield Problem(
                message=f"The operation does not consume forms, though the file `{node.get('name')}` needs one.",
                hint="Add `consumes: [multipart/form-data]`.",
            )


RULE = Rule(
    name="file-parameter-consumes",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    versions=V2_0,
    kinds=("operation",),
    what=(
        "A parameter with `type: file` is `in: formData`, and its operation consumes multipart/form-data or "
        "application/x-www-form-urlencoded."
    ),
    why="A file has no other way to travel; it is sent as multipart anyway.",
    wrong="""\
consumes: [application/json]
parameters: [{name: photo, in: formData, type: file}]
""",
    right="""\
consumes: [multipart/form-data]
parameters: [{name: photo, in: formData, type: file}]
""",
    source="2.0, Parameter Object",
    check=_check,
)
