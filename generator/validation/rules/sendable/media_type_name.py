"""Media types have names."""

import re
from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_NAME = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+( *;.*)?")


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    if visit.parent is not None and visit.parent.kind != "components" and not _NAME.fullmatch(visit.name):
        yield Problem(message=f"`{visit.name}` is no media type.", hint="Write for instance `application/json`.")


RULE = Rule(
    name="media-type-name",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("media_type",),
    what="The key of a media type is `type/subtype`, or a range such as `*/*` or `text/*`.",
    why="Another word cannot be sent as Content-Type, and no server understands it.",
    wrong="content: {json: {schema: {type: object}}}",
    right="content: {application/json: {schema: {type: object}}}",
    source="RFC 6838, 4.2; OpenAPI 3.0.4, 4.7.13",
    check=_check,
)
