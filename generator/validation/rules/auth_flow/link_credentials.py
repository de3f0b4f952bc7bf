"""Links carry no credentials."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    documentation = visit.node.get("externalDocs")
    linked = documentation.get("url") if isinstance(documentation, dict) else None
    for address, at in ((linked, ("externalDocs", "url")), (visit.node.get("operationRef"), ("operationRef",))):
        if isinstance(address, str) and (carried := without_credentials(address).taken):
            yield Problem(
                message=f"The link carries {', '.join(carried)}; what is made from it does without.",
                hint="Take it out, and have it replaced where it is real.",
                at=at,
            )


RULE = Rule(
    name="link-credentials",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("document", "tag", "operation", "link"),
    members=("externalDocs", "operationRef"),
    what="Links to further documentation, of a document, a tag or an operation, and to operations hold no credentials.",
    why="A specification is read by everybody whom it is given to.",
    wrong="externalDocs: {url: 'https://app:s3cret@docs.example.com'}",
    right="externalDocs: {url: 'https://docs.example.com'}",
    source="RFC 3986, 3.2.1; RFC 9110, 4.2.4",
    check=_check,
)
