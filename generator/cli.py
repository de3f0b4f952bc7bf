"""The command line: its commands and their exit codes. Each imports what does its work only when it is called."""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator import __version__, cli_options
from generator.cli_options import Arguments, Command
from generator.findings import FatalError, Severity, UnreadableInputError, UsageError
from generator.guesses import closest
from generator.targets import check_distinct, check_mendable, check_no_input, working_folder
from generator.terminal import append_to_summary, is_terminal, layout, put, say, say_error, say_warning, style

if TYPE_CHECKING:
    from generator.gate import Verdict
    from generator.jobs.outcome import Outcome
    from generator.jobs.tasks import Job, Task
    from generator.pipeline import Look
    from generator.settings.values import DocumentSettings, Settings
    from generator.source import Selection

DEFAULT_OUTPUT = Path("output")
DONE, FOUND, FAILED, INTERRUPTED = 0, 1, FatalError.exit_code, 130
"""Exit codes: done; findings at or above the failing level; wrong usage, unreadable input, cannot write; Ctrl-C."""

HELP = """Usage: sendready COMMAND SPEC... [options]

From an OpenAPI specification to a Postman collection that works on the first Send.

  sendready convert petstore.yaml        a collection and curl commands, in the folder output
  sendready snippets petstore.yaml       the curl commands, on standard output
  sendready check petstore.yaml          whether the specification is right, its auth flow above all
  sendready COMMAND --help               what a command takes

Commands:
{commands}

  -h, --help   Show this and exit.
  --version    Show the version and exit.
"""


def convert(arguments: Arguments) -> int:
    """Write the files of each specification."""
    from generator.cli_values import document_settings
    from generator.conversion_summary import conversion_summary
    from generator.jobs.processes import processes_for
    from generator.jobs.tasks import ConvertJob
    from generator.settings.file import find_settings

    flags = document_settings(arguments, arguments.folders)
    settings = find_settings(working_folder(), arguments.config)
    selection = _select(arguments)
    folder = Path(arguments.output) if arguments.output else settings.output or DEFAULT_OUTPUT
    check_distinct(selection.files, folder, ".postman_collection.json")
    tasks = _tasks(selection, ConvertJob(output=folder), settings, flags, arguments)
    jobs = arguments.jobs if arguments.jobs is not None else settings.jobs
    outcomes = _work(tasks, processes_for(tasks, jobs))
    say(conversion_summary(outcomes, selection))
    strict = settings.strict if arguments.strict is None else arguments.strict
    return _exit_code(outcomes, selection, strict=bool(strict))


def snippets(arguments: Arguments) -> int:
    """Print the curl commands of all specifications as one text, or refresh them in pages."""
    from generator.cli_values import document_settings, look_of
    from generator.jobs.tasks import EmbedJob, ScriptsJob, SnippetsJob
    from generator.settings.file import find_settings

    flags = document_settings(arguments, None)
    settings = find_settings(working_folder(), arguments.config)
    selection = _select(arguments)
    output, snippet_format = arguments.output or "-", arguments.format or "md"
    look = look_of(arguments, settings.credentials or "variables")
    if arguments.into:
        if arguments.format or arguments.output or arguments.theme:
            raise UsageError("--into refreshes a page in its place; --format, -o and --theme do not go with it")
        tasks = _tasks(selection, EmbedJob(look=look), settings, flags, arguments)
        return _into(arguments, _work(tasks, processes=1), selection, look)
    if arguments.theme and snippet_format != "html":
        raise UsageError("--theme is for the HTML page: it goes with --format html")
    if arguments.templates and snippet_format in {"json", "files"}:
        raise UsageError("--templates is for pages: it does not go with --format json or files")
    if arguments.tabs and snippet_format != "md":
        raise UsageError("--tabs is for Markdown: it goes with --format md, or with --into")
    if arguments.check:
        raise UsageError("--check goes with --into: it says whether a page is stale")
    if snippet_format == "files":
        if output == "-":
            raise UsageError("--format files writes scripts into a folder; name it with -o")
        check_distinct(selection.files, Path(output), "")
        tasks = _tasks(selection, ScriptsJob(output=Path(output), look=look), settings, flags, arguments)
        return _written(_work(tasks, processes=1), selection)
    check_no_input(output, selection.files)
    job = SnippetsJob(format=snippet_format, look=look)
    outcomes = _work(_tasks(selection, job, settings, flags, arguments), processes=1)
    text = _joined([outcome.text for outcome in outcomes if outcome.text is not None], snippet_format)
    if output == "-" or text:  # where nothing could be made, an earlier file stays
        put(output, text, {name: file for outcome in outcomes for name, file in outcome.files.items()})
    return _exit_code(outcomes, selection, strict=False)


