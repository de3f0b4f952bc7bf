"""Many specifications in one run: each on its own, in one process or several, answers in the order asked."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from generator.choices import Choices, ClientAuthentication, Filters, Folders
from generator.closure import Access, access_for, gather, read_entry
from generator.differences import difference
from generator.document import Document, Resource, Source, parse
from generator.findings import FatalError, Finding, Severity
from generator.output import write_file, write_files
from generator.report import Located, Style, locate_all, report, with_excerpts
from generator.settings import DocumentSettings
from generator.source import SpecificationFile

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from generator.checking import CheckOptions
    from generator.pipeline import Look, Options, Snippet

WORTH_PROCESSES = {"fork": 500_000, "spawn": 4_000_000}
"""From how many bytes of specifications on a second process saves more time than its start costs."""


class ConvertJob(Struct, frozen=True, kw_only=True):
    """What `convert` does with a specification: write its files into the folder `output`."""

    output: Path


class SnippetsJob(Struct, frozen=True, kw_only=True):
    """What `snippets` does with a specification: make one text of it."""

    format: str
    look: "Look"


class EmbedJob(Struct, frozen=True, kw_only=True):
    """What `snippets --into` does with a specification: make its commands, as values."""

    look: "Look"


class ScriptsJob(Struct, frozen=True, kw_only=True):
    """What `snippets --format files` does with a specification: write scripts into a folder of its name in `output`."""

    output: Path
    look: "Look"


class CheckJob(Struct, frozen=True, kw_only=True):
    """What `check` does with a specification: find what is to be said of it.

    With `mend` what can be mended is mended in the file first; with `show` too, only shown as a diff. With `reference`
    openapi-spec-validator is asked too, with `excerpts` each finding gets the line that it speaks of, with `fixes`
    what would mend it.
    """

    mend: bool = False
    show: bool = False
    reference: bool = False
    excerpts: bool = False
    fixes: bool = False


Job: TypeAlias = ConvertJob | SnippetsJob | EmbedJob | ScriptsJob | CheckJob


class Task(Struct, frozen=True, kw_only=True):
    """One specification with all that is to be known about it; it can be sent to another process."""

    file: SpecificationFile
    job: Job
    settings: DocumentSettings = DocumentSettings()
    filters: Filters = Filters()
    access: Access = Access()
    style: Style = Style()


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one specification.

    `report` holds its findings as text. `problem` says why nothing could be done at all, else it is empty.
    `written` are the files of `convert`, `fill_in` the variables that wait for a user's values; `text` is what
    `snippets` made, `files` are what has to lie beside it, `snippets` its commands as values, `located` what `check`
    found.
    """

    path: str
    report: str = ""
    errors: int = 0
    warnings: int = 0
    problem: str = ""
    requests: int = 0
    token: bool = False
    fill_in: tuple[str, ...] = ()
    written: tuple[Path, ...] = ()
    text: str | None = None
    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    snippets: "tuple[Snippet, ...]" = ()
    located: tuple[Located, ...] = ()


def run(task: Task) -> Outcome:
    """Do the task. Nothing is raised: whatever happens to one specification must not stop the others."""
    try:
        return _run(task)
    except FatalError as error:
        return Outcome(path=task.file.path, problem=str(error))
    except Exception as error:  # noqa: BLE001 -- a mistake of ours in one file must not lose the others' work
        return Outcome(path=task.file.path, problem=_own_mistake(task.file.path, error))


def run_all(tasks: Sequence[Task], processes: int) -> Iterator[Outcome]:
    """Do the tasks in so many processes; give their outcomes in the order of the tasks."""
    if processes <= 1 or len(tasks) <= 1:
        yield from map(run, tasks)
    else:
        yield from _run_in_processes(tasks, processes)


