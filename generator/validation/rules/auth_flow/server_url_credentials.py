"""Addresses of servers carry no credentials."""

from collections.abc import Callable, Iterable, Iterator

from generator.findings import Severity
from generator.json_values import JsonObject, JsonValue
from generator.uris import (
    Clean,
    part_without_credentials,
    text_without_credentials,
    value_without_credentials,
    without_credentials,
)
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Visit


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    node = visit.node
    if visit.kind == "document":
        yield from _problem("The `host`", _host(node.get("host")), ("host",))
        yield from _problem("The `basePath`", _clean(without_credentials, node.get("basePath")), ("basePath",))
        return
    yield from _problem("The `url`", _clean(part_without_credentials, node.get("url")), ("url",))
    for member in ("name", "description"):
        yield from _problem(f"The `{member}`", _clean(text_without_credentials, node.get(member)), (member,))
    variables = node.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if isinstance(variable, dict):
            yield from _of_variable(name, variable, node.get("url"))


def _of_variable(name: str, variable: JsonObject, url: JsonValue) -> Iterator[Problem]:
    def cleaning(value: str) -> Clean:
        return value_without_credentials(value, name, url if isinstance(url, str) else "")

    at = ("variables", name)
    default = _clean(cleaning, variable.get("default"))
    yield from _problem(f"The default of `{name}`", default, (*at, "default"))
    values = variable.get("enum")
    for index, value in enumerate(values if isinstance(values, list) else ()):
        allowed = _clean(cleaning, value)
        yield from _problem(f"An allowed value of `{name}`", allowed, (*at, "enum", index))
    described = _clean(text_without_credentials, variable.get("description"))
    yield from _problem(f"The description of `{name}`", described, (*at, "description"))


def _host(host: JsonValue) -> Clean:
    return without_credentials(f"//{host}") if isinstance(host, str) else Clean("")


def _clean(cleaning: Callable[[str], Clean], text: JsonValue) -> Clean:
    return cleaning(text) if isinstance(text, str) else Clean("")


def _problem(what: str, clean: Clean, at: tuple[str | int, ...]) -> Iterator[Problem]:
    if clean.taken:
        yield Problem(
            message=f"{what} carries {', '.join(clean.taken)}; what is made from it does without.",
            hint="Take it out, and have it replaced where it is real; declare a security scheme for it.",
            at=at,
        )


RULE = Rule(
    name="server-url-credentials",
    family=Family.AUTH_FLOW,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=("server", "document"),
    members={"document": ("host", "basePath")},
    what="The addresses of servers, and what is said of them, hold no user, no password and no key.",
    why="A specification is read by everybody whom it is given to, and an address is shown and logged everywhere.",
    wrong="servers: [{url: 'https://app:s3cret@api.example.com'}]",
    right="servers: [{url: 'https://api.example.com'}]",
    source="RFC 3986, 3.2.1; RFC 9110, 4.2.4; RFC 6819, 4.1.1",
    check=_check,
)
