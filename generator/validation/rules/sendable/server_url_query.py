"""Addresses of servers end with their path."""

import re
from collections.abc import Iterable, Iterator

from generator.findings import Severity
from generator.json_values import JsonValue
from generator.uris import part_without_credentials
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    for member in ("url",) if visit.kind == "server" else ("host", "basePath"):
        yield from _ending(f"`{member}`", visit.node.get(member), (member,))
    variables = visit.node.get("variables") if visit.kind == "server" else None
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if isinstance(variable, dict):
            yield from _ending(f"default of `{name}`", variable.get("default"), ("variables", name, "default"))


def _ending(what: str, address: JsonValue, at: tuple[str | int, ...]) -> Iterator[Problem]:
    ending = re.search("[?#].*", part_without_credentials(address).address) if isinstance(address, str) else None
    if ending and len(ending[0]) > 1:
        query = ending[0][0] == "?"
        yield Problem(
            message=f"The {what} has a {'query' if query else 'fragment'}, `{ending[0]}`; requests go out without.",
            hint="Declare a parameter where operations take it: the path of an operation is put behind the address."
            if query
            else "Take it out; no server ever gets it.",
            at=at,
        )


RULE = Rule(
    name="server-url-query",
    family=Family.SENDABLE,
    severity=Severity.WARNING,
    conversion=Severity.WARNING,
    kinds=("server", "document"),
    members={"server": ("url", "variables"), "document": ("host", "basePath")},
    what="The addresses of servers have no query and no fragment.",
    why="The path of an operation is appended to the address, which would put it into the query.",
    wrong="servers: [{url: 'https://api.example.com/v1?tenant=acme'}]",
    right="servers: [{url: 'https://api.example.com/v1'}]",
    source="OpenAPI 3.0.4, 4.7.8; RFC 3986, 3.4 and 3.5",
    check=_check,
)