def processes_for(tasks: Sequence[Task], asked: int | None) -> int:
    """Return in how many processes to work: as many as asked for, else as many as save time."""
    if asked is not None:
        return min(asked, len(tasks))
    sizes = [task.file.size for task in tasks]
    # One process cannot be quicker than its largest file, so only what lies beside that can be shared out.
    shared_out = sum(sizes) - max(sizes, default=0)
    return min(_processors(), len(tasks)) if shared_out >= WORTH_PROCESSES[_start_method()] else 1


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(task: Task) -> Outcome:
    access = access_for(task.file, task.access)
    source = read_entry(task.file, access)
    closure = gather(source, access)
    loaded = parse(closure.sources, source.uri, closure.absent)
    document = loaded.value
    if document is None:
        return _outcome(task, loaded.findings, closure.sources)
    if isinstance(task.job, CheckJob):
        return _checked(task, source, document, loaded.findings)
    return _made(task, document, loaded.findings)


def _checked(task: Task, source: Source, document: Document, earlier: Sequence[Finding]) -> Outcome:
    """Return what is to be said of `document`, beside what reading it has said `earlier`."""
    from generator.checking import check

    options = _check_options(task)
    mended = _mended(task, source, options) if isinstance(task.job, CheckJob) and task.job.mend else None
    if mended is not None:
        return mended
    outcome = _outcome(task, check(document, options, earlier), document.resources)
    return _with_mends(outcome, source, document, options) if _wants_fixes(task.job) else outcome


def _wants_fixes(job: Job) -> bool:
    return isinstance(job, CheckJob) and job.fixes


def _with_mends(outcome: Outcome, source: Source, document: Document, options: "CheckOptions") -> Outcome:
    """Return `outcome` with what would mend each of its findings, where that is known."""
    from generator.fix import insertions

    findings = [entry.finding for entry in outcome.located]
    mends = insertions(source, document, findings, replace(options, reference=False))
    located = tuple(replace(entry, mend=mends.get(entry.finding, ())) for entry in outcome.located)
    return replace(outcome, located=located)


def _made(task: Task, document: Document, earlier: Sequence[Finding]) -> Outcome:
    """Make of `document` what the job asks for."""
    from generator import pipeline

    options = _options(task)
    if isinstance(task.job, ConvertJob):
        converted = pipeline.convert(document, options)
        outcome = _outcome(task, (*earlier, *converted.findings), document.resources)
        conversion = converted.value
        if conversion is None:
            return outcome
        files = {task.file.name + ending: text for ending, text in conversion.files.items()}
        written = write_files(task.job.output, files)
        return replace(
            outcome,
            requests=conversion.requests,
            token=conversion.token,
            fill_in=conversion.fill_in,
            written=written,
        )
    if isinstance(task.job, EmbedJob):
        listed = pipeline.snippet_list(document, options)
        outcome = _outcome(task, (*earlier, *listed.findings), document.resources)
        return replace(outcome, snippets=listed.value or ())
    if isinstance(task.job, ScriptsJob):
        scripts = pipeline.scripts(document, options)
        outcome = _outcome(task, (*earlier, *scripts.findings), document.resources)
        folder = task.job.output / task.file.name
        return replace(outcome, written=write_files(folder, scripts.value) if scripts.value else ())
    how = task.job.format if isinstance(task.job, SnippetsJob) else ""
    made = pipeline.snippet_page(document, options, pipeline.SnippetFormat(how))
    outcome = _outcome(task, (*earlier, *made.findings), document.resources)
    return replace(outcome, text=made.value.text, files=made.value.files) if made.value else outcome


def _choices(task: Task) -> Choices:
    settings = task.settings
    chosen = Choices(
        server=settings.server,
        token_url=settings.token_url,
        auth_scheme=settings.auth_scheme,
        token_parameters=settings.token_params or (),
        **asdict(task.filters),
    )
    if settings.scopes is not None:
        chosen = replace(chosen, scopes=settings.scopes)
    if settings.client_auth is not None:
        chosen = replace(chosen, client_authentication=ClientAuthentication(settings.client_auth))
    if settings.folders is not None:
        chosen = replace(chosen, folders=Folders(settings.folders))
    return chosen


def _options(task: Task) -> "Options":
    from generator.pipeline import Options

    chosen = Options(**asdict(_choices(task)))
    if isinstance(task.job, SnippetsJob | EmbedJob | ScriptsJob):
        chosen = replace(chosen, look=task.job.look)
    return chosen


