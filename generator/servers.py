"""Where requests go: every server of the document as a base address, and which of them is the default."""

import itertools
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.findings import Checked, Finding, Place, UsageError
from generator.model import Api, Operation, Server, ServerVariable
from generator.request.names import Names, variable_name
from generator.request.values import Text, Variable
from generator.uris import without_credentials

UNKNOWN_HOST = "http://localhost"
"""Stands in where a document does not say where its API is; a finding says so."""

NO_SERVER = "https://no-server.invalid"
"""Stands in an environment for operations that have no server there; no such host can exist (RFC 6761, 6.4)."""

_MOCK_HOST = "virtserver.swaggerhub.com"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")


class ServerChoice(Struct, frozen=True, kw_only=True):
    """A server as a base address: absolute, without a slash at its end, its variables left in place.

    `slug` is unique among the document's servers and fit for a file name.
    """

    slug: str
    name: str
    base_url: Text
    variables: tuple[Variable, ...]
    place: Place


class OwnServers(Struct, frozen=True, kw_only=True):
    """The servers of some path items or operations, which replace the document's (OpenAPI 3.0.4 section 4.7.10).

    `name` is their variable's, `baseUrl_NAME`; `default` is where requests go at first, beside the default server.
    """

    name: str
    default: ServerChoice
    all: tuple[ServerChoice, ...]
    places: frozenset[Place]

    @property
    def base_variable(self) -> Variable:
        """Return the variable that holds the address."""
        others = [f"{text_value(other.base_url)} ({other.name})" for other in self.all if other is not self.default]
        listed = f" There is also {', '.join(others)}." if others else ""
        return Variable(
            name=self.name,
            value=self.default.base_url,
            description=f"Where requests with servers of their own go: {self.default.name}.{listed}",
        )


class Environment(Struct, frozen=True, kw_only=True):
    """One surroundings of the API: a server, and the address of every variable `baseUrl` and `baseUrl_NAME` there."""

    slug: str
    name: str
    server: ServerChoice
    addresses: Mapping[str, Text]


class ServerPlan(Struct, frozen=True, kw_only=True):
    """All servers in the document's order, the one that requests go to at first, and those of single operations."""

    default: ServerChoice
    all: tuple[ServerChoice, ...]
    own: tuple[OwnServers, ...] = ()
    environments: tuple[Environment, ...] = ()

    @property
    def base_variable(self) -> Variable:
        """Return the variable `baseUrl`, which holds the default server's address."""
        return Variable(
            name="baseUrl",
            value=self.default.base_url,
            description=f"Where requests go, without a slash at the end: {self.default.name}.",
        )

    def base_of(self, operation: Operation) -> Variable:
        """Return the variable that holds the address to which `operation` goes."""
        servers = operation.servers
        found = next((own for own in self.own if servers and servers[0].place in own.places), None)
        return found.base_variable if found else self.base_variable

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Return every variable that addresses are made of, those of single operations after the document's."""
        choices = (*self.all, *(choice for own in self.own for choice in own.all))
        bases = (self.base_variable, *(own.base_variable for own in self.own))
        return (*bases, *(variable for choice in choices for variable in choice.variables))


def text_value(text: Text) -> str:
    """Return `text` with each variable replaced by what stands in it at first."""
    return "".join(part if isinstance(part, str) else text_value(part.value) for part in text)


def plan_servers(api: Api, chosen: str | None = None) -> Checked[ServerPlan]:
    """Return the servers of `api`, with `chosen` (an address, or a number counted from 1) as the default if given.

    Without `chosen` the default is the first server that is neither relative nor a SwaggerHub mock.
    Raises UsageError where `chosen` is a number that no server has, or neither a number nor an address, or carries
    credentials.
    """
    if carried := without_credentials(chosen or "").taken:
        raise UsageError(f"--server: the address carries {', '.join(carried)}; give it without credentials.")
    origin = chosen if chosen is not None and _is_absolute(chosen) else None
    servers = api.servers or (Server(url="/", place=Place(api.place.uri, "")),)
    names = Names()
    choices = _choices(servers, origin, names)
    default, choices = _chosen(api, servers, choices, chosen)
    own, findings = _own_servers(
        api,
        _Known(
            choices=choices,
            documented=frozenset(map(_named, choices)) - {""},
            default=default,
            origin=origin,
            names=names,
        ),
    )
    said = tuple(_unknown_host(servers)) if api.operations and not origin else ()
    return Checked(
        ServerPlan(
            default=default,
            all=choices,
            own=tuple(group.planned for group in own),
            environments=tuple(_environments(choices, default, own)),
        ),
        (*said, *findings),
    )


