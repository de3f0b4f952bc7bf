"""What is done with one specification, and what becomes of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from generator.choices import Choices, ClientAuthentication, Filters, Folders
from generator.closure import Access, access_for, gather, read_entry
from generator.differences import difference
from generator.document import Document, Resource, Source, parse
from generator.findings import Finding, Severity
from generator.output import write_file, write_files
from generator.report import Located, Style, locate_all, report, with_excerpts
from generator.settings import DocumentSettings
from generator.source import SpecificationFile

if TYPE_CHECKING:
    from generator.checking import CheckOptions
    from generator.pipeline import Look, Options, Snippet


class _MakingJob(Struct, frozen=True, kw_only=True):
    """What makes something of a specification: what is to be said of it is said beside, as text."""

    def told(self, task: "Task", findings: Sequence[Finding], read: Mapping[str, Source | Resource]) -> "Outcome":
        """Return an outcome with `findings` as text, with the places that they have in what was `read`."""
        text = report(dict.fromkeys(findings), read, task.style)
        return replace(_counted(task, findings), report=text)


class ConvertJob(_MakingJob, frozen=True, kw_only=True):
    """What `convert` does with a specification: write its files into the folder `output`."""

    output: Path

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> "Outcome":
        """Convert, and write. Raises FatalError."""
        from generator import pipeline

        converted = pipeline.convert(document, _options(task))
        outcome = self.told(task, (*earlier, *converted.findings), document.resources)
        conversion = converted.value
        if conversion is None:
            return outcome
        files = {task.file.name + ending: text for ending, text in conversion.files.items()}
        written = write_files(self.output, files)
        return replace(
            outcome,
            requests=conversion.requests,
            token=conversion.token,
            fill_in=conversion.fill_in,
            written=written,
        )


class SnippetsJob(_MakingJob, frozen=True, kw_only=True):
    """What `snippets` does with a specification: make one text of it."""

    format: str
    look: "Look"

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> "Outcome":
        """Make the text. Raises FatalError."""
        from generator import pipeline

        options = replace(_options(task), look=self.look)
        made = pipeline.snippet_page(document, options, pipeline.SnippetFormat(self.format))
        outcome = self.told(task, (*earlier, *made.findings), document.resources)
        return replace(outcome, text=made.value.text, files=made.value.files) if made.value else outcome


class EmbedJob(_MakingJob, frozen=True, kw_only=True):
    """What `snippets --into` does with a specification: make its commands, as values."""

    look: "Look"

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> "Outcome":
        """Make the commands. Raises FatalError."""
        from generator import pipeline

        made = pipeline.snippet_list(document, replace(_options(task), look=self.look))
        outcome = self.told(task, (*earlier, *made.findings), document.resources)
        return replace(outcome, snippets=made.value or ())


class ScriptsJob(_MakingJob, frozen=True, kw_only=True):
    """What `snippets --format files` does with a specification: write scripts into a folder of its name in `output`."""

    output: Path
    look: "Look"

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> "Outcome":
        """Make the scripts, and write them. Raises FatalError."""
        from generator import pipeline

        made = pipeline.scripts(document, replace(_options(task), look=self.look))
        outcome = self.told(task, (*earlier, *made.findings), document.resources)
        return replace(outcome, written=write_files(self.output / task.file.name, made.value) if made.value else ())


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

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> "Outcome":
        """Check, or mend first. Raises FatalError."""
        from generator.checking import check, idle_patterns

        options = _check_options(task)
        if self.mend:
            from generator.fix import fixed

            text = fixed(document, options)
            if self.show:
                return Outcome(path=task.file.path, text=_difference(document, text))
            if text is not None:
                written = write_file(Path(task.file.path), text)
                return replace(do(replace(task, job=replace(self, mend=False))), written=(written,))
        found = check(document, replace(options, reference=self.reference), earlier)
        idle = idle_patterns(document, options.policy.public_operations)
        outcome = replace(self.told(task, found, document.resources), idle_operations=idle)
        return _with_mends(outcome, document, options) if self.fixes else outcome

    def told(self, task: "Task", findings: Sequence[Finding], read: Mapping[str, Source | Resource]) -> "Outcome":
        """Return an outcome with `findings`, and where they stand in what was `read`."""
        located = locate_all(dict.fromkeys(findings), read)
        return replace(_counted(task, findings), located=with_excerpts(located, read) if self.excerpts else located)


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
    found, `idle_operations` the patterns of public ones that match no operation; None where that is not known.
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
    idle_operations: tuple[str, ...] | None = None


def do(task: Task) -> Outcome:
    """Read the specification of `task` with all that it refers to, and do its job. Raises FatalError."""
    access = access_for(task.file, task.access)
    source = read_entry(task.file, access)
    closure = gather(source, access)
    loaded = parse(closure.sources, source.uri, closure.absent)
    if loaded.value is None:
        return task.job.told(task, loaded.findings, closure.sources)
    return task.job.do(task, loaded.value, loaded.findings)


def _counted(task: Task, findings: Sequence[Finding]) -> Outcome:
    severities = [finding.severity for finding in dict.fromkeys(findings)]
    return Outcome(
        path=task.file.path, errors=severities.count(Severity.ERROR), warnings=severities.count(Severity.WARNING)
    )


def _difference(document: Document, mended: str | None) -> str:
    """Return what mending would change in the entry of `document`."""
    content = document.resources[document.uri].source.content
    return "" if mended is None else difference(content.decode(), mended, document.uri, f"{document.uri} (mended)")


def _with_mends(outcome: Outcome, document: Document, options: "CheckOptions") -> Outcome:
    """Return `outcome` with what would mend each of its findings, where that is known."""
    from generator.fix import insertions

    mends = insertions(document, [entry.finding for entry in outcome.located], options)
    located = tuple(replace(entry, mend=mends.get(entry.finding, ())) for entry in outcome.located)
    return replace(outcome, located=located)


def _choices(task: Task) -> Choices:
    settings = task.settings
    chosen = Choices(
        server=settings.server,
        token_url=settings.token_url,
        auth_scheme=settings.auth_scheme,
        token_parameters=settings.token_params or (),
        allowed_secrets=settings.allowed_secrets or (),
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

    return Options(**asdict(_choices(task)))


def _check_options(task: Task) -> "CheckOptions":
    from generator.checking import CheckOptions, Policy

    said = task.settings
    policy = Policy(
        public_api=bool(said.public_api),
        public_operations=said.public_operations or (),
        token_hosts=said.token_hosts or (),
        scope_pattern=said.scope_pattern,
    )
    levels = {name: None if level == "off" else Severity(level) for name, level in said.severities or ()}
    return CheckOptions(document=_choices(task), policy=policy, severities=levels)
