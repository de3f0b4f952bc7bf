"""A large specification is read by a fork of this process, while this one imports what will be done with it.

Both take about as long. Whatever becomes of the fork, the specification is read: by this process, where it must.
"""

import contextlib
import functools
import importlib
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from generator.document import Read, Source, Tree, read_tree
from generator.findings import Finding
from generator.json_values import JsonValue

WORTH_A_FORK = 100_000
"""From how many bytes on reading takes longer than a fork."""

_Sent: TypeAlias = tuple[bytes, tuple[Finding, ...]]
"""A tree's value, or the places of its marks, as `marshal` writes them, and its findings."""


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
    """A fork that reads `source`: it sends what it read first, then the marks, which are seldom asked for."""

    def __init__(self, source: Source) -> None:
        from generator.jobs.forks import fork_off

        self._source = source
        self._fork = fork_off(_Reader(source).send, (_Reader.tree, _Reader.marks))

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
        content, findings = received[1]
        value = marshal.loads(content)  # noqa: S302 -- from our own fork
        return Tree(value=value, findings=findings, marks=_ReceivedMarks(self._places, value))

    def _places(self) -> list[list[int]]:
        received = self._fork.receive()
        if received is None:  # the fork was killed
            return _places(read_tree(self._source))
        places: list[list[int]] = marshal.loads(received[1][0])  # noqa: S302 -- from our own fork
        return places

    def end(self) -> None:
        """End the fork at once: what it still reads or would send, nobody waits for."""
        self._fork.stop()
        self._fork.end()


class _Reader:
    """What the fork does."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tree = Tree(value=None)

    def send(self, part: "Callable[[_Reader], _Sent]") -> _Sent:
        """Return one of the parts."""
        return part(self)

    def tree(self) -> _Sent:
        """Return what the source holds."""
        self._tree = read_tree(self._source)
        return marshal.dumps(self._tree.value), self._tree.findings

    def marks(self) -> _Sent:
        """Return where that stands."""
        return marshal.dumps(_places(self._tree)), ()


class _Mark(NamedTuple):
    """Where a key or an item begins, both counted from 0."""

    line: int
    column: int


def _places(tree: Tree) -> list[list[int]]:
    """Return lines and columns in turn of the marks of each container, in the order of `_containers`."""
    marks = tree.marks
    return [
        [number for mark in marks.get(id(container), ()) for number in (mark.line, mark.column)]
        for container in _containers(tree.value)
    ]


def _containers(value: JsonValue) -> Iterator[Any]:
    """Yield the objects and lists in `value`, each once, always in the same order."""
    seen: set[int] = set()
    waiting: list[Any] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list) and id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting.extend(node.values() if isinstance(node, dict) else node)


class _ReceivedMarks(Mapping[int, Sequence[_Mark]]):
    """The marks of a tree that came from a fork, received when they are asked for."""

    def __init__(self, places: Callable[[], list[list[int]]], value: JsonValue) -> None:
        self._receive = places
        self._value = value

    @functools.cached_property
    def _places(self) -> dict[int, list[int]]:
        return {id(node): numbers for node, numbers in zip(_containers(self._value), self._receive(), strict=True)}

    def __getitem__(self, key: int) -> Sequence[_Mark]:
        numbers = self._places[key]
        return [_Mark(line, column) for line, column in zip(numbers[::2], numbers[1::2], strict=True)]

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
