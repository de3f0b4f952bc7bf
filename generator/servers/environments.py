"""The environments: what every address is at each server."""

import itertools
from collections.abc import Iterator

from generator.request.values import Text
from generator.servers.own import Group
from generator.servers.values import Environment, ServerChoice

NO_SERVER = "https://no-server.invalid"
"""Stands in an environment for operations that have no server there; no such host can exist (RFC 6761, 6.4)."""


def environments(choices: tuple[ServerChoice, ...], default: ServerChoice, own: list[Group]) -> Iterator[Environment]:
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
