"""Addresses of servers carry no credentials."""

from collections.abc import Iterable

from generator.findings import Severity
from generator.uris import part_without_credentials, without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    member = "url" if visit.kind == "server" else "host"
    address = visit.node.get(member)
    if isinstance(address, str):
        carried = without_credentials(address if member == "url" else f"//{address}").taken
        if carried:
            yield _problem(f"The `{member}`", ", ".join(carried), (member,))
    variables = visit.node.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        default = variable.get("default") if isinstance(variable, dict) else None
        if carried := part_without_credentials(default).taken if isinstance(default, str) else ():
            yield _problem(f"The default of `{name}`", ", ".join(carried), ("variables", name, "default"))


def _problem(what: str, carried: str, at: tuple[str | int, ...]) -> Problem:
    return Problem(
        message=f"{what} carries {carried}; requests go out without.",
        hint="Take it out, and have it replaced where it is real; declare a security scheme for it.",
        at=at,
    )


RULE = Rule(
    name="server-url-credentials",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("server", "document"),
    members={"server": ("url",), "document": ("host",)},
    what="The addresses of servers hold no user, no password and no key.",
    why="A specification is read by everybody whom it is given to, and an address is shown and logged everywhere.",
    wrong="servers: [{url: 'https://app:s3cret@api.example.com'}]",
    right="servers: [{url: 'https://api.example.com'}]",
    source="RFC 3986, 3.2.1; RFC 9110, 4.2.4; RFC 6819, 4.1.1",
    check=_check,
)
