"""Many specifications: outcomes in order, whatever happens to one leaves the others alone, in several processes too."""

import os
import signal
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.jobs import processes, tasks
from generator.jobs.outcome import Outcome
from generator.jobs.processes import processes_for, run, run_all
from generator.jobs.tasks import ConvertJob, SnippetsJob, Task
from generator.json_values import to_json
from generator.pipeline import Credentials, Look
from generator.settings.values import DocumentSettings
from generator.source import SpecificationFile
from tests.conftest import OK, api
from tests.skips import on_posix

SMALL = to_json(api({"/a": {"get": {"responses": OK}}}, servers=[{"url": "https://api.example"}]))


def task(folder: Path, name: str, text: str = SMALL, **settings) -> Task:
    """Return the task to convert a specification of this `text`, which is written."""
    path = folder / f"{name}.yaml"
    path.write_text(text)
    file = SpecificationFile(path=str(path), name=name)
    return Task(file=file, job=ConvertJob(output=folder / "out"), settings=DocumentSettings(**settings))


def names(outcomes: list[Outcome]) -> list[str]:
    """Return the outcomes' names of specifications."""
    return [Path(outcome.path).stem for outcome in outcomes]


def test_an_outcome_says_what_became_of_a_specification(tmp_path):
    """Files written, requests, token, warnings and errors with their report."""
    good = run(task(tmp_path, "good"))
    assert (good.problem, good.requests, good.token, good.errors) == ("", 1, False, 0)
    assert sorted(path.name for path in good.written) == ["good.curl.md", "good.postman_collection.json"]
    assert all(path.is_file() for path in good.written)
    broken = run(task(tmp_path, "broken", "openapi: 3.0.3\npaths: [\n"))
    assert (broken.written, broken.errors, broken.problem) == ((), 1, "")
    assert "broken.yaml:3:" in broken.report
    empty = run(task(tmp_path, "empty", to_json(api({}))))
    assert (empty.written, empty.errors) == ((), 1)


def test_snippets_are_one_text(tmp_path):
    """A snippets task writes nothing and has the text."""
    job = SnippetsJob(format="json", look=Look(credentials=Credentials.PLACEHOLDERS))
    outcome = run(replace(task(tmp_path, "a"), job=job))
    assert outcome.text is not None
    assert outcome.text.startswith("[")
    assert not (tmp_path / "out").exists()


def test_a_fatal_error_is_the_problem_of_one_specification(tmp_path):
    """What an option asks for and a document lacks, or a file that is gone, does not stop the others."""
    asked = task(tmp_path, "asked", server="7")
    gone = task(tmp_path, "gone")
    Path(gone.file.path).unlink()
    outcomes = list(run_all([asked, gone, task(tmp_path, "good")], 1))
    assert "server" in outcomes[0].problem
    assert "cannot be read" in outcomes[1].problem
    assert outcomes[2].written


def test_a_mistake_of_our_own_is_told_as_ours(tmp_path, monkeypatch):
    """An exception that nobody expected names the file, the kind and the place in our code, and stops nothing."""
    original = tasks.write_files

    def failing(folder, files):
        if any(name.startswith("bad") for name in files):
            raise KeyError("surprise")
        return original(folder, files)

    monkeypatch.setattr(tasks, "write_files", failing)
    outcomes = list(run_all([task(tmp_path, "bad"), task(tmp_path, "good")], 1))
    assert "a mistake in sendready: KeyError in failing, test_processes.py line" in outcomes[0].problem
    assert outcomes[1].written


def test_several_processes_give_the_same_in_the_same_order(tmp_path):
    """Outcomes come in the order asked, whichever is done first, and equal those of one process."""
    large = to_json(api({f"/{number}": {"get": {"responses": OK}} for number in range(300)}))
    tasks = [task(tmp_path, "large", large), task(tmp_path, "b"), task(tmp_path, "broken", "["), task(tmp_path, "a")]
    alone = list(run_all(tasks, 1))
    together = list(run_all(tasks, 3))
    assert names(together) == ["large", "b", "broken", "a"]
    assert together == alone


@on_posix
def test_a_killed_process_loses_one_specification_at_most(tmp_path):
    """What a killed process was working on, and what waited for it, is done again by itself; none is missing."""
    tasks = [task(tmp_path, f"s{number}") for number in range(6)]
    pipe = tmp_path / "s2.yaml"
    pipe.unlink()
    os.mkfifo(pipe)  # a worker waits here until it is killed
    threading.Thread(target=_kill_the_reader, args=(pipe,), daemon=True).start()
    outcomes = list(run_all(tasks, 2))
    assert names(outcomes) == [f"s{number}" for number in range(6)]
    assert [outcome.problem for outcome in outcomes] == [""] * 6


def _kill_the_reader(pipe: Path) -> None:
    """Kill the processes as soon as one waits for the text of `pipe`; whoever comes next finds an ordinary file."""
    import multiprocessing

    ordinary = pipe.with_suffix(".new")
    ordinary.write_text(SMALL)
    with pipe.open("w"):  # opens as soon as somebody reads
        ordinary.replace(pipe)
        for process in multiprocessing.active_children():
            process.kill()
            process.join()


@on_posix
def test_a_specification_that_ends_every_process_is_told(tmp_path):
    """Where the second try ends too, the outcome says that its process was ended from outside."""
    outcome = processes._run_alone(replace(task(tmp_path, "deadly"), job=Deadly()))
    assert outcome.problem.startswith(f"{tmp_path}/deadly.yaml: the process that worked on it was ended from outside")


class Deadly(ConvertJob, frozen=True, kw_only=True):
    """A job whose process is killed as soon as it receives it, as the system does when memory runs out."""

    output: Path = Path()

    def __reduce__(self):
        """Be killed where it is unpickled."""
        return _die, ()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("asked", "sizes", "expected"), [(8, [1, 1], 8), (10**9, [1], 60), (1, [9, 9], 1), (None, [1, 1, 1], 1)]
)
def test_small_work_is_not_shared_out(tmp_path, asked, sizes, expected):
    """Processes are as many as asked for, within reason; unasked, several only where they save time."""
    tasks = [task(tmp_path, f"s{number}", "x" * size) for number, size in enumerate(sizes)]
    assert processes_for(tasks, asked) == expected


def test_large_work_is_shared_out(tmp_path, monkeypatch):
    """Several files among as many processes as there are processors; one is read by another than converts it."""
    monkeypatch.setattr(processes, "_processors", lambda: 3)
    monkeypatch.setattr(processes, "WORTH_PROCESSES", {"fork": 10, "spawn": 10})
    assert processes_for([task(tmp_path, "one", "x" * 100)], None) == 3
    assert processes_for([task(tmp_path, name, "x" * size) for name, size in (("a", 100), ("b", 5))], None) == 1
    assert processes_for([task(tmp_path, f"s{number}", "x" * 5) for number in range(4)], None) == 3
