"""The schema dialect is known."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.validation.rule import FROM_3_1, Context, Family, Problem, Rule
from generator.validation.walk import Visit

_KNOWN = ("https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.")


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    dialect = visit.node["jsonSchemaDialect"]
    if not str(dialect).startswith(_KNOWN):
        yield Problem(
            message=f"The dialect `{dialect}` is not known; schemas are read as JSON Schema 2020-12.",
            hint=f"Leave it out, or write `{_KNOWN[0]}`.",
            at=("jsonSchemaDialect",),
        )


RULE = Rule(
    name="schema-dialect",
    family=Family.OPENAPI,
    severity=Severity.WARNING,
    versions=FROM_3_1,
    kinds=("document",),
    members=("jsonSchemaDialect",),
    what="`jsonSchemaDialect` is that of OpenAPI or JSON Schema 2020-12.",
    why="Schemas in another dialect are read as if they were in this one.",
    wrong="jsonSchemaDialect: http://json-schema.org/draft-04/schema#",
    right="jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema",
    source="OpenAPI 3.1.1, 4.8.1 and 4.8.24.5",
    check=_check,
)
