"""Commands made of requests as the renderer makes them."""

from collections.abc import Iterable

from msgspec.structs import replace

from generator.auth import AuthPlan
from generator.option_values import Credentials
from generator.pipeline import Options, prepare
from generator.renderers.command import Command, command
from generator.renderers.values import Prepared
from generator.request.values import Request
from tests.conftest import OK, api, document_of
from tests.snippets.torture import ADDRESS

NO_AUTH = AuthPlan(operations={}, token_endpoints=())


def at(address: str, requests: Iterable[Request]) -> list[Request]:
    """Return the requests with `address` in place of the one they were written with."""
    base = (replace(ADDRESS, value=(address,)),)
    return [replace(request, url=replace(request.url, base=base)) for request in requests]


def commands(requests: Iterable[Request], credentials: Credentials = Credentials.VARIABLES) -> list[Command]:
    """Return the commands of `requests`."""
    return [command(request, NO_AUTH, credentials) for request in requests]


def prepared_of(requests: Iterable[Request]) -> Prepared:
    """Return what renderers read where a document has these requests and no auth."""
    prepared = prepare(document_of(api({"/x": {"get": {"responses": OK}}})), Options()).value
    assert prepared is not None
    return replace(prepared, plan=NO_AUTH, requests=tuple(requests))
