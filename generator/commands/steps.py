"""The steps that commands have in common."""

import os
import sys
from collections.abc import Sequence

from generator.cli_options import Arguments
from generator.cli_values import access, filters
from generator.exit_codes import DONE, FAILED, FOUND
from generator.findings import UnreadableInputError
from generator.idle import idle_overrides
from generator.jobs.outcome import Outcome
from generator.jobs.processes import run_all
from generator.jobs.tasks import Job, Task
from generator.progress import Progress
from generator.settings.file import origins
from generator.settings.values import DocumentSettings, Settings
from generator.source import Selection
from generator.source import select as select_files
from generator.terminal import is_terminal, say, say_error, say_warning, style


def select(arguments: Arguments) -> Selection:
    """Find the specifications; what is not there is said at once, and the others go on, if there are any."""
    selection = select_files(arguments.specs, arguments.name)
    if not selection.files:
        raise UnreadableInputError(*map(str, selection.problems.values()))
    for problem in selection.problems.values():
        say_error(str(problem))
    return selection


def tasks_for(
    selection: Selection,
    job: Job,
    settings: Settings,
    flags: DocumentSettings,
    arguments: Arguments,
) -> list[Task]:
    """Return what is to be done: `job` with each of the specifications, by the settings, which `flags` overrule.

    Overrides that are for none of the specifications are told.
    """
    paths = [file.path for file in selection.files]
    for message in idle_overrides(settings, paths):
        say_warning(message)
    where = origins(settings, flags, paths)
    chosen, reach = filters(arguments), access(arguments, settings.remote_hosts, os.environ)
    return [
        Task(
            file=file,
            job=job,
            settings=settings.for_document(file.path, flags),
            origins=said,
            filters=chosen,
            access=reach,
            style=style(),
        )
        for file, said in zip(selection.files, where, strict=True)
    ]


def work(tasks: Sequence[Task], processes: int) -> list[Outcome]:
    """Do the tasks, and say of each what is to be said as soon as it is done."""
    progress = Progress(stream=sys.stderr, total=len(tasks), enabled=is_terminal())
    outcomes: list[Outcome] = []
    try:
        progress.show(tasks[0].file.path if tasks else "")
        for outcome in run_all(tasks, processes):
            outcomes.append(outcome)
            progress.clear()
            say(outcome.report)
            if outcome.problem:
                is_named = len(tasks) == 1 or outcome.path in outcome.problem
                say_error(outcome.problem if is_named else f"{outcome.path}: {outcome.problem}")
            progress.done = len(outcomes)
            progress.show(tasks[min(len(outcomes), len(tasks) - 1)].file.path)
    finally:
        progress.clear()
    return outcomes


def exit_code(outcomes: Sequence[Outcome], selection: Selection, *, strict: bool) -> int:
    """Return how the run ends; with `strict` warnings count as well."""
    if selection.problems or any(outcome.problem for outcome in outcomes):
        return FAILED
    if any(outcome.errors or (strict and outcome.warnings) for outcome in outcomes):
        return FOUND
    return DONE
