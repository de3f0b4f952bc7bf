"""`sendready convert`: write the files of each specification."""

from pathlib import Path

from generator import leftovers
from generator.cli_options import Arguments
from generator.cli_values import document_settings
from generator.commands.steps import exit_code, select, tasks_for, work
from generator.conversion_summary import conversion_summary
from generator.jobs.processes import processes_for
from generator.jobs.tasks import ConvertJob
from generator.settings.file import find_settings
from generator.targets import check_apart, check_distinct, from_here, working_folder
from generator.terminal import say, say_warning

DEFAULT_OUTPUT = Path("output")


def run(arguments: Arguments) -> int:
    """Write the files of each specification."""
    flags = document_settings(arguments, arguments.folders)
    settings = find_settings(working_folder(), arguments.config)
    selection = select(arguments)
    configured = from_here(settings.output) if settings.output else DEFAULT_OUTPUT
    folder = Path(arguments.output) if arguments.output else configured
    check_distinct(selection.files, folder, ".postman_collection.json")
    check_apart(selection.files, folder)
    tasks = tasks_for(selection, ConvertJob(output=folder), settings, flags, arguments)
    jobs = arguments.jobs if arguments.jobs is not None else settings.jobs
    outcomes = work(tasks, processes_for(tasks, jobs))
    say(conversion_summary(outcomes, selection))
    names = {task.file.name for task, outcome in zip(tasks, outcomes, strict=True) if outcome.written}
    written = [path for outcome in outcomes for path in outcome.written]
    if left := leftovers.told(leftovers.environments(folder, names, written)):
        say_warning(left)
    strict = settings.strict if arguments.strict is None else arguments.strict
    return exit_code(outcomes, selection, strict=bool(strict))
