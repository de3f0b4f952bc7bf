"""A large specification is read by a fork of this process, while this one imports what will be done with it.

Both take about as long. Whatever becomes of the fork, the specification is read: by this process, where it must.
"""

import contextlib
import functools
import importlib
import marshal
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from generator.document import Read, Source, Tree, read_tree
from generator.findings import Position

if TYPE_CHECKING:
    from generator.jobs.forks import Channel

WORTH_A_FORK = 100_000
"""From how many bytes on reading takes longer than a fork."""


@contextlib.contextmanager
def reading(source: Source, meanwhile: Callable[[], None], *, ahead: bool) -> Iterator[Read]:
    """Give what reads `source` and others, each once; with `ahead` do `meanwhile` as long as a fork reads `source`.

    Positions in `source` may be asked for until the end.
    """
    fork = _Reading.begin(source) if ahead and _is_slow(source.content) else None
    if fork is None:
        yield functools.cache(read_tree)
        return
    try:
        meanwhile()
        yield functools.cache(fork.read)
    finally:
        fork.end()


def import_all(modules: Sequence[str]) -> None:
    """Import what will be needed."""
    for module in modules:
        importlib.import_module(module)


def _is_slow(content: bytes) -> bool:
    """Tell whether it takes long to read `content`: JSON is read at once."""
    return len(content) >= WORTH_A_FORK and content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[")


class _Reading:
    """A fork that reads `source`; it sends what it read, and then answers where parts of that stand."""

    def __init__(self, source: Source) -> None:
        from generator.jobs.forks import Fork

        self._source = source
        self._fork = Fork(partial(_read_and_answer, source))

    @classmethod
    def begin(cls, source: Source) -> "_Reading | None":
        """Return one at work; None where the system allows none."""
        with contextlib.suppress(OSError):
            return cls(source)
        return None

    def read(self, source: Source) -> Tree:
        """Return what `source` holds, whichever it is."""
        received = self._fork.receive() if source == self._source else None
        if received is None:
            return read_tree(source)
        content, findings, has_places = received
        value = marshal.loads(content)  # noqa: S302 -- from our own fork
        return Tree(value=value, findings=findings, places=self if has_places else None)

    def locate(self, pointers: Collection[str]) -> dict[str, Position]:
        """Return the position of each of `pointers` in `source`."""
        found: dict[str, Position] | None = self._fork.ask(frozenset(pointers))
        return found if found is not None else _located(read_tree(self._source), pointers)

    def end(self) -> None:
        """End the fork at once: what it still reads or would send, nobody waits for."""
        self._fork.stop()
        self._fork.end()


def _read_and_answer(source: Source, first: "Channel") -> None:
    """Do what the fork does, until nobody asks any more."""
    tree = read_tree(source)
    first.send((marshal.dumps(tree.value), tree.findings, tree.places is not None))
    while (pointers := first.receive()) is not None:
        first.send(_located(tree, pointers))


def _located(tree: Tree, pointers: Collection[str]) -> dict[str, Position]:
    return tree.places.locate(pointers) if tree.places is not None else {}
