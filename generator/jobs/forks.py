"""Work shared with forks of this process, where a fork costs next to nothing: each does its share, this one too."""

import contextlib
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

_Task = TypeVar("_Task")
_Outcome = TypeVar("_Outcome")

_WIDTH = 8
"""How many bytes a number takes."""

_PIPE = 1 << 20
"""How many bytes of outcomes may wait, so that a fork need not."""


def run_in_forks(
    work: Callable[[_Task], _Outcome],
    tasks: Sequence[_Task],
    sizes: Sequence[int],
    processes: int,
    again: Callable[[_Task], _Outcome],
) -> Iterator[_Outcome]:
    """Yield what `work` makes of each of `tasks`, in order, by so many processes; `sizes` tell how long each takes.

    What a fork that was killed did not deliver is done by `again`.
    """
    _flush()
    queue = _Queue(sizes)
    forks: list[Fork[_Outcome]] = []
    try:
        with contextlib.suppress(OSError):  # the system gives no more: those that are there do it
            forks.extend(Fork(work, tasks, queue) for _ in range(min(processes, len(tasks)) - 1))
        done: dict[int, _Outcome] = {}
        for number, task in enumerate(tasks):
            while number not in done:
                at_work = [fork for fork in forks if not fork.is_done]
                if not _ready(at_work, 0) and (mine := queue.take()) is not None:
                    done[mine] = work(tasks[mine])
                elif at_work:
                    done.update(received for fork in _ready(at_work, None) if (received := fork.receive()) is not None)
                else:
                    done[number] = again(task)
            yield done.pop(number)
    except BaseException:  # Ctrl-C above all: what has begun need not be waited for
        for fork in forks:
            fork.stop()
        raise
    finally:
        queue.close()
        for fork in forks:
            fork.end()


def fork_off(work: Callable[[_Task], _Outcome], tasks: Sequence[_Task]) -> "Fork[_Outcome]":
    """Begin to do `tasks` in one fork, in order, and return it; raises OSError where the system allows none."""
    _flush()
    queue = _Queue(range(len(tasks), 0, -1))
    try:
        return Fork(work, tasks, queue)
    finally:
        queue.close()


def _flush() -> None:
    """Write what waits in the streams, which else a fork has as well."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # a stream may be closed, or not there
            stream.flush()


class _Queue:
    """The numbers of what is to be done, the largest first. Each process takes the next one when it is free."""

    def __init__(self, sizes: Sequence[int]) -> None:
        # Forks share the place in this file of Linux's that is read next, and one read is not divided.
        self._file = os.memfd_create("queue")
        order = sorted(range(len(sizes)), key=lambda number: -sizes[number])
        _write(self._file, b"".join(number.to_bytes(_WIDTH) for number in order))
        os.lseek(self._file, 0, os.SEEK_SET)

    def take(self) -> int | None:
        """Return the next one, which nobody else gets; None where there are no more."""
        taken = os.read(self._file, _WIDTH)
        return int.from_bytes(taken) if taken else None

    def close(self) -> None:
        """Take no more here."""
        os.close(self._file)


def _ready(forks: "Sequence[Fork[_Outcome]]", seconds: float | None) -> "list[Fork[_Outcome]]":
    """Return the forks whose next outcome, or end, has come; wait for one so long, for ever where that is None."""
    return select.select(forks, [], [], seconds)[0]


class Fork(Generic[_Outcome]):
    """A fork of this process at work, and the pipe through which its outcomes come until it `is_done`."""

    def __init__(self, work: Callable[[_Task], _Outcome], tasks: Sequence[_Task], queue: _Queue) -> None:
        self._pipe, sending = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._pipe)
            os.close(sending)
            raise
        if not self._process:
            os.close(self._pipe)
            _work_and_leave(work, tasks, queue, sending)
        os.close(sending)
        self._ended = False
        self.is_done = False

    def fileno(self) -> int:
        """Return the pipe, for `select`."""
        return self._pipe

    def receive(self) -> tuple[int, _Outcome] | None:
        """Return the next outcome with the number of its task; None where no more will come."""
        head = self._read(_WIDTH)
        body = self._read(int.from_bytes(head)) if head is not None else None
        if body is None:
            self.is_done = True
            return None
        received: tuple[int, _Outcome] = pickle.loads(body)  # noqa: S301 -- from our own fork
        return received

    def _read(self, count: int) -> bytes | None:
        parts = []
        while count:
            part = os.read(self._pipe, count)
            if not part:
                return None
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def stop(self) -> None:
        """Tell the fork to end now."""
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGTERM)

    def end(self) -> None:
        """Wait for the end of the fork."""
        if not self._ended:
            self._ended = True
            os.close(self._pipe)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def _work_and_leave(work: Callable[[Any], Any], tasks: Sequence[Any], queue: _Queue, pipe: int) -> None:
    """Do a share in a fork and end it; Ctrl-C is left to the first process, whose order to end unwinds the work."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        _widen(pipe)
        while (number := queue.take()) is not None:
            body = pickle.dumps((number, work(tasks[number])))
            _write(pipe, len(body).to_bytes(_WIDTH) + body)
        code = 0
    except BrokenPipeError:
        pass  # the first process is gone, or wants no more
    finally:
        os._exit(code)


def _widen(pipe: int) -> None:
    """Let the pipe hold more, where the system lets it."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
