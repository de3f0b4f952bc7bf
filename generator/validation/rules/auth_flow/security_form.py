"""Security is a list of requirements."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.json_values import JsonValue, to_json
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.security import scheme_name
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    security = visit.node["security"]
    if not isinstance(security, list):
        yield Problem(
            message=f"`security` is {_kind(security)}, not a list; it is {_reading(security, context)}.",
            hint="Write it as a list: `security: [{NAME: []}]`.",
            at=("security",),
        )
        return
    for index, item in enumerate(security):
        if not isinstance(item, dict):
            named = item if isinstance(item, str) else "NAME"
            yield Problem(
                message=f"A requirement is {_kind(item)}, not an object; it is {_reading(item, context)}.",
                hint=f"Write `- {named}: []`, or remove it.",
                at=("security", index),
            )


def _kind(value: JsonValue) -> str:
    words = {dict: "an object", list: "a list", str: f"the text `{value}`", type(None): "nothing"}
    return words.get(type(value), f"`{to_json(value, indent=False)}`")


def _reading(value: JsonValue, context: Context) -> str:
    if isinstance(value, dict):
        return "read as the only requirement"
    if not isinstance(value, str):
        return "not read"
    declared = isinstance(context.schemes.get(scheme_name(value)), dict)
    return "read as the name of a scheme" if declared else "not read, since no scheme is called so"


RULE = Rule(
    name="security-form",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("document", "operation"),
    members=("security",),
    what="`security` is a list of objects, whose members are called like schemes.",
    why="What is written otherwise is no requirement: a strict reader takes the operation for a public one.",
    wrong="security: [oauth]",
    right="""\
security:
  - oauth: []
""",
    source="OpenAPI 3.0.4, 4.7.10 and 4.7.30; 2.0, Operation Object and Security Requirement Object",
    check=_check,
)
