"""Work shared with forks of this process, where a fork costs next to nothing: each does its share, this one too."""

import contextlib
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NoReturn, TypeVar

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
    queue = _Queue(sizes)
    forks: list[Fork] = []
    try:
        with contextlib.suppress(OSError):  # the system gives no more: those that are there do it
            forks.extend(Fork(partial(_do_share, work, tasks, queue)) for _ in range(min(processes, len(tasks)) - 1))
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


def _do_share(work: Callable[[_Task], _Outcome], tasks: Sequence[_Task], queue: _Queue, first: "Channel") -> None:
    """Do in a fork what nobody else has taken, and send each outcome with the number of its task."""
    while (number := queue.take()) is not None:
        first.send((number, work(tasks[number])))


def _ready(forks: "Sequence[Fork]", seconds: float | None) -> "list[Fork]":
    """Return the forks whose next value, or end, has come; wait for one so long, for ever where that is None."""
    return select.select(forks, [], [], seconds)[0]


class Channel:
    """What one process says to another and hears from it, through two pipes: values that are never None."""

    def __init__(self, hearing: int, saying: int) -> None:
        self._hearing = hearing
        self._saying = saying

    def fileno(self) -> int:
        """Return the pipe in which values come, for `select`."""
        return self._hearing

    def widen(self) -> None:
        """Let more of what is said wait, where the system lets it."""
        with contextlib.suppress(ImportError, AttributeError, OSError):
            import fcntl

            fcntl.fcntl(self._saying, fcntl.F_SETPIPE_SZ, _PIPE)

    def send(self, value: object) -> None:
        """Send a value; raises BrokenPipeError where the other process is gone."""
        body = pickle.dumps(value)
        _write(self._saying, len(body).to_bytes(_WIDTH) + body)

    def receive(self) -> Any:
        """Wait for the next value and return it; None where no more will come."""
        head = self._read(_WIDTH)
        body = self._read(int.from_bytes(head)) if head is not None else None
        return pickle.loads(body) if body is not None else None  # noqa: S301 -- between our own processes

    def _read(self, count: int) -> bytes | None:
        parts = []
        while count:
            part = os.read(self._hearing, count)
            if not part:
                return None
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Say and hear no more."""
        os.close(self._hearing)
        os.close(self._saying)


class Fork:
    """A fork of this process, which does `serve` with its end of a channel and ends; `is_done`: no more will come.

    Raises OSError where the system allows none.
    """

    def __init__(self, serve: Callable[[Channel], None]) -> None:
        _flush()
        here, there = _channels()
        try:
            self._process = os.fork()
        except OSError:
            here.close()
            there.close()
            raise
        if not self._process:
            here.close()
            _serve_and_leave(serve, there)
        there.close()
        self._channel = here
        self._ended = False
        self.is_done = False

    def fileno(self) -> int:
        """Return the pipe in which values come, for `select`."""
        return self._channel.fileno()

    def receive(self) -> Any:
        """Wait for the next value and return it; None where no more will come."""
        value = self._channel.receive()
        self.is_done = value is None
        return value

    def ask(self, question: object) -> Any:
        """Send a value and return what comes back; None where the fork is gone."""
        try:
            self._channel.send(question)
        except BrokenPipeError:
            self.is_done = True
            return None
        return self.receive()

    def stop(self) -> None:
        """Tell the fork to end now."""
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGTERM)

    def end(self) -> None:
        """Wait for the end of the fork."""
        if not self._ended:
            self._ended = True
            self._channel.close()
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def _channels() -> tuple[Channel, Channel]:
    """Return both ends of a new channel."""
    answers, answering = os.pipe()
    try:
        questions, asking = os.pipe()
    except OSError:
        os.close(answers)
        os.close(answering)
        raise
    return Channel(answers, asking), Channel(questions, answering)


def _serve_and_leave(serve: Callable[[Channel], None], first: Channel) -> NoReturn:
    """Serve the first process in a fork and end; Ctrl-C is left to that one, whose order to end unwinds the work."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        first.widen()
        serve(first)
        code = 0
    except BrokenPipeError:
        pass  # the first process is gone, or wants no more
    finally:
        os._exit(code)


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
