"""Many specifications in one run: each on its own, in one process or several, answers in the order asked."""

import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.document import Read, read_tree
from generator.findings import FatalError
from generator.jobs.ahead import reading_ahead
from generator.jobs.outcome import Outcome
from generator.jobs.tasks import Task, do
from generator.json_values import LongPointerError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

WORTH_PROCESSES = {"fork": 500_000, "spawn": 4_000_000}
"""From how many bytes of specifications on a second process saves more time than its start costs."""

MOST_PROCESSES = 60
"""However many are asked for: Windows waits for no more, and settings are not to fill a machine with them."""

MOST_MEMORY = 2 << 30
"""Bytes that a process may take in which templates of others run."""

_KILLED = "the process that worked on it was ended from outside, perhaps for want of memory"


def run(task: Task, read: Read = read_tree) -> Outcome:
    """Do the task with what `read` reads. Nothing is raised: one specification must not stop the others."""
    try:
        return do(task, read)
    except LongPointerError as error:
        return Outcome(path=task.file.path, problem=f"{task.file.path}: {error}")
    except FatalError as error:
        return Outcome(path=task.file.path, problem=str(error))
    except MemoryError:
        return Outcome(path=task.file.path, problem=f"{task.file.path}: there is not enough memory for it")
    except Exception as error:  # noqa: BLE001 -- a mistake of ours in one file must not lose the others' work
        return Outcome(path=task.file.path, problem=_own_mistake(task.file.path, error))


def run_all(tasks: Sequence[Task], processes: int) -> Iterator[Outcome]:
    """Do the tasks in at most so many processes; give their outcomes in the order of the tasks.

    While a fork reads the largest, this process imports what all need, so that forks of it have that. What runs
    templates of others has a process of its own, whatever becomes of that.
    """
    if not tasks:
        return
    if templates := tasks[0].job.templates:
        end = f"its process was ended: a template in {templates} takes more memory than there is, or is nested too deep"
        yield from (_run_alone(task, end, _start_confined) for task in tasks)
    elif processes > 1 and _start_method() == "fork":
        yield from _run_in_forks(tasks, processes)
    elif processes <= 1 or len(tasks) <= 1:
        yield from map(run, tasks)
    else:
        yield from _run_in_processes(tasks, processes)


def processes_for(tasks: Sequence[Task], asked: int | None) -> int:
    """Return how many processes may work: as many as asked for, else as many as save time.

    Of one specification only the reading can be left to another process, which is then decided by its size.
    """
    if asked is not None:
        return min(asked, MOST_PROCESSES)
    if len(tasks) == 1:
        return _processors()
    sizes = [task.file.size for task in tasks]
    # One process cannot be quicker than its largest file, so only what lies beside that can be shared out.
    shared_out = sum(sizes) - max(sizes, default=0)
    is_worth_it = shared_out > 0 and shared_out >= WORTH_PROCESSES[_start_method()]
    return _processors() if is_worth_it else 1


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _own_mistake(path: str, error: Exception) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return (
        f"{path}: sendready itself failed here, which is a mistake in sendready: {type(error).__name__}{place}: {error}"
    )


def _run_in_forks(tasks: Sequence[Task], processes: int) -> Iterator[Outcome]:
    sizes = [task.file.size for task in tasks]
    largest = tasks[sizes.index(max(sizes))]
    with reading_ahead(largest.file) as read:
        if len(tasks) == 1:
            if read is not read_tree:
                _prepare(tasks)
            yield run(largest, read)
            return
        from generator.jobs.forks import run_in_forks

        def work(task: Task) -> Outcome:
            # Others, which may refer to the largest, read it themselves: its fork tells it once.
            return run(task, read if task is largest else read_tree)

        _prepare(tasks)
        yield from run_in_forks(work, tasks, sizes, processes, _run_alone)


def _run_in_processes(tasks: Sequence[Task], processes: int) -> Iterator[Outcome]:
    from concurrent.futures.process import BrokenProcessPool

    with _executor(min(processes, len(tasks))) as executor:
        # The largest first: what takes longest must not begin last.
        order = sorted(range(len(tasks)), key=lambda number: -tasks[number].file.size)
        futures = {number: executor.submit(run, tasks[number]) for number in order}
        for number, task in enumerate(tasks):
            try:
                yield futures[number].result()
            except BrokenProcessPool:  # one process was killed, and all that waited went with it
                yield _run_alone(task)


def _prepare(tasks: Sequence[Task]) -> None:
    """Import what the tasks need."""
    for module in tasks[0].job.modules:
        importlib.import_module(module)
    if len(tasks) > 1 and any(not task.file.path.endswith(".json") for task in tasks):
        importlib.import_module("yaml")


def _run_alone(task: Task, end: str = _KILLED, begin: Callable[[], None] | None = None) -> Outcome:
    """Do one task in a process of its own, so that only the specification that ends a process is lost.

    `end` is said where that happens; `begin` is what the process does first.
    """
    from concurrent.futures.process import BrokenProcessPool

    with _executor(1, begin) as executor:
        try:
            return executor.submit(run, task).result()
        except BrokenProcessPool:
            return Outcome(path=task.file.path, problem=f"{task.file.path}: {end}")


@contextlib.contextmanager
def _executor(processes: int, begin: Callable[[], None] | None = None) -> "Iterator[ProcessPoolExecutor]":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(_start_method())
    executor = ProcessPoolExecutor(max_workers=processes, mp_context=context, initializer=begin or _start_worker)
    try:
        yield executor
        executor.shutdown()
    except BaseException:  # Ctrl-C above all: what has begun need not be waited for
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise


def _start_method() -> str:
    """Return how processes begin: as a copy of this one where that is safe and cheap, else from nothing.

    A copy of a process with threads may wait for ever; on macOS system libraries have some of their own. What copies
    share their work by, Linux has had since 3.17.
    """
    import threading

    is_safe = hasattr(os, "memfd_create") and threading.active_count() == 1
    return "fork" if sys.platform == "linux" and is_safe else "spawn"


def _start_worker() -> None:
    """Leave Ctrl-C to the first process, and let its order to end unwind what is being written."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def _start_confined() -> None:
    """Leave Ctrl-C to the first process, and take no more memory than is good for others, where the system sees to it.

    An order to end is obeyed at once: nothing is being written, and a template does not listen.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
