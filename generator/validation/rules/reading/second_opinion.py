"""What openapi-spec-validator says, and we do not."""

from generator.findings import Severity
from generator.validation.rule import Family, Rule

RULE = Rule(
    name="second-opinion",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    what="With `--reference`: openapi-spec-validator says nothing that no other rule says.",
    why="Two validators seldom err alike; what only one of them says is worth a look.",
    wrong="""\
allOf: [{type: object, properties: {title: {type: string}}}]
required: [name]
""",
    right="""\
allOf: [{type: object, properties: {name: {type: string}}}]
required: [name]
""",
    source="openapi-spec-validator; by JSON Schema Validation, 6.5.3, a required name needs no property",
)
