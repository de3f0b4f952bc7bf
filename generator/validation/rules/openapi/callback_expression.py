"""Callbacks say where they go."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_EXPRESSION = re.compile(
    r"\$(url|method|statusCode|(request|response)\.((header|query|path)\.[^{}]+|body(#/?[^{}]*)?))"
)


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for key in visit.node:
        for inner in re.findall(r"\{([^{}]*)\}", key):
            if not _EXPRESSION.fullmatch(inner):
                yield Problem(
                    message=f"`{{{inner}}}` is no runtime expression.",
                    hint="Write for instance `{$request.body#/url}`.",
                    at=(key,),
                )


RULE = Rule(
    name="callback-expression",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("callback",),
    what="What stands in braces in a key of a callback is a runtime expression.",
    why="The address of a callback is computed from the request and the response.",
    wrong="callbacks: {done: {'{url}': {}}}",
    right="callbacks: {done: {'{$request.body#/url}': {}}}",
    source="OpenAPI 3.0.4, 4.7.18.2",
    check=_check,
)