def check(arguments: Arguments) -> int:
    """Print the verdict over all specifications as one report."""
    from generator.cli_values import document_settings
    from generator.gate import Verdict, read_baseline, write_baseline_file
    from generator.idle import idle_operations
    from generator.jobs.processes import processes_for
    from generator.jobs.tasks import CheckJob
    from generator.reporters import Report, rendered
    from generator.settings.file import find_settings

    flags = document_settings(arguments, None)
    settings = find_settings(working_folder(), arguments.config)
    known = read_baseline(arguments.baseline or settings.baseline) if arguments.write_baseline is None else None
    selection = _select(arguments)
    output = arguments.output or "-"
    check_no_input(output, selection.files)
    check_mendable(arguments, selection.files)
    report_format = arguments.format or "text"
    job = CheckJob(
        mend=bool(arguments.fix), show=bool(arguments.diff), reference=bool(arguments.reference),
        excerpts=report_format == "text", fixes=report_format == "sarif",
    )  # fmt: skip
    tasks = _tasks(selection, job, settings, flags, arguments)
    outcomes = _work(tasks, processes_for(tasks, settings.jobs))
    for message in idle_operations(settings, tasks, outcomes):
        say_warning(message)
    if arguments.diff:
        put(output, "".join(outcome.text or "" for outcome in outcomes))
        return FAILED if selection.problems or any(outcome.problem for outcome in outcomes) else DONE
    mended = [path for outcome in outcomes for path in outcome.written]
    if arguments.fix:
        beside = sorted(
            {path for outcome in outcomes for path in outcome.left} - {file.path for file in selection.files}
        )
        nothing = "Nothing was mended." if beside else "Nothing was mended: what is left needs a person."
        say("".join(f"Mended: {path}\n" for path in mended) or f"{nothing}\n")
        if beside:
            say(
                f"Left as it is: {', '.join(beside)}; --fix changes the files that are named, not what they refer to.\n"
            )
    verdict = Verdict.of(outcomes, known)
    if arguments.write_baseline is not None:
        say(f"Written: {write_baseline_file(arguments.write_baseline, verdict)}\n")
        return FAILED if selection.problems or verdict.unread() else DONE
    fail_on = Severity(arguments.fail_on or settings.fail_on or "error")
    put(output, rendered(report_format, Report(verdict=verdict, fail_on=fail_on, layout=layout(output))))
    if selection.skipped:
        say(f"{selection.passed_over()}\n")
    append_to_summary(os.environ, lambda: _job_summary(verdict))
    return _exit_code(verdict.outcomes, selection, strict=fail_on is Severity.WARNING)


def _job_summary(verdict: "Verdict") -> str:
    from generator.reporters.job_summary import job_summary

    return job_summary(verdict)


def rules(arguments: Arguments) -> int:
    """Print all rules, or what one is about."""
    from generator.explaining import explained, listed

    put("-", listed() if arguments.rule is None else explained(arguments.rule))
    return DONE


def _written(outcomes: "list[Outcome]", selection: "Selection") -> int:
    """Say how many scripts were written, and where to."""
    for outcome in outcomes:
        if outcome.written:
            say(f"Written: {len(outcome.written)} files in {outcome.written[0].parent}\n")
    return _exit_code(outcomes, selection, strict=False)


def _into(arguments: Arguments, outcomes: "list[Outcome]", selection: "Selection", look: "Look") -> int:
    """Refresh the pages, or tell which are stale; a page with a marker that cannot be filled is left as it is."""
    from generator.embedding import missing_imports, refresh_page

    code = _exit_code(outcomes, selection, strict=False)
    made = [snippet for outcome in outcomes for snippet in outcome.snippets]
    for path in arguments.into or ():
        page = refresh_page(Path(path), made, look.tabs, write=not arguments.check)
        for problem in page.problems:
            say_error(problem)
        put("-", page.difference if arguments.check else "")
        if not arguments.check and not page.problems:
            from generator.text_layout import plural

            say(f"{'Refreshed' if page.difference else 'Already up to date'}: {path}, {plural(page.blocks, 'block')}\n")
            if missing := missing_imports(page.text):
                say(f"{path}: add {' and '.join(f'`{line}`' for line in missing)} at its top, or it will not build\n")
        if page.problems or (arguments.check and page.difference):
            code = max(code, FOUND)
    return code


COMMANDS = {
    "convert": Command(
        summary="Write a Postman collection, curl commands and, for several servers, environments.",
        words="""For NAME.yaml: NAME.postman_collection.json, NAME.curl.md and NAME.SERVER.postman_environment.json.
A folder stands for the specifications in it, without its subfolders.

  sendready convert petstore.yaml
  sendready convert exports/ -o collections
  sendready convert swaggerhub:OWNER/NAME --allow-remote
  curl -s https://example.com/openapi.json | sendready convert - --name example

Exit codes: 0 done; 1 something could not be converted, or with --strict there are warnings;
2 wrong usage, unreadable input, cannot write.""",
        options=cli_options.CONVERT,
        run=convert,
    ),
    "snippets": Command(
        summary="Print the curl commands for POSIX shells, Windows cmd and PowerShell.",
        words="""They are the requests of the collection, the token request first.

  sendready snippets petstore.yaml
  sendready snippets petstore.yaml --format html -o petstore.html
  sendready snippets petstore.yaml --format files -o scripts
  sendready snippets petstore.yaml --format http -o petstore.http
  sendready snippets petstore.yaml --into docs/start.md    between <!-- sendready: listPets posix -->
                                                           and <!-- /sendready -->

Exit codes: 0 done; 1 something could not be converted, or a page is stale or names what is not there;
2 wrong usage, unreadable input, cannot write.""",
        options=cli_options.SNIPPETS,
        run=snippets,
    ),
    "check": Command(
        summary="Check specifications: the auth flow, valid OpenAPI, what would hinder the first Send.",
        words="""The options of convert are taken here too, so that both see the same document.

  sendready check petstore.yaml
  sendready check specs/ --format sarif -o sendready.sarif

Exit codes: 0 done; 1 findings at or above the failing level; 2 wrong usage, unreadable input, cannot write.""",
        options=cli_options.CHECK,
        run=check,
    ),
    "rules": Command(
        summary="List the rules of check and convert, or explain one with a bad and a good example.",
        words="""  sendready rules
  sendready rules operations-secured

Exit codes: 0 done; 1 is not used; 2 wrong usage, cannot write.""",
        options=(),
        run=rules,
        operand=cli_options.RULE,
    ),
}
"""The commands by their names, in the order in which the help tells them."""


