"""Every server of a document, which of them is the default, and the environment that each one makes."""

import itertools
from collections.abc import Iterable, Iterator

from generator.findings import Checked, Finding, Place, UsageError
from generator.model import Api, Server
from generator.request.names import Names
from generator.request.values import Text, text_value
from generator.servers.addresses import (
    UNKNOWN_HOST,
    choices_of,
    default_index,
    is_absolute,
    other_scheme,
    with_defaults,
)
from generator.servers.own import DocumentServers, Group, described_name, own_servers
from generator.servers.values import Environment, ServerChoice, ServerPlan

NO_SERVER = "https://no-server.invalid"
"""Stands in an environment for operations that have no server there; no such host can exist (RFC 6761, 6.4)."""

MOST_ADDRESSES = 50_000
"""Addresses in all environments together, of some hundred bytes each."""


def plan_servers(api: Api, chosen: str | None = None) -> Checked[ServerPlan]:
    """Return the servers of `api`, with `chosen` (an address, or a number counted from 1) as the default if given.

    Without `chosen` the default is the first server that is neither relative nor a SwaggerHub mock.
    Raises UsageError where `chosen` is a number that no server has, or neither a number nor an address.
    """
    origin = chosen if chosen is not None and is_absolute(chosen) else None
    servers = api.servers or (Server(url="/", place=Place(api.place.uri, "")),)
    names = Names()
    choices = choices_of(servers, origin, names)
    default, choices = _chosen(api, servers, choices, chosen)
    own, findings = own_servers(
        api,
        DocumentServers(
            choices=choices,
            described=frozenset(map(described_name, choices)) - {""},
            default=default,
            origin=origin,
            names=names,
        ),
    )
    said = tuple(_unknown_host(servers, default.place)) if api.operations and not origin else ()
    environments = _bounded(choices, default, own, servers[0].place)
    return Checked(
        ServerPlan(
            default=default,
            all=choices,
            own=tuple(group.planned for group in own),
            environments=environments.value,
        ),
        (*said, *findings, *environments.findings),
    )


def _bounded(
    choices: tuple[ServerChoice, ...], default: ServerChoice, own: list[Group], at: Place
) -> Checked[tuple[Environment, ...]]:
    """Return as many environments as have so many addresses together, and what is to be said of the others, `at` there.

    Each has an address for each of the groups `own`: a small document could fill a disk with their product.
    """
    total = len(choices) + sum(len(group.further) for group in own)
    most = MOST_ADDRESSES // (len(own) + 1)
    made = tuple(itertools.islice(_environments(choices, default, own), most))
    if total <= most:
        return Checked(made)
    from generator.validation.rules.conversion import server_counterpart

    message = (
        f"{total:,} servers, with {len(own):,} addresses each for operations that have servers of their own, are too "
        f"many: environments are made for the first {most:,}."
    )
    hint = "Describe fewer servers, or convert fewer operations at a time, with --tag or --path."
    return Checked(made, (server_counterpart.RULE.finding(at, message, hint),))


def _chosen(
    api: Api, servers: tuple[Server, ...], choices: tuple[ServerChoice, ...], chosen: str | None
) -> tuple[ServerChoice, tuple[ServerChoice, ...]]:
    """Return the default server, and all of them: with an address that the document lacks where that was chosen."""
    if chosen is None:
        return choices[default_index(servers)], choices
    if not is_absolute(chosen):
        return _by_number(choices, chosen), choices
    wanted = chosen.rstrip("/")
    named = next((choice for choice in choices if text_value(choice.base_url) == wanted), None)
    if named is None:
        server = Server(url=wanted, description="chosen when converting", place=Place(api.place.uri, ""))
        named = choices_of((server,), wanted, Names())[0]
        choices = choices if api.servers else (named,)
    return named, choices


def _by_number(choices: tuple[ServerChoice, ...], chosen: str) -> ServerChoice:
    if not chosen.isascii() or not chosen.isdigit():
        raise UsageError(f"--server {chosen}: give an address that starts with http:// or https://, or a number.")
    if not 1 <= int(chosen) <= len(choices):
        listed = ", ".join(f"{number} = {text_value(choice.base_url)}" for number, choice in enumerate(choices, 1))
        raise UsageError(f"--server {chosen}: the document has no such server. There is {listed}.")
    return choices[int(chosen) - 1]


def _unknown_host(servers: Iterable[Server], default: Place) -> Iterator[Finding]:
    for server in servers:
        if fault := _fault(server, is_default=server.place == default):
            from generator.validation.rules.sendable import server_relative

            yield server_relative.RULE.finding(
                server.place,
                f"The server `{server.url}` {fault}.",
                "Name the host: --server https://…, or an absolute address in the document's servers.",
            )


def _fault(server: Server, *, is_default: bool) -> str | None:
    """Return what makes a server's address one that is not of http or https at a host; None for one that is."""
    address = with_defaults(server)
    if not is_absolute(address):
        what = "is not of http or https" if other_scheme(address) else "does not name a host"
        where = "requests go to" if is_default else "in its environment, requests go to"
        return f"{what}; {where} {UNKNOWN_HOST}"
    return "does not say http or https; requests go by https" if server.url.startswith("//") else None


def _environments(choices: tuple[ServerChoice, ...], default: ServerChoice, own: list[Group]) -> Iterator[Environment]:
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
