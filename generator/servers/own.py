"""The servers of path items and operations, and which of them stands beside which server of the document."""

from collections.abc import Mapping

from msgspec import Struct

from generator.findings import Finding
from generator.model import Api, Operation
from generator.request.names import Names, variable_name
from generator.request.values import text_value
from generator.servers.addresses import choices_of, default_index, is_absolute, is_mock, netloc
from generator.servers.values import OwnServers, ServerChoice

_MOST_NAMED = 20
"""Servers of the document that are told one by one where an operation has none beside them."""


class DocumentServers(Struct, frozen=True, kw_only=True):
    """The document's servers, which those of single operations are compared with; `described` are their names."""

    choices: tuple[ServerChoice, ...]
    described: frozenset[str]
    default: ServerChoice
    origin: str | None
    names: Names


class Group(Struct, frozen=True, kw_only=True):
    """Equal servers of some operations: as planned, where they are at each server of the document, and the rest."""

    planned: OwnServers
    counterparts: Mapping[str, ServerChoice]
    further: tuple[ServerChoice, ...]


def own_servers(api: Api, document: DocumentServers) -> tuple[list[Group], list[Finding]]:
    """Return the servers of path items and operations, equal ones together."""
    by_address: dict[tuple[str, ...], list[Operation]] = {}
    for operation in api.operations:
        if operation.servers:
            by_address.setdefault(tuple(server.url for server in operation.servers), []).append(operation)
    names: set[str] = set()
    groups, findings = [], list[Finding]()
    for operations in by_address.values():
        group = _group(operations, document, names)
        groups.append(group)
        lacking = [
            choice
            for choice in document.choices
            if choice.slug not in group.counterparts and not is_mock(text_value(choice.base_url))
        ]
        if len(lacking) > _MOST_NAMED:
            findings.append(_no_counterparts(operations[0], lacking))
        else:
            findings.extend(_no_counterpart(operations[0], choice) for choice in lacking)
    return groups, findings


def _group(operations: list[Operation], document: DocumentServers, names: set[str]) -> Group:
    servers = operations[0].servers
    choices = choices_of(servers, document.origin or _origin_of(document.default), document.names)
    at = {document.default.slug: document.default, **{choice.slug: choice for choice in document.choices}}
    counterparts = {slug: found for slug, choice in at.items() if (found := _same(choice, document, choices))}
    unclaimed = [choice for choice in choices if choice not in counterparts.values()]
    fallback = min(unclaimed, key=lambda choice: is_mock(text_value(choice.base_url)), default=None)
    missing = [slug for slug in at if slug not in counterparts]
    if fallback is not None:
        counterparts |= dict.fromkeys(missing, fallback)
    default = counterparts.get(document.default.slug) or choices[default_index(servers)]
    stem = f"baseUrl_{variable_name(default.slug)}"
    name = next(n for n in (stem, *(f"{stem}_{count}" for count in range(2, 10_000))) if n not in names)
    names.add(name)
    places = frozenset(operation.servers[0].place for operation in operations)
    return Group(
        planned=OwnServers(name=name, default=default, all=choices, places=places),
        counterparts=counterparts,
        further=tuple(choice for choice in unclaimed if choice is not fallback or not missing),
    )


def _same(wanted: ServerChoice, document: DocumentServers, choices: tuple[ServerChoice, ...]) -> ServerChoice | None:
    """Return the one of `choices` that belongs to `wanted` of the document: by its name, its host, else its number."""
    for mark in (described_name, _host_of):
        if found := next((choice for choice in choices if mark(choice) and mark(choice) == mark(wanted)), None):
            return found
    if len(choices) != len(document.choices) or wanted not in document.choices:
        return None
    marked = any(described_name(choice) in document.described for choice in choices)
    return None if marked else choices[document.choices.index(wanted)]


def described_name(choice: ServerChoice) -> str:
    """Return the name that the document gives a server, in lower case; nothing where it has only its address."""
    return "" if choice.name == text_value(choice.base_url) else choice.name.casefold()


def _host_of(choice: ServerChoice) -> str:
    return netloc(text_value(choice.base_url)).casefold()


def _origin_of(choice: ServerChoice) -> str | None:
    return text_value(choice.base_url) if is_absolute(text_value(choice.base_url)) else None


def _no_counterpart(operation: Operation, document: ServerChoice) -> Finding:
    from generator.validation.rules.conversion import server_counterpart

    return server_counterpart.RULE.finding(
        operation.servers[0].place,
        f"{operation.method} {operation.path} has no server beside `{document.name}`; in that environment it cannot "
        "be sent.",
        f"Describe one of its servers as `{document.name}`, or put its address into the environment.",
    )


def _no_counterparts(operation: Operation, lacking: list[ServerChoice]) -> Finding:
    from generator.validation.rules.conversion import server_counterpart

    return server_counterpart.RULE.finding(
        operation.servers[0].place,
        f"{operation.method} {operation.path} has no server beside `{lacking[0].name}` and {len(lacking) - 1} more; in "
        "those environments it cannot be sent.",
        "Describe its servers as those of the document, or put their addresses into the environments.",
    )