def _chosen(
    api: Api, servers: tuple[Server, ...], choices: tuple[ServerChoice, ...], chosen: str | None
) -> tuple[ServerChoice, tuple[ServerChoice, ...]]:
    """Return the default server, and all of them: with an address that the document lacks where that was chosen."""
    if chosen is None:
        return choices[_default_index(servers)], choices
    if not _is_absolute(chosen):
        return _by_number(choices, chosen), choices
    wanted = chosen.rstrip("/")
    named = next((choice for choice in choices if text_value(choice.base_url) == wanted), None)
    if named is None:
        server = Server(url=wanted, description="chosen when converting", place=Place(api.place.uri, ""))
        named = _choices((server,), wanted, Names())[0]
        choices = choices if api.servers else (named,)
    return named, choices


def _is_absolute(url: str) -> bool:
    return bool(re.match(r"https?://[^/]", url) and _netloc(url))


def _by_number(choices: tuple[ServerChoice, ...], chosen: str) -> ServerChoice:
    if not chosen.isascii() or not chosen.isdigit():
        raise UsageError(f"--server {chosen}: give an address that starts with http:// or https://, or a number.")
    if not 1 <= int(chosen) <= len(choices):
        listed = ", ".join(f"{number} = {text_value(choice.base_url)}" for number, choice in enumerate(choices, 1))
        raise UsageError(f"--server {chosen}: the document has no such server. There is {listed}.")
    return choices[int(chosen) - 1]


def _default_index(servers: Iterable[Server]) -> int:
    def rank(server: Server) -> int:
        if not _is_absolute(_with_defaults(server)):
            return 2
        return 1 if _MOCK_HOST in server.url else 0

    ranks = [rank(server) for server in servers]
    return ranks.index(min(ranks))


def _unknown_host(servers: Iterable[Server]) -> Iterator[Finding]:
    for server in servers:
        if not _is_absolute(_with_defaults(server)):
            from generator.validation.rules.sendable import server_relative

            yield server_relative.RULE.finding(
                server.place,
                f"The server `{server.url}` does not name a host; requests go to {UNKNOWN_HOST}.",
                "Name the host: --server https://…, or an absolute address in the document's servers.",
            )


def _with_defaults(server: Server) -> str:
    defaults = {variable.name: variable.default for variable in server.variables}
    return _TEMPLATE.sub(lambda match: defaults.get(match[1], match[0]), server.url)


def _choices(servers: Iterable[Server], origin: str | None, names: Names) -> tuple[ServerChoice, ...]:
    slugs: dict[str, int] = {}
    choices = []
    for server in servers:
        slug = _slug(server)
        slugs[slug] = slugs.get(slug, 0) + 1
        if slugs[slug] > 1:
            slug = f"{slug}-{slugs[slug]}"
        base_url, variables = _base_url(server, origin, names, slug)
        name = " ".join(server.description.split()) or text_value(base_url)
        choices.append(ServerChoice(slug=slug, name=name, base_url=base_url, variables=variables, place=server.place))
    return tuple(choices)


def _slug(server: Server) -> str:
    for source in (server.description.split("\n")[0], _netloc(_with_defaults(server)), "server"):
        slug = re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")[:60].strip("-")
        if slug:
            return slug
    return "server"


def _netloc(address: str) -> str:
    """Return the host and port of an address; nothing where it is no address, such as `https://[`."""
    try:
        return urllib.parse.urlsplit(address).netloc
    except ValueError:
        return ""


def _base_url(server: Server, origin: str | None, names: Names, slug: str) -> tuple[Text, tuple[Variable, ...]]:
    declared = {variable.name: variable for variable in server.variables}
    variables: dict[str, Variable] = {}
    parts: list[str | Variable] = []
    if not _is_absolute(_with_defaults(server)):
        parts.append(_host(origin))
    address = re.split("[?#]", server.url)[0]
    for index, part in enumerate(_TEMPLATE.split(_absolute_or_rooted(address, parts))):
        if index % 2 and part in declared:
            parts.append(variables.setdefault(part, _variable(declared[part], names, slug)))
        else:
            parts.append(_literal(f"{{{part}}}" if index % 2 else part))
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip("/")
    return tuple(part for part in parts if part), tuple(variables.values())


def _absolute_or_rooted(url: str, parts: list[str | Variable]) -> str:
    return url if not parts or url.startswith("/") else f"/{url.removeprefix('./')}"


def _host(origin: str | None) -> str:
    if origin is None:
        return UNKNOWN_HOST
    split = urllib.parse.urlsplit(origin)
    return f"{split.scheme}://{split.netloc}"


def _variable(declared: ServerVariable, names: Names, slug: str) -> Variable:
    """Return the variable; where another one has its name and another value, or it is reserved, it is lengthened."""
    name = variable_name(declared.name)
    longer = f"{name}_{variable_name(slug)}"
    wanted = (name, longer, f"server_{name}", f"server_{longer}")
    name = names.own(("server", declared.name, declared.default), wanted)
    allowed = f"One of: {', '.join(declared.enum)}." if declared.enum else ""
    return Variable(
        name=name,
        value=(_literal(declared.default),),
        description=" ".join(word for word in (declared.description, allowed) if word),
    )


def _literal(text: str) -> str:
    """Return `text` without what a client would read as a variable or as the end of the address."""
    return re.sub(r"[{}\x00-\x20\x7f]", lambda match: f"%{ord(match[0]):02X}", text)


