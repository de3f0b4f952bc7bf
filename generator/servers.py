"""Where requests go: every server of the document as a base address, and which of them is the default."""

import re
import urllib.parse
from collections.abc import Iterable

from msgspec import Struct

from generator.findings import Checked, Finding, Place, Severity, UsageError
from generator.model import Api, Server, ServerVariable
from generator.request.values import Text, Variable

UNKNOWN_HOST = "http://localhost"
"""Stands in where a document does not say where its API is; a finding says so."""

_MOCK_HOST = "virtserver.swaggerhub.com"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_RESERVED_NAMES = ("baseUrl", "tokenUrl", "client_id", "client_secret", "access_token", "scope")


class ServerChoice(Struct, frozen=True, kw_only=True):
    """A server as a base address: absolute, without a slash at its end, its variables left in place.

    `slug` is unique among the document's servers and fit for a file name.
    """

    slug: str
    name: str
    base_url: Text
    variables: tuple[Variable, ...]
    place: Place


class ServerPlan(Struct, frozen=True, kw_only=True):
    """All servers in the document's order, and the one that requests go to at first."""

    default: ServerChoice
    all: tuple[ServerChoice, ...]

    @property
    def base_variable(self) -> Variable:
        """Return the variable `baseUrl`, which holds the default server's address."""
        return Variable(
            name="baseUrl",
            value=self.default.base_url,
            description=f"Where requests go, without a slash at the end: {self.default.name}.",
        )


def text_value(text: Text) -> str:
    """Return `text` with each variable replaced by what stands in it at first."""
    return "".join(part if isinstance(part, str) else text_value(part.value) for part in text)


def variable_name(name: str) -> str:
    """Return `name` as a name that every client takes for a variable: letters, digits, `_`, `-`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_") or "variable"


def plan_servers(api: Api, chosen: str | None = None) -> Checked[ServerPlan]:
    """Return the servers of `api`, with `chosen` (an address, or a number counted from 1) as the default if given.

    Without `chosen` the default is the first server that is neither relative nor a SwaggerHub mock.
    Raises UsageError where `chosen` is a number that no server has, or neither a number nor an address.
    """
    origin = chosen if chosen is not None and _is_absolute(chosen) else None
    servers = api.servers or (Server(url="/", place=Place(api.place.uri, "")),)
    choices = _choices(servers, origin)
    findings = () if origin else _unknown_host(servers)
    if chosen is None:
        return Checked(ServerPlan(default=_default(servers, choices), all=choices), findings)
    if origin is None:
        return Checked(ServerPlan(default=_by_number(choices, chosen), all=choices), findings)
    wanted = origin.rstrip("/")
    named = next((choice for choice in choices if text_value(choice.base_url) == wanted), None)
    if named is None:
        server = Server(url=wanted, description="chosen when converting", place=Place(api.place.uri, ""))
        named = _choices((server,), origin)[0]
        choices = choices if api.servers else (named,)
    return Checked(ServerPlan(default=named, all=choices), findings)


def _is_absolute(url: str) -> bool:
    return bool(re.match(r"https?://[^/]", url))


def _by_number(choices: tuple[ServerChoice, ...], chosen: str) -> ServerChoice:
    if not chosen.isascii() or not chosen.isdigit():
        raise UsageError(f"--server {chosen}: give an address that starts with http:// or https://, or a number.")
    if not 1 <= int(chosen) <= len(choices):
        listed = ", ".join(f"{number} = {text_value(choice.base_url)}" for number, choice in enumerate(choices, 1))
        raise UsageError(f"--server {chosen}: the document has no such server. There is {listed}.")
    return choices[int(chosen) - 1]


def _default(servers: Iterable[Server], choices: tuple[ServerChoice, ...]) -> ServerChoice:
    def rank(server: Server) -> int:
        if not _is_absolute(_with_defaults(server)):
            return 2
        return 1 if _MOCK_HOST in server.url else 0

    ranks = [rank(server) for server in servers]
    return choices[ranks.index(min(ranks))]


def _unknown_host(servers: Iterable[Server]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            rule="server-relative",
            severity=Severity.WARNING,
            message=f"The server `{server.url}` does not name a host; requests go to {UNKNOWN_HOST}.",
            why="A relative server address is relative to where the document is served (OpenAPI 3.0.4, 4.7.5), "
            "which a file does not tell.",
            hint="Name the host: --server https://…, or an absolute address in the document's servers.",
            place=server.place,
        )
        for server in servers
        if not _is_absolute(_with_defaults(server))
    )


def _with_defaults(server: Server) -> str:
    defaults = {variable.name: variable.default for variable in server.variables}
    return _TEMPLATE.sub(lambda match: defaults.get(match[1], match[0]), server.url)


def _choices(servers: Iterable[Server], origin: str | None) -> tuple[ServerChoice, ...]:
    slugs: dict[str, int] = {}
    taken: dict[str, str] = dict.fromkeys(_RESERVED_NAMES, "")
    choices = []
    for server in servers:
        slug = _slug(server)
        slugs[slug] = slugs.get(slug, 0) + 1
        if slugs[slug] > 1:
            slug = f"{slug}-{slugs[slug]}"
        base_url, variables = _base_url(server, origin, taken, slug)
        name = " ".join(server.description.split()) or text_value(base_url)
        choices.append(ServerChoice(slug=slug, name=name, base_url=base_url, variables=variables, place=server.place))
    return tuple(choices)


def _slug(server: Server) -> str:
    host = urllib.parse.urlsplit(_with_defaults(server)).netloc if "]" not in server.url else ""
    for source in (server.description.split("\n")[0], host, "server"):
        slug = re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")[:60].strip("-")
        if slug:
            return slug
    return "server"


def _base_url(
    server: Server, origin: str | None, taken: dict[str, str], slug: str
) -> tuple[Text, tuple[Variable, ...]]:
    declared = {variable.name: variable for variable in server.variables}
    variables: dict[str, Variable] = {}
    parts: list[str | Variable] = []
    if not _is_absolute(_with_defaults(server)):
        parts.append(_host(origin))
    for index, part in enumerate(_TEMPLATE.split(_absolute_or_rooted(server.url, parts))):
        if index % 2 and part in declared:
            parts.append(variables.setdefault(part, _variable(declared[part], taken, slug)))
        else:
            parts.append(_literal(f"{{{part}}}" if index % 2 else part))
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].split("?")[0].split("#")[0].rstrip("/")
    return tuple(part for part in parts if part), tuple(variables.values())


def _absolute_or_rooted(url: str, parts: list[str | Variable]) -> str:
    return url if not parts or url.startswith("/") else f"/{url.removeprefix('./')}"


def _host(origin: str | None) -> str:
    if origin is None:
        return UNKNOWN_HOST
    split = urllib.parse.urlsplit(origin)
    return f"{split.scheme}://{split.netloc}"


def _variable(declared: ServerVariable, taken: dict[str, str], slug: str) -> Variable:
    """Return the variable; where another server's has its name and another value, the name is lengthened."""
    name = variable_name(declared.name)
    if taken.setdefault(name, declared.default) != declared.default or name in _RESERVED_NAMES:
        name = f"{name}_{variable_name(slug)}"
    allowed = f"One of: {', '.join(declared.enum)}." if declared.enum else ""
    return Variable(
        name=name,
        value=(_literal(declared.default),),
        description=" ".join(word for word in (declared.description, allowed) if word),
    )


def _literal(text: str) -> str:
    """Return `text` without what a client would read as a variable or as the end of the address."""
    return text.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
