"""Work shared with forks of this process: all of it is done, in order, whatever becomes of a fork."""

import os
import signal
import sys
import time

import pytest

from generator.jobs.forks import run_in_forks

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="needs Linux: elsewhere forks are not safe")


def wait_for(is_so):
    """Wait until something is so that another process brings about."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < 20
        time.sleep(0.001)


def test_who_is_free_takes_the_next(tmp_path):
    """However long one task takes, the other process does all the others meanwhile, the largest first."""

    def work(number):
        if number == 3:
            wait_for(lambda: len(list(tmp_path.iterdir())) == 5)
        done_at = time.monotonic()  # before the file: whoever waits for that is later
        (tmp_path / str(number)).touch()
        return done_at

    done = list(run_in_forks(work, range(6), [1, 5, 2, 9, 3, 4], 2, again=None))
    assert sorted(range(6), key=lambda number: done[number]) == [1, 5, 4, 2, 0, 3]


def test_outcomes_come_in_order_and_from_several_processes(tmp_path):
    """Long outcomes too, more than a pipe holds; this process does a share itself."""

    def work(number):
        (tmp_path / str(os.getpid())).touch()
        wait_for(lambda: len(list(tmp_path.iterdir())) == 3)
        return number, os.getpid(), "x" * 300_000

    done = list(run_in_forks(work, range(8), [1] * 8, 3, again=None))
    assert [number for number, *_ in done] == list(range(8))
    processes = {process for _, process, _ in done}
    assert len(processes) == 3
    assert os.getpid() in processes


def test_what_a_killed_fork_leaves_is_done_again(tmp_path):
    """Its task only: the others are left to who is still there."""
    own = os.getpid()

    def work(number):
        if os.getpid() == own:
            wait_for(lambda: any(tmp_path.iterdir()))
            return number
        (tmp_path / str(number)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    done = list(run_in_forks(work, range(8), [1] * 8, 2, again=lambda number: f"{number} again"))
    lost = int(next(tmp_path.iterdir()).name)
    assert done == [f"{number} again" if number == lost else number for number in range(8)]


def test_leaving_early_ends_the_forks(tmp_path):
    """Whoever stops listening leaves no process behind."""
    own = os.getpid()

    def work(number):
        if os.getpid() == own:
            wait_for(lambda: any(tmp_path.iterdir()))
        elif number:
            (tmp_path / str(os.getpid())).touch()
            time.sleep(30)

    outcomes = run_in_forks(work, range(4), [1] * 4, 2, again=None)
    next(outcomes)
    started = time.monotonic()
    process = int(next(tmp_path.iterdir()).name)
    outcomes.close()
    assert time.monotonic() - started < 25
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_nothing_waiting_in_a_stream_is_written_twice(capfd):
    """A fork begins with empty streams."""
    sys.stdout.write("once")
    list(run_in_forks(lambda n: n, range(2), [1, 1], 2, again=None))
    sys.stdout.flush()
    assert capfd.readouterr().out == "once"
