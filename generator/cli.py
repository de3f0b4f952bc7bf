"""The command line: options in, exit code out. Standard output carries data only; words go to standard error."""

import enum
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import generator

if TYPE_CHECKING:
    from generator.batch import ConvertJob, Outcome, SnippetsJob, Task
    from generator.report import Style
    from generator.settings import DocumentSettings, Settings
    from generator.source import Selection

app = typer.Typer(
    name="sendready",
    help="From an OpenAPI specification to a Postman collection that works on the first Send.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


class ClientAuth(enum.StrEnum):
    """The choices of --client-auth."""

    BODY = "body"
    BASIC = "basic"
    BASIC_RAW = "basic-raw"


class FolderChoice(enum.StrEnum):
    """The choices of --folders."""

    TAGS = "tags"
    PATHS = "paths"


class SnippetChoice(enum.StrEnum):
    """The choices of --format of `snippets`."""

    MD = "md"
    JSON = "json"


class CredentialsChoice(enum.StrEnum):
    """The choices of --credentials."""

    VARIABLES = "variables"
    PLACEHOLDERS = "placeholders"


Specifications = Annotated[
    list[str], typer.Argument(metavar="SPEC...", help="Files, folders or globs; - reads standard input.")
]
Server = Annotated[
    str | None, typer.Option(metavar="URL|NUMBER", help="Where requests go: an address, or a server's number.")
]
TokenUrl = Annotated[str | None, typer.Option(metavar="URL", help="The token endpoint, where the document names none.")]
ClientAuthOption = Annotated[
    ClientAuth | None, typer.Option("--client-auth", help="How the client proves itself (default: body).")
]
Scope = Annotated[list[str] | None, typer.Option(metavar="S", help="A scope to ask for; may be repeated.")]
Tag = Annotated[list[str] | None, typer.Option(metavar="T", help="Only operations with this tag; may be repeated.")]
PathFilter = Annotated[
    list[str] | None, typer.Option("--path", metavar="GLOB", help="Only these paths; may be repeated.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")]
Name = Annotated[str | None, typer.Option(metavar="NAME", help="What standard input is called (default: openapi).")]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Settings, instead of the sendready.toml nearby.")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"sendready {generator.__version__}")
        raise typer.Exit


@app.callback()
def _app(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """From an OpenAPI specification to a Postman collection that works on the first Send."""
    del version


@app.command()
def convert(
    specifications: Specifications,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Where files go (default: output).")
    ] = None,
    folders: Annotated[FolderChoice | None, typer.Option(help="What folders are made from (default: tags).")] = None,
    server: Server = None,
    token_url: TokenUrl = None,
    client_auth: ClientAuthOption = None,
    scope: Scope = None,
    strict: Strict = False,
    jobs: Annotated[int | None, typer.Option(min=1, metavar="N", help="Work in this many processes.")] = None,
    tag: Tag = None,
    path: PathFilter = None,
    name: Name = None,
    config: Config = None,
) -> None:
    """Write Postman collections, environments and curl commands for specifications."""
    from generator.batch import ConvertJob

    settings, flags = _settings(config, server, token_url, client_auth, scope, folders)
    selection = _selected(specifications, name)
    folder = output or settings.output or Path("output")
    tasks = _tasks(selection, ConvertJob(output=folder), settings, flags, tag, path)
    outcomes = _run(tasks, selection, jobs if jobs is not None else settings.jobs)
    _print_table(outcomes, selection)
    raise typer.Exit(_exit_code(outcomes, selection, strict=strict or settings.strict is True))


@app.command()
def snippets(
    specifications: Specifications,
    snippet_format: Annotated[SnippetChoice, typer.Option("--format", help="How to print them.")] = SnippetChoice.MD,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH|-", help="The file to write; - is standard output.")
    ] = "-",
    credentials: Annotated[
        CredentialsChoice | None,
        typer.Option(help="Shell variables, or words to replace (default: variables)."),
    ] = None,
    server: Server = None,
    token_url: TokenUrl = None,
    client_auth: ClientAuthOption = None,
    scope: Scope = None,
    tag: Tag = None,
    path: PathFilter = None,
    name: Name = None,
    config: Config = None,
) -> None:
    """Print curl commands for Linux, macOS and Windows."""
    from generator.batch import SnippetsJob

    settings, flags = _settings(config, server, token_url, client_auth, scope, None)
    selection = _selected(specifications, name)
    chosen = credentials.value if credentials else settings.credentials or CredentialsChoice.VARIABLES.value
    job = SnippetsJob(format=snippet_format.value, credentials=chosen)
    outcomes = _run(_tasks(selection, job, settings, flags, tag, path), selection, 1)
    texts = [outcome.text for outcome in outcomes if outcome.text is not None]
    if texts:
        _write(_joined(texts, snippet_format), output)
    raise typer.Exit(_exit_code(outcomes, selection, strict=False))