def main() -> None:
    """Run the command line; the one place where fatal errors end."""
    try:
        code = run(sys.argv[1:])
    except FatalError as error:
        for message in error.messages:
            say_error(message)
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once: what it holds goes with it, and taking that down piece by piece takes a tenth of a run.

    Other processes are left to Python's own end. Data was flushed when it was written; words that cannot be are lost.
    """
    if code == INTERRUPTED or "multiprocessing" in sys.modules:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def run(words: Sequence[str]) -> int:
    """Do what `words` say and return the exit code. Raises FatalError; ends the process on --help of a command."""
    name, *others = words or ("",)
    if name in {"-h", "--help", "--version"}:
        put("-", f"sendready {__version__}\n" if name == "--version" else _help())
        return DONE
    if name not in COMMANDS:
        raise UsageError(_unknown(name))
    return COMMANDS[name].run(cli_options.parse(name, COMMANDS[name], others))


def _help() -> str:
    width = max(map(len, COMMANDS))
    return HELP.format(
        commands="\n".join(f"  {name:{width}}   {command.summary}" for name, command in COMMANDS.items())
    )


def _unknown(name: str) -> str:
    if not name:
        return f"a command is missing: {', '.join(COMMANDS)}; sendready --help tells more"
    near = closest(name, COMMANDS)
    guess = f"; did you mean {near}?" if near else f"; there is {', '.join(COMMANDS)}"
    return f"there is no command {name!r}{guess}"


def _select(arguments: Arguments) -> "Selection":
    """Find the specifications; what is not there is said at once, and the others go on, if there are any."""
    from generator.source import select

    selection = select(arguments.specs, arguments.name)
    if not selection.files:
        raise UnreadableInputError(*map(str, selection.problems))
    for problem in selection.problems:
        say_error(str(problem))
    return selection


def _tasks(
    selection: "Selection",
    job: "Job",
    settings: "Settings",
    flags: "DocumentSettings",
    arguments: Arguments,
) -> "list[Task]":
    from generator.cli_values import access, filters
    from generator.jobs.tasks import Task
    from generator.settings.file import origins

    if settings.overrides:
        from generator.idle import idle_overrides

        for message in idle_overrides(settings, [file.path for file in selection.files]):
            say_warning(message)

    where = origins(settings, flags, [file.path for file in selection.files])
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


def _work(tasks: "Sequence[Task]", processes: int) -> "list[Outcome]":
    """Do the tasks, and say of each what is to be said as soon as it is done."""
    from generator.jobs.processes import run_all
    from generator.progress import Progress

    progress = Progress(stream=sys.stderr, total=len(tasks), enabled=is_terminal())
    outcomes: list[Outcome] = []
    try:
        progress.show(tasks[0].file.path if tasks else "")
        for outcome in run_all(tasks, processes):
            outcomes.append(outcome)
            progress.clear()
            say(outcome.report)
            if outcome.problem:
                say_error(outcome.problem)
            progress.done = len(outcomes)
            progress.show(tasks[min(len(outcomes), len(tasks) - 1)].file.path)
    finally:
        progress.clear()
    return outcomes


def _exit_code(outcomes: "Sequence[Outcome]", selection: "Selection", *, strict: bool) -> int:
    if selection.problems or any(outcome.problem for outcome in outcomes):
        return FAILED
    if any(outcome.errors or (strict and outcome.warnings) for outcome in outcomes):
        return FOUND
    return DONE


def _joined(texts: Sequence[str], snippet_format: str) -> str:
    """Return the texts of several specifications as one, in the same format."""
    if len(texts) <= 1:
        return "".join(texts)
    if snippet_format == "html" or snippet_format.startswith("http"):
        page = "HTML page" if snippet_format == "html" else ".http file"
        raise UsageError(f"one {page} holds one specification; name them one by one")
    if snippet_format == "md":
        return "\n".join(texts)
    import json

    from generator.json_values import to_json

    return to_json([entry for text in texts for entry in json.loads(text)]) + "\n"