class _Known(Struct, frozen=True, kw_only=True):
    """What is known of the document's servers when those of single operations are looked at."""

    choices: tuple[ServerChoice, ...]
    documented: frozenset[str]
    default: ServerChoice
    origin: str | None
    names: Names


class _Group(Struct, frozen=True, kw_only=True):
    """Equal servers of some operations: as planned, where they are at each server of the document, and the rest."""

    planned: OwnServers
    counterparts: Mapping[str, ServerChoice]
    further: tuple[ServerChoice, ...]


def _own_servers(api: Api, known: _Known) -> tuple[list[_Group], list[Finding]]:
    """Return the servers of path items and operations, equal ones together."""
    by_address: dict[tuple[str, ...], list[Operation]] = {}
    for operation in api.operations:
        if operation.servers:
            by_address.setdefault(tuple(server.url for server in operation.servers), []).append(operation)
    names: set[str] = set()
    groups, findings = [], list[Finding]()
    for operations in by_address.values():
        group = _group(operations, known, names)
        groups.append(group)
        lacking = [
            choice
            for choice in known.choices
            if choice.slug not in group.counterparts and _MOCK_HOST not in text_value(choice.base_url)
        ]
        findings.extend(_no_counterpart(operations[0], choice) for choice in lacking)
    return groups, findings


def _group(operations: list[Operation], known: _Known, names: set[str]) -> _Group:
    servers = operations[0].servers
    choices = _choices(servers, known.origin or _origin_of(known.default), known.names)
    at = {known.default.slug: known.default, **{choice.slug: choice for choice in known.choices}}
    counterparts = {slug: found for slug, document in at.items() if (found := _same(document, known, choices))}
    unclaimed = [choice for choice in choices if choice not in counterparts.values()]
    fallback = min(unclaimed, key=lambda choice: _MOCK_HOST in text_value(choice.base_url), default=None)
    missing = [slug for slug in at if slug not in counterparts]
    if fallback is not None:
        counterparts |= dict.fromkeys(missing, fallback)
    default = counterparts.get(known.default.slug) or choices[_default_index(servers)]
    stem = f"baseUrl_{variable_name(default.slug)}"
    name = next(n for n in (stem, *(f"{stem}_{count}" for count in range(2, 10_000))) if n not in names)
    names.add(name)
    places = frozenset(operation.servers[0].place for operation in operations)
    return _Group(
        planned=OwnServers(name=name, default=default, all=choices, places=places),
        counterparts=counterparts,
        further=tuple(choice for choice in unclaimed if choice is not fallback or not missing),
    )


def _same(document: ServerChoice, known: _Known, choices: tuple[ServerChoice, ...]) -> ServerChoice | None:
    """Return the one of `choices` that belongs to a server of the document: by its name, its host, else its number."""
    for mark in (_named, _host_of):
        if found := next((choice for choice in choices if mark(choice) and mark(choice) == mark(document)), None):
            return found
    if len(choices) != len(known.choices) or document not in known.choices:
        return None
    marked = any(_named(choice) in known.documented for choice in choices)
    return None if marked else choices[known.choices.index(document)]


def _named(choice: ServerChoice) -> str:
    return "" if choice.name == text_value(choice.base_url) else choice.name.casefold()


def _host_of(choice: ServerChoice) -> str:
    return _netloc(text_value(choice.base_url)).casefold()


def _origin_of(choice: ServerChoice) -> str | None:
    return text_value(choice.base_url) if _is_absolute(text_value(choice.base_url)) else None


def _no_counterpart(operation: Operation, document: ServerChoice) -> Finding:
    from generator.validation.rules.conversion import server_counterpart

    return server_counterpart.RULE.finding(
        operation.servers[0].place,
        f"{operation.method} {operation.path} has no server beside `{document.name}`; in that environment it cannot "
        "be sent.",
        f"Describe one of its servers as `{document.name}`, or put its address into the environment.",
    )


def _environments(choices: tuple[ServerChoice, ...], default: ServerChoice, own: list[_Group]) -> Iterator[Environment]:
    """Yield one for each server of the document, then one for each server of an operation that is beside none."""
    nowhere: Text = (NO_SERVER,)
    taken: set[str] = set()

    def environment(choice: ServerChoice, document: ServerChoice, special: str = "") -> Environment:
        numbered = (f"{choice.slug}-{number}" for number in itertools.count(2))
        slug = next(name for name in itertools.chain((choice.slug,), numbered) if name not in taken)
        taken.add(slug)
        addresses = {"baseUrl": document.base_url}
        for group in own:
            beside = group.counterparts.get(document.slug)
            addresses[group.planned.name] = beside.base_url if beside else nowhere
        if special:
            addresses[special] = choice.base_url
        return Environment(slug=slug, name=choice.name, server=document, addresses=addresses)

    for choice in choices:
        yield environment(choice, choice)
    for group in own:
        for choice in group.further:
            yield environment(choice, default, group.planned.name)