def _mended(task: Task, source: Source, options: "CheckOptions") -> Outcome | None:
    """Return what mending did: the diff, or what is to be said of the mended file; None where nothing is mended."""
    from generator.fix import fixed

    text = fixed(source, replace(options, reference=False))
    show = isinstance(task.job, CheckJob) and task.job.show
    if text is None:
        return Outcome(path=task.file.path, text="") if show else None
    if show:
        shown = difference(source.content.decode(), text, task.file.path, f"{task.file.path} (mended)")
        return Outcome(path=task.file.path, text=shown)
    written = write_file(Path(task.file.path), text)
    again = replace(task.job, mend=False) if isinstance(task.job, CheckJob) else task.job
    return replace(_run(replace(task, job=again)), written=(written,))


def _check_options(task: Task) -> "CheckOptions":
    from generator.checking import CheckOptions, Policy

    said = task.settings
    policy = Policy(
        public_api=bool(said.public_api),
        public_operations=said.public_operations or (),
        token_hosts=said.token_hosts or (),
        scope_pattern=said.scope_pattern,
        allowed_secrets=said.allowed_secrets or (),
    )
    levels = {name: None if level == "off" else Severity(level) for name, level in said.severities or ()}
    reference = isinstance(task.job, CheckJob) and task.job.reference
    return CheckOptions(document=_choices(task), policy=policy, severities=levels, reference=reference)


def _outcome(task: Task, findings: Sequence[Finding], read: Mapping[str, Source | Resource]) -> Outcome:
    severities = [finding.severity for finding in dict.fromkeys(findings)]
    located: tuple[Located, ...] = ()
    if isinstance(task.job, CheckJob):
        located = locate_all(dict.fromkeys(findings), read)
        located = with_excerpts(located, read) if task.job.excerpts else located
    return Outcome(
        path=task.file.path,
        report="" if isinstance(task.job, CheckJob) else report(dict.fromkeys(findings), read, task.style),
        located=located,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
    )


def _own_mistake(path: str, error: Exception) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return (
        f"{path}: sendready itself failed here, which is a mistake in sendready: {type(error).__name__}{place}: {error}"
    )


def _run_in_processes(tasks: Sequence[Task], processes: int) -> Iterator[Outcome]:
    if _start_method() == "fork":
        from generator.copies import run_in_copies

        _prepare(tasks)
        yield from run_in_copies(run, tasks, [task.file.size for task in tasks], processes, _run_alone)
        return
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool

    executor = _executor(processes)
    try:
        # The largest first: what takes longest must not begin last.
        order = sorted(range(len(tasks)), key=lambda number: -tasks[number].file.size)
        futures = {number: executor.submit(run, tasks[number]) for number in order}
        for number, task in enumerate(tasks):
            try:
                yield futures[number].result()
            except BrokenProcessPool:  # one process was killed, and all that waited went with it
                yield _run_alone(task)
        executor.shutdown()
    except BaseException:  # Ctrl-C above all: what has begun need not be waited for
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise


def _prepare(tasks: Sequence[Task]) -> None:
    """Import what the tasks need, so that processes that begin as copies of this one have it."""
    import importlib

    checks = isinstance(tasks[0].job, CheckJob)
    importlib.import_module("generator.checking" if checks else "generator.pipeline")
    importlib.import_module("jsonschema_rs")
    if any(not task.file.path.endswith(".json") for task in tasks):
        importlib.import_module("yaml")


def _run_alone(task: Task) -> Outcome:
    """Do one task in a process of its own, so that only the specification that ends a process is lost."""
    from concurrent.futures.process import BrokenProcessPool

    with _executor(1) as executor:
        try:
            return executor.submit(run, task).result()
        except BrokenProcessPool:
            problem = (
                f"{task.file.path}: the process that worked on it was ended from outside, perhaps for want of memory"
            )
            return Outcome(path=task.file.path, problem=problem)


def _executor(processes: int) -> "ProcessPoolExecutor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(_start_method())
    return ProcessPoolExecutor(max_workers=processes, mp_context=context, initializer=_start_worker)


def _start_method() -> str:
    """Return how processes begin: as a copy of this one where that is safe and cheap, else from nothing.

    A copy of a process with threads may wait for ever; on macOS system libraries have some of their own.
    """
    import threading

    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _start_worker() -> None:
    """Leave Ctrl-C to the first process, and let its order to end unwind what is being written."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
