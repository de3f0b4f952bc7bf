"""Commands made of requests as the renderer makes them."""

from collections.abc import Iterable

from msgspec.structs import replace

from generator.auth import AuthPlan
from generator.renderers.command import Command, command
from generator.renderers.filling import Credentials
from generator.request.values import Request
from tests.snippets.torture import ADDRESS


def at(address: str, requests: Iterable[Request]) -> list[Request]:
    """Return the requests with `address` in place of the one they were written with."""
    base = (replace(ADDRESS, value=(address,)),)
    return [replace(request, url=replace(request.url, base=base)) for request in requests]


def commands(requests: Iterable[Request], credentials: Credentials = Credentials.VARIABLES) -> list[Command]:
    """Return the commands of `requests`."""
    plan = AuthPlan(operations={}, token_endpoints=())
    return [command(request, plan, credentials) for request in requests]
