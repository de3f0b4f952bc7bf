"""What is done with one specification."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.closure import Access, access_for, gather, read_entry
from generator.document import Document, Read, Resource, Source, parse, read_tree
from generator.document_options import Filters
from generator.findings import Finding, Severity, UsageError
from generator.jobs.options import check_options, options
from generator.jobs.outcome import Outcome
from generator.located import locate_all, with_excerpts
from generator.output import write_file, write_files
from generator.settings.values import DocumentSettings
from generator.source import SpecificationFile
from generator.text_layout import Style

if TYPE_CHECKING:
    from generator.checking import CheckOptions
    from generator.pipeline import Look, Options


_PLURAL_KEYS = frozenset({"scopes", "token-params"})
"""Settings that hold all that an option, given again and again, says one by one."""


class _Job(Struct, frozen=True, kw_only=True):
    """What can be done with a specification."""

    @property
    def templates(self) -> str | None:
        """The folder of templates of others that it runs; None where it runs none."""
        return None


class _MakingJob(_Job, frozen=True, kw_only=True):
    """What makes something of a specification: what is to be said of it is said beside, as text."""

    modules: ClassVar = ("generator.pipeline", "generator.conversion_report", "jsonschema_rs", "minijinja")

    def told(self, task: "Task", findings: Sequence[Finding], read: Mapping[str, Source | Resource]) -> Outcome:
        """Return an outcome with `findings` as text, with the places that they have in what was `read`."""
        from generator.conversion_report import report

        text = report(dict.fromkeys(findings), read, task.style)
        return replace(_counted(task, findings), report=text)


class ConvertJob(_MakingJob, frozen=True, kw_only=True):
    """What `convert` does with a specification: write its files into the folder `output`."""

    output: Path

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> Outcome:
        """Convert, and write. Raises FatalError."""
        from generator import pipeline

        converted = pipeline.convert(document, task.options())
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
    """What `snippets` does with a specification: make one text of it; `alone`: files that it reads go nowhere."""

    format: str
    look: "Look"
    alone: bool = False

    @property
    def templates(self) -> str | None:
        """The folder of templates of others that it runs; None where it runs none."""
        return self.look.templates

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> Outcome:
        """Make the text. Raises FatalError."""
        from generator import pipeline
        from generator.validation.rules.conversion import http_file_body

        made = pipeline.snippet_page(document, task.options(self.look), pipeline.SnippetFormat(self.format))
        # Files beside the text are a hindrance only where nobody writes them.
        told = [each for each in made.findings if self.alone or each.rule != http_file_body.RULE.name]
        outcome = self.told(task, (*earlier, *told), document.resources)
        return replace(outcome, text=made.value.text, files=made.value.files) if made.value else outcome


class EmbedJob(_MakingJob, frozen=True, kw_only=True):
    """What `snippets --into` does with a specification: make its commands, as values."""

    look: "Look"

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> Outcome:
        """Make the commands. Raises FatalError."""
        from generator import pipeline

        made = pipeline.snippet_list(document, task.options(self.look))
        outcome = self.told(task, (*earlier, *made.findings), document.resources)
        return replace(outcome, snippets=made.value or ())


class ScriptsJob(_MakingJob, frozen=True, kw_only=True):
    """What `snippets --format files` does with a specification: write scripts into a folder of its name in `output`."""

    output: Path
    look: "Look"

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> Outcome:
        """Make the scripts, and write them. Raises FatalError."""
        from generator import pipeline

        made = pipeline.scripts(document, task.options(self.look))
        outcome = self.told(task, (*earlier, *made.findings), document.resources)
        return replace(outcome, written=write_files(self.output / task.file.name, made.value) if made.value else ())


class CheckJob(_Job, frozen=True, kw_only=True):
    """What `check` does with a specification: find what is to be said of it.

    With `mend` what can be mended is mended in the file first; with `show` too, only shown as a diff. With `reference`
    openapi-spec-validator is asked too, with `excerpts` each finding gets the line that it speaks of, with `fixes`
    what would mend it.
    """

    modules: ClassVar = ("generator.checking", "jsonschema_rs")

    mend: bool = False
    show: bool = False
    reference: bool = False
    excerpts: bool = False
    fixes: bool = False

    def do(self, task: "Task", document: Document, earlier: Sequence[Finding]) -> Outcome:
        """Check, or mend first. Raises FatalError."""
        from generator.checking import check, idle_patterns

        options = check_options(task.settings, task.filters)
        if self.mend:
            from generator.fix import fixed

            text = fixed(document, options)
            if self.show:
                return Outcome(path=task.file.path, text=_difference(document, text))
            if text is not None:
                written = write_file(Path(task.file.path), text)
                again = do(replace(task, job=replace(self, mend=False)))
                return replace(_with_left(again, document.uri), written=(written,))
        found = check(document, replace(options, reference=self.reference), earlier)
        idle = idle_patterns(document, options.policy.public_operations)
        outcome = replace(self.told(task, found, document.resources), idle_operations=idle)
        outcome = _with_left(outcome, document.uri) if self.mend else outcome
        return _with_mends(outcome, document, options) if self.fixes else outcome

    def told(self, task: "Task", findings: Sequence[Finding], read: Mapping[str, Source | Resource]) -> Outcome:
        """Return an outcome with `findings`, and where they stand in what was `read`."""
        located = locate_all(dict.fromkeys(findings), read)
        return replace(_counted(task, findings), located=with_excerpts(located, read) if self.excerpts else located)


Job: TypeAlias = ConvertJob | SnippetsJob | EmbedJob | ScriptsJob | CheckJob


class Task(Struct, frozen=True, kw_only=True):
    """One specification with all that is to be known about it; it can be sent to another process.

    `origins` says of settings that no flag gave where they stand.
    """

    file: SpecificationFile
    job: Job
    settings: DocumentSettings = DocumentSettings()
    origins: Mapping[str, str] = {}
    filters: Filters = Filters()
    access: Access = Access()
    style: Style = Style()

    def options(self, look: "Look | None" = None) -> "Options":
        """Return what is asked for of a conversion, or of snippets that `look` like this."""
        return options(self.settings, self.filters, look)


def do(task: Task, read: Read = read_tree) -> Outcome:
    """Read the specification of `task` with all that it refers to, and do its job. Raises FatalError.

    `read` reads a source; of what it has read, each is remembered.
    """
    access = access_for(task.file, task.access)
    source = read_entry(task.file, access)
    read = cache(read)
    closure = gather(source, access, read)
    loaded = parse(closure.sources, source.uri, closure.absent, read)
    if loaded.value is None:
        return task.job.told(task, loaded.findings, closure.sources)
    try:
        return task.job.do(task, loaded.value, loaded.findings)
    except UsageError as error:
        raise UsageError(*(_as_said(message, task.origins) for message in error.messages)) from error


def _as_said(message: str, origins: Mapping[str, str]) -> str:
    """Return a message that begins with an option as one about the setting that said it, where that was no flag."""
    for key, origin in origins.items():
        option = f"--{key.removesuffix('s') if key in _PLURAL_KEYS else key}"
        if message.startswith((f"{option} ", f"{option}:")):
            return origin + message[len(option) :]
    return message


def _counted(task: Task, findings: Sequence[Finding]) -> Outcome:
    severities = [finding.severity for finding in dict.fromkeys(findings)]
    return Outcome(
        path=task.file.path, errors=severities.count(Severity.ERROR), warnings=severities.count(Severity.WARNING)
    )


def _difference(document: Document, mended: str | None) -> str:
    """Return what mending would change in the entry of `document`."""
    from generator.differences import difference

    content = document.resources[document.uri].source.content
    return "" if mended is None else difference(content.decode(), mended, document.uri, f"{document.uri} (mended)")


def _with_left(outcome: Outcome, entry: str) -> Outcome:
    """Return `outcome` with the files beside `entry` in which stands what could be mended there."""
    from generator.fix import MENDABLE

    mendable = (found.finding.place.uri for found in outcome.located if found.finding.rule in MENDABLE)
    return replace(outcome, left=tuple(dict.fromkeys(uri for uri in mendable if uri != entry)))


def _with_mends(outcome: Outcome, document: Document, options: "CheckOptions") -> Outcome:
    """Return `outcome` with what would mend each of its findings, where that is known."""
    from generator.fix import insertions

    mends = insertions(document, [entry.finding for entry in outcome.located], options)
    located = tuple(replace(entry, mend=mends.get(entry.finding, ())) for entry in outcome.located)
    return replace(outcome, located=located)
