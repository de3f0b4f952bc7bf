"""`sendready check`: print the verdict over all specifications as one report."""

import os

from generator.cli_options import Arguments
from generator.cli_values import document_settings
from generator.commands.steps import exit_code, select, tasks_for, work
from generator.exit_codes import DONE, FAILED
from generator.findings import Severity
from generator.gate import Verdict, read_baseline, write_baseline_file
from generator.idle import idle_operations
from generator.jobs.outcome import Outcome
from generator.jobs.processes import processes_for
from generator.jobs.tasks import CheckJob
from generator.reporters import Report, rendered
from generator.settings.file import find_settings
from generator.source import Selection
from generator.targets import check_baseline, check_mendable, check_no_input, working_folder
from generator.terminal import append_to_summary, layout, put, say, say_warning


def run(arguments: Arguments) -> int:
    """Print the verdict over all specifications as one report."""
    flags = document_settings(arguments, None)
    settings = find_settings(working_folder(), arguments.config)
    known = read_baseline(arguments.baseline or settings.baseline) if arguments.write_baseline is None else None
    selection = select(arguments)
    output = arguments.output or "-"
    check_no_input("-o", output, selection.files)
    check_baseline(arguments, selection.files)
    check_mendable(arguments, selection.files)
    report_format = arguments.format or "text"
    job = CheckJob(
        mend=bool(arguments.fix), show=bool(arguments.diff), reference=bool(arguments.reference),
        excerpts=report_format == "text", fixes=report_format == "sarif",
    )  # fmt: skip
    tasks = tasks_for(selection, job, settings, flags, arguments)
    outcomes = work(tasks, processes_for(tasks, settings.jobs))
    for message in idle_operations(settings, tasks, outcomes):
        say_warning(message)
    if arguments.diff:
        put(output, "".join(outcome.text or "" for outcome in outcomes))
        return FAILED if selection.problems or any(outcome.problem for outcome in outcomes) else DONE
    if arguments.fix:
        _say_mended(outcomes, selection)
    missing = [Outcome(path=path, problem=str(problem)) for path, problem in selection.problems.items()]
    verdict = Verdict.of([*outcomes, *missing], known)
    if arguments.write_baseline is not None:
        if verdict.unread():
            # The next check would take for new what nobody could look for now.
            say(f"Not written: {arguments.write_baseline}\n")
            return FAILED
        say(f"Written: {write_baseline_file(arguments.write_baseline, verdict)}\n")
        return DONE
    fail_on = Severity(arguments.fail_on or settings.fail_on or "error")
    put(output, rendered(report_format, Report(verdict=verdict, fail_on=fail_on, layout=layout(output))))
    if selection.skipped:
        say(f"{selection.passed_over()}\n")
    append_to_summary(os.environ, lambda: _job_summary(verdict))
    return exit_code(verdict.outcomes, selection, strict=fail_on is Severity.WARNING)


def _say_mended(outcomes: list[Outcome], selection: Selection) -> None:
    """Say which files `--fix` changed, and which it leaves."""
    mended = [path for outcome in outcomes for path in outcome.written]
    beside = sorted({path for outcome in outcomes for path in outcome.left} - {file.path for file in selection.files})
    if beside or any(outcome.problem for outcome in outcomes):
        nothing = "Nothing was mended."
    elif any(outcome.located for outcome in outcomes):
        nothing = "Nothing was mended: what is left needs a person."
    else:
        nothing = "There was nothing to mend."
    say("".join(f"Mended: {path}\n" for path in mended) or f"{nothing}\n")
    if beside:
        say(f"Left as it is: {', '.join(beside)}; --fix changes the files that are named, not what they refer to.\n")


def _job_summary(verdict: Verdict) -> str:
    from generator.reporters.job_summary import job_summary

    return job_summary(verdict)
