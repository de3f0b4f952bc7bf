"""Responses have codes."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    responses = visit.node.get("responses")
    ranges = context.document.version.value != "2.0"
    for code in responses if isinstance(responses, dict) else ():
        known = re.fullmatch(r"[1-5](\d\d|XX)", code) if ranges else re.fullmatch(r"[1-5]\d\d", code)
        if not known and code != "default" and not code.startswith("x-"):
            yield Problem(
                message=f"`{code}` is no response code.",
                hint="Write a code such as `200`, " + ("a range such as `4XX`, or" if ranges else "or") + " `default`.",
                at=("responses", code),
            )


RULE = Rule(
    name="response-codes",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("operation",),
    members=("responses",),
    what="Each key of `responses` is a status code from 100 to 599, `default`, or since 3.0 a range such as `4XX`.",
    why="Another key describes no response.",
    wrong="responses: {OK: {description: The pets.}}",
    right='responses: {"200": {description: The pets.}}',
    source="OpenAPI 3.0.4, 4.7.16; 2.0, Responses Object; RFC 9110, 15",
    check=_check,
)