def main() -> None:
    """Run the command line; whatever cannot be done is one message and exit code 2."""
    from generator.findings import FatalError

    gc.disable()  # the process is short; collecting costs more than it frees
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except FatalError as error:
        _say(f"sendready: {error}")
        _leave(error.exit_code)
    except KeyboardInterrupt:
        _leave(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(1)


def _leave(code: int) -> NoReturn:
    sys.exit(code)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _settings(
    config: Path | None,
    server: str | None,
    token_url: str | None,
    client_auth: ClientAuth | None,
    scope: list[str] | None,
    folders: FolderChoice | None,
) -> "tuple[Settings, DocumentSettings]":
    from generator.settings import DocumentSettings, check_token_url, find_settings, split_scopes

    flags = DocumentSettings(
        server=server,
        token_url=None if token_url is None else check_token_url(token_url, "--token-url"),
        client_auth=client_auth.value if client_auth else None,
        scopes=split_scopes(tuple(scope)) if scope else None,
        folders=folders.value if folders else None,
    )
    return find_settings(Path.cwd(), config), flags


def _selected(specifications: Sequence[str], name: str | None) -> "Selection":
    """Return the files that are meant. Raises UsageError where two of them would write the same file."""
    from generator.findings import UsageError
    from generator.source import select

    selection = select(specifications, name)
    first: dict[str, str] = {}
    for file in selection.files:
        other = first.setdefault(file.name.casefold(), file.path)
        if other != file.path:
            raise UsageError(f"{other} and {file.path} would both write {file.name}.…; convert them one by one.")
    return selection


def _tasks(
    selection: "Selection",
    job: "ConvertJob | SnippetsJob",
    settings: "Settings",
    flags: "DocumentSettings",
    tags: list[str] | None,
    paths: list[str] | None,
) -> "list[Task]":
    from generator.batch import Task

    return [
        Task(
            file=file,
            job=job,
            settings=settings.for_document(file.path, flags),
            tags=tuple(tags or ()),
            paths=tuple(paths or ()),
            style=_style(),
        )
        for file in selection.files
    ]


def _style() -> "Style":
    from generator.report import Style

    return Style(colour=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


def _run(tasks: "Sequence[Task]", selection: "Selection", jobs: int | None) -> "list[Outcome]":
    """Do the tasks, and say what they found as they end, in their order."""
    from generator.batch import processes_for, run_all
    from generator.progress import Progress

    progress = Progress(sys.stderr, len(tasks), sys.stderr.isatty())
    outcomes: list[Outcome] = []
    names = [task.file.path for task in tasks]
    for problem in selection.problems:
        _say(f"sendready: {problem}")
    if names:
        progress.show(names[0])
    for outcome in run_all(tasks, processes_for(tasks, jobs)):
        outcomes.append(outcome)
        progress.done += 1
        progress.clear()
        for text in (outcome.report, outcome.problem and f"sendready: {outcome.problem}"):
            if text:
                _say(text.rstrip("\n"))
        if progress.done < len(names):
            progress.show(names[progress.done])
    return outcomes


def _print_table(outcomes: "Sequence[Outcome]", selection: "Selection") -> None:
    from generator.report import plural, table

    rows = [("file", "requests", "token", "warnings", "written")]
    for outcome in outcomes:
        written = str(outcome.written[0]) if outcome.written else "nothing"
        more = f" and {len(outcome.written) - 1} more" if len(outcome.written) > 1 else ""
        token = "yes" if outcome.token else "no"
        rows.append((outcome.path, str(outcome.requests), token, str(outcome.warnings), written + more))
    if outcomes:
        _say("\n" + table(rows, right=frozenset({1, 3})))
    if selection.skipped:
        _say(f"{plural(selection.skipped, 'file')} skipped: no OpenAPI document.")
    if not outcomes and not selection.problems:
        _say("sendready: there is no OpenAPI document.")


def _joined(texts: list[str], snippet_format: SnippetChoice) -> str:
    """Return one text: pages one after the other, lists as one list."""
    if snippet_format is SnippetChoice.MD or len(texts) == 1:
        return "\n".join(texts)
    import json

    from generator.json_values import to_json

    return to_json([item for text in texts for item in json.loads(text)]) + "\n"


def _write(text: str, output: str) -> None:
    from generator.output import write_file

    if output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        _say(f"Wrote {write_file(Path(output), text)}")


def _exit_code(outcomes: "Sequence[Outcome]", selection: "Selection", *, strict: bool) -> int:
    if selection.problems or not outcomes or any(outcome.problem for outcome in outcomes):
        return 2
    failed = any(outcome.errors or (strict and outcome.warnings) for outcome in outcomes)
    return 1 if failed else 0


if __name__ == "__main__":
    main()
