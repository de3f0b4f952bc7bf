"""Work shared with copies of this process, where a copy costs next to nothing: each does its share, this one too."""

import contextlib
import os
import pickle
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

_Task = TypeVar("_Task")
_Outcome = TypeVar("_Outcome")

_PIPE = 1 << 20
"""How many bytes of outcomes may wait, so that a copy need not."""


def run_in_copies(
    work: Callable[[_Task], _Outcome],
    tasks: Sequence[_Task],
    sizes: Sequence[int],
    processes: int,
    again: Callable[[_Task], _Outcome],
) -> Iterator[_Outcome]:
    """Yield what `work` makes of each of `tasks`, in order, by so many processes; `sizes` tell how long each takes.

    What a copy that was killed did not deliver is done by `again`.
    """
    own, *others = share_out(sizes, processes)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # a stream may be closed, or not there
            stream.flush()  # else a copy has what waits there as well
    copies: list[_Copy[_Task, _Outcome]] = []
    try:
        owners = {}
        for share in others:
            copies.append(copy := _Copy(work, [(number, tasks[number]) for number in share]))
            owners.update(dict.fromkeys(share, copy))
        waiting, done = deque(own), dict[int, _Outcome]()
        for number, task in enumerate(tasks):
            while number not in done:
                owner = owners.get(number)
                if waiting and (owner is None or not owner.is_ready()):
                    mine = waiting.popleft()
                    done[mine] = work(tasks[mine])
                elif owner is not None:
                    received = owner.receive()
                    done.update({number: again(task)} if received is None else dict([received]))
            yield done.pop(number)
    except BaseException:  # Ctrl-C above all: what has begun need not be waited for
        for copy in copies:
            copy.stop()
        raise
    finally:
        for copy in copies:
            copy.end()


def share_out(sizes: Sequence[int], processes: int) -> list[list[int]]:
    """Return the numbers of what each process does: the largest first, each to who has least to do; own ones first."""
    shares: list[tuple[int, list[int]]] = [(0, []) for _ in range(max(1, min(processes, len(sizes))))]
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        least = min(range(len(shares)), key=lambda place: shares[place][0])
        total, share = shares[least]
        shares[least] = (total + sizes[number], sorted((*share, number)))
    return [share for _, share in shares]


class _Copy(Generic[_Task, _Outcome]):
    """A copy of this process at work, and the pipe through which its outcomes come."""

    def __init__(self, work: Callable[[_Task], _Outcome], share: Sequence[tuple[int, _Task]]) -> None:
        self._pipe, sending = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.close(self._pipe)
            _work_and_leave(work, share, sending)
        os.close(sending)
        self._ended = False

    def is_ready(self) -> bool:
        """Tell whether an outcome, or the end, can be received without waiting."""
        return bool(select.select([self._pipe], [], [], 0)[0])

    def receive(self) -> tuple[int, _Outcome] | None:
        """Return the next outcome with the number of its task; None where no more will come."""
        head = self._read(8)
        body = self._read(int.from_bytes(head)) if head is not None else None
        if body is None:
            return None
        received: tuple[int, _Outcome] = pickle.loads(body)  # noqa: S301 -- from our own copy
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
        """Tell the copy to end now."""
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGTERM)

    def end(self) -> None:
        """Wait for the end of the copy."""
        if not self._ended:
            self._ended = True
            os.close(self._pipe)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def _work_and_leave(work: Callable[[Any], Any], share: Sequence[tuple[int, Any]], pipe: int) -> None:
    """Do the share in a copy and end it; Ctrl-C is left to the first process, whose order to end unwinds the work."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        _widen(pipe)
        for number, task in share:
            body = pickle.dumps((number, work(task)))
            _write(pipe, len(body).to_bytes(8) + body)
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
