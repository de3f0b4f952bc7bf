"""A server of a document as a base address, its variables left in place."""

import re
import urllib.parse
from collections.abc import Iterable

from generator.model import Server, ServerVariable
from generator.request.names import Names, variable_name
from generator.request.values import Text, Variable, text_value
from generator.servers.values import ServerChoice
from generator.vocabulary import MOCK_HOST

UNKNOWN_HOST = "http://localhost"
"""Stands in where a document does not say where its API is; a finding says so."""

_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def choices_of(servers: Iterable[Server], origin: str | None, names: Names) -> tuple[ServerChoice, ...]:
    """Return `servers` with their addresses, slugs and names; a relative one is at `origin`, else at a stand-in."""
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


def default_index(servers: Iterable[Server]) -> int:
    """Return which of `servers` requests go to at first: one that is absolute and no mock, if there is one."""

    def rank(server: Server) -> int:
        if not is_absolute(with_defaults(server)):
            return 2
        return 1 if is_mock(server.url) else 0

    ranks = [rank(server) for server in servers]
    return ranks.index(min(ranks))


def is_mock(url: str) -> bool:
    """Tell whether an address is that of SwaggerHub's mock, which answers with examples."""
    return MOCK_HOST in url


def is_absolute(url: str) -> bool:
    """Tell whether an address names its host."""
    return bool(re.match(r"https?://[^/]", url) and netloc(url))


def with_defaults(server: Server) -> str:
    """Return the address of `server` with the defaults of its variables in place."""
    defaults = {variable.name: variable.default for variable in server.variables}
    return _TEMPLATE.sub(lambda match: defaults.get(match[1], match[0]), with_scheme(server.url))


def with_scheme(url: str) -> str:
    """Return an address that names a host and no scheme (RFC 3986, 4.2) with one; another address as it is."""
    return f"https:{url}" if url.startswith("//") else url


def other_scheme(url: str) -> str:
    """Return the scheme and host with which an address of another scheme than http and https begins, if it is one."""
    found = re.match(r"(?!https?:)[a-z][a-z0-9+.-]*://[^/]*", url, re.IGNORECASE)
    return found[0] if found else ""


def netloc(address: str) -> str:
    """Return the host and port of an address; nothing where it is no address, such as `https://[`."""
    try:
        return urllib.parse.urlsplit(address).netloc
    except ValueError:
        return ""


def _slug(server: Server) -> str:
    for source in (server.description.split("\n")[0], netloc(with_defaults(server)), "server"):
        slug = re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")[:60].strip("-")
        if slug:
            return slug
    return "server"


def _base_url(server: Server, origin: str | None, names: Names, slug: str) -> tuple[Text, tuple[Variable, ...]]:
    declared = {variable.name: variable for variable in server.variables}
    variables: dict[str, Variable] = {}
    parts: list[str | Variable] = []
    if not is_absolute(with_defaults(server)):
        parts.append(_host(origin))
    address = re.split("[?#]", with_scheme(server.url))[0]
    for index, part in enumerate(_TEMPLATE.split(_absolute_or_rooted(address, parts))):
        if index % 2 and part in declared:
            parts.append(variables.setdefault(part, _variable(declared[part], names, slug)))
        else:
            parts.append(_literal(f"{{{part}}}" if index % 2 else part))
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip("/")
    return tuple(part for part in parts if part), tuple(variables.values())


def _absolute_or_rooted(url: str, parts: list[str | Variable]) -> str:
    if not parts:
        return url
    path = url.removeprefix(other_scheme(url)).removeprefix("./")
    return path if path.startswith("/") else f"/{path}"


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
