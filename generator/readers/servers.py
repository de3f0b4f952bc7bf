"""Servers, in the words of 3 and in those of 2.0."""

import re
from collections.abc import Iterator

from generator.findings import Place
from generator.json_values import JsonObject
from generator.model import Server, ServerVariable
from generator.readers.base import as_address, as_list, as_object, as_text, below, texts
from generator.uris import part_without_credentials, text_without_credentials, value_without_credentials


def listed_servers(owner: JsonObject, place: Place) -> tuple[Server, ...]:
    """Return the `servers` of a document, a path item or an operation (OpenAPI 3)."""
    found = []
    for index, node in enumerate(as_list(owner.get("servers"))):
        server = as_object(node)
        if as_text(server.get("url")):
            found.append(
                Server(
                    url=part_without_credentials(as_text(server["url"])).address.strip(),
                    place=below(place, "servers", index),
                    description=_words(server),
                    variables=tuple(_variables(server)),
                )
            )
    return tuple(found)


def _variables(server: JsonObject) -> Iterator[ServerVariable]:
    """Yield the variables that are declared, then those that the address has all the same.

    Without a default the first of its values stands in for a variable, or else its name: an address with a hole cannot
    be called, and a finding says so.
    """
    declared, address = as_object(server.get("variables")), as_text(server.get("url"))
    for name in dict.fromkeys((*declared, *re.findall(r"\{([^{}]+)\}", address))):
        variable = as_object(declared.get(name))
        values = tuple(_value(value, name, address) for value in texts(variable.get("enum")))
        default = as_text(variable["default"]) if "default" in variable else next(iter(values), name)
        yield ServerVariable(
            name=name,
            default=_value(default, name, address),
            enum=values,
            description=_words(variable),
        )


def _value(value: str, name: str, address: str) -> str:
    """Return a value of the variable `name` as it goes into `address`: no credentials, and nothing behind the path."""
    return re.split("[?#]", value_without_credentials(value, name, address).address, maxsplit=1)[0]


def _words(node: JsonObject) -> str:
    """Return the name (3.2) and the description of a server or of a variable, addresses in them without credentials."""
    words = [text for member in ("name", "description") if (text := as_text(node.get(member)))]
    return text_without_credentials(" – ".join(words)).address


def hosted_servers(root: JsonObject, place: Place) -> tuple[Server, ...]:
    """Return a server for each web scheme of `host` and `basePath` (2.0), https first; without a host one."""
    base_path = as_text(root.get("basePath")).strip()
    base_path = base_path if base_path.startswith("/") or not base_path else f"/{base_path}"
    host = as_text(root.get("host")).strip()
    if not host:
        return (Server(url=as_address(base_path), place=below(place, "basePath")),) if base_path else ()
    schemes = texts(root.get("schemes"))
    web = [scheme for scheme in ("https", "http") if scheme in schemes] or ["https"]
    return tuple(Server(url=as_address(f"{scheme}://{host}{base_path}"), place=below(place, "host")) for scheme in web)
