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
type: object
required: [name]
properties: {title: {type: string}}
""",
    right="""\
type: object
required: [name]
properties: {name: {type: string}}
""",
    source="openapi-spec-validator; by JSON Schema Validation, 6.5.3, a required name needs no property",
)
