"""Encodings have something to encode."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.references import Unresolvable, follow
from generator.validation.rule import V3_X, Context, Family, Problem, Rule
from generator.validation.walk import Visit
from generator.vocabulary import FORM


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    encoding = visit.node["encoding"]
    if not visit.name.lower().startswith(("multipart/", FORM)):
        yield Problem(
            message=f"`encoding` has no effect at `{visit.name}`.",
            hint="It is for multipart and form bodies.",
            at=("encoding",),
        )
        return
    target = follow(context.document, visit.node.get("schema"), visit.place)
    schema = target.node if not isinstance(target, Unresolvable) else None
    properties = schema.get("properties") if isinstance(schema, dict) and "allOf" not in schema else None
    for name in encoding if isinstance(encoding, dict) else ():
        if isinstance(properties, dict) and name not in properties:
            yield Problem(
                message=f"`{name}` is encoded, but the schema has no such property.",
                hint="Correct the name, or add the property.",
                at=("encoding", name),
            )


RULE = Rule(
    name="encoding-effective",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=V3_X,
    kinds=("media_type",),
    members=("encoding",),
    what="Each key of `encoding` is a property of the schema, in a multipart or form body.",
    why="Elsewhere it has no effect.",
    wrong="""\
application/json:
  schema: {type: object}
  encoding: {photo: {contentType: image/png}}
""",
    right="""\
multipart/form-data:
  schema: {type: object, properties: {photo: {type: string, format: binary}}}
  encoding: {photo: {contentType: image/png}}
""",
    source="OpenAPI 3.0.4, 4.7.14 and 4.7.15",
    check=_check,
)
