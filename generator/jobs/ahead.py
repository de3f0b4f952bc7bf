"""A large specification is read by a fork of this process, while this one imports what will be done with all of them.

Both take about as long. Whatever becomes of the fork, the specification is read: by this process, where it must.
"""

import contextlib
import marshal
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from generator.document import Read, Source, Tree, read_tree
from generator.findings import Position, UnreadableInputError
from generator.source import SpecificationFile

if TYPE_CHECKING:
    from generator.jobs.forks import Channel

WORTH_A_FORK = 100_000
"""From how many bytes on reading takes longer than a fork."""
MOST_AHEAD = 50_000_000
"""Bytes up to which a specification is read before its turn comes."""


@contextlib.contextmanager
def reading_ahead(file: SpecificationFile) -> Iterator[Read]:
    """Give what reads the sources of one task, here or in a fork; another fork reads `file`, where that is slow.

    What it read can be had once, and positions in it until the end.
    """
    source = _content(file) if WORTH_A_FORK <= file.size <= MOST_AHEAD else None
    fork = _Reading.begin(source) if source is not None and _is_yaml(source.content) else None
    if fork is None:
        yield read_tree
        return
    try:
        yield fork.read
    finally:
        fork.end()


def _content(file: SpecificationFile) -> Source | None:
    """Return what is to be read; None where it is not on this machine, or cannot be had, which is told in its turn."""
    with contextlib.suppress(UnreadableInputError):
        return file.read()
    return None


def _is_yaml(content: bytes) -> bool:
    """Tell whether `content` is not JSON, which is read at once."""
    return content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[")


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
