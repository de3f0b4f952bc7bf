"""Servers name a host."""

from collections.abc import Iterable

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    """Say of which schemes of 2.0 nothing is made; of addresses the planning of servers speaks."""
    if context.document.version is not SpecificationVersion.V2_0:
        return
    listed = visit.node.get("schemes")
    schemes = [scheme for scheme in listed if isinstance(scheme, str)] if isinstance(listed, list) else []
    others = [scheme for scheme in schemes if scheme not in {"http", "https"}]
    if others and visit.node.get("host"):
        alone = len(others) == len(schemes)
        yield Problem(
            message=f"Of `schemes`, {', '.join(others)} is not http or https; "
            + ("the server is taken for one of https." if alone else "no server is made of it."),
            hint="Name the scheme by which requests go, https or http." if alone else "Nothing needs to be done.",
            at=("schemes",),
            severity=None if alone else Severity.INFO,
        )


RULE = Rule(
    name="server-relative",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    severity_else="info for a further scheme beside http and https",
    conversion=Severity.WARNING,
    conversion_else="info for a further scheme beside http and https",
    kinds=("document",),
    members=("schemes",),
    what=(
        "Each server at the top of the document is an absolute address of http or https, with the defaults of its "
        "variables in their places; or `server` in the settings, or `--server`, gives one."
    ),
    why="A relative server address is relative to where the document is served, which a file does not tell.",
    wrong="servers: [{url: /v1}]",
    right="servers: [{url: https://api.example.com/v1}]",
    source="OpenAPI 3.0.4, 4.7.5",
    check=_check,
)
