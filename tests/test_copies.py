"""Work shared with copies of this process: all of it is done, in order, whatever becomes of a copy."""

import os
import signal
import sys
import time

import pytest

from generator.copies import run_in_copies, share_out

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: copies of a process are a way of Unix")


def test_shares_are_even_and_whole():
    """The largest go first to who has least; every task is in one share."""
    assert share_out([5, 1, 1, 1, 1, 1], 2) == [[0], [1, 2, 3, 4, 5]]
    assert share_out([1], 4) == [[0]]
    shares = share_out(list(range(50)), 4)
    assert sorted(number for share in shares for number in share) == list(range(50))
    assert max(map(sum, shares)) - min(map(sum, shares)) <= 50


def test_outcomes_come_in_order_and_from_several_processes():
    """Long outcomes too, more than a pipe holds; this process does a share itself."""
    done = list(run_in_copies(lambda n: (n, os.getpid(), "x" * 300_000), range(8), [1] * 8, 3, again=None))
    assert [number for number, *_ in done] == list(range(8))
    processes = {process for _, process, _ in done}
    assert len(processes) == 3
    assert os.getpid() in processes


def test_what_a_killed_copy_leaves_is_done_again():
    """Its task and those that waited for it."""
    own = os.getpid()

    def work(number):
        if os.getpid() != own and number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    done = list(run_in_copies(work, range(8), [1] * 8, 2, again=lambda number: -number))
    assert [abs(number) for number in done] == list(range(8))
    assert [number for number in done if number < 0] == [-3, -5, -7]


def test_leaving_early_ends_the_copies(tmp_path):
    """Whoever stops listening leaves no process behind."""

    def work(number):
        if number:
            (tmp_path / str(os.getpid())).touch()
            time.sleep(30)

    outcomes = run_in_copies(work, range(4), [9, 1, 1, 1], 2, again=None)
    next(outcomes)
    started = time.monotonic()
    while not (processes := [int(path.name) for path in tmp_path.iterdir()]):
        assert time.monotonic() - started < 20
    outcomes.close()
    assert time.monotonic() - started < 25
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def test_nothing_waiting_in_a_stream_is_written_twice(capfd):
    """A copy begins with empty streams."""
    sys.stdout.write("once")
    list(run_in_copies(lambda n: n, range(2), [1, 1], 2, again=None))
    sys.stdout.flush()
    assert capfd.readouterr().out == "once"
