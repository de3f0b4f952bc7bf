"""The servers as they are planned: addresses, those of single operations, environments."""

from collections.abc import Mapping

from msgspec import Struct

from generator.findings import Place
from generator.model import Operation
from generator.request.values import Text, Variable, text_value


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
