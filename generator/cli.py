"""The command line: options, printing, exit codes. Each command imports what does its work only when it is called."""

import gc
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from generator import __version__
from generator.findings import FatalError, OutputError, UsageError
from generator.options import AuthScheme, Methods, Operations, TokenParams

if TYPE_CHECKING:
    from generator.batch import ConvertJob, Filters, Outcome, SnippetsJob, Task
    from generator.report import Style
    from generator.settings import DocumentSettings, Settings
    from generator.source import Selection, SpecificationFile

DEFAULT_OUTPUT = Path("output")
COLLECTIONS_PAUSE = 100_000
"""How many more containers must be there before the garbage collector looks for cycles; we make next to none."""

DONE, FOUND, FAILED = 0, 1, FatalError.exit_code
"""Exit codes: done; findings at or above the failing level; wrong usage, unreadable input, cannot write."""

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Specs = Annotated[
    list[str],
    typer.Argument(
        metavar="SPEC...", help="A file, a folder, a pattern such as 'specs/*.yaml', or - for standard input."
    ),
]
Server = Annotated[
    str | None,
    typer.Option(metavar="URL|NUMBER", help="Which server requests go to. [default: the first that is no mock]"),
]
TokenUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Where tokens come from, when the document does not say it.")
]
ClientAuth = Annotated[
    Literal["body", "basic", "basic-raw"] | None,
    typer.Option(help="How the client proves itself to the token endpoint. [default: body]"),
]
Scopes = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="S", help="A scope to ask for; may be repeated. [default: what operations use]"),
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="T", help="Only operations with this tag; may be repeated.")
]
Paths = Annotated[
    list[str] | None,
    typer.Option(
        "--path", metavar="GLOB", help="Only operations whose path matches, as in '/orders/*'; may be repeated."
    ),
]
Name = Annotated[str | None, typer.Option(metavar="NAME", help="What standard input is called. [default: openapi]")]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Settings. [default: sendready.toml or pyproject.toml up to the repository's root]"
    ),
]
Folders = Annotated[
    Literal["tags", "paths"] | None, typer.Option(help="What the collection's folders are made of. [default: tags]")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Where files are written. [default: output]")
]
Strict = Annotated[bool | None, typer.Option("--strict", help="Exit with 1 on warnings too.")]
Jobs = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="How many processes work. [default: as many as save time]")
]
SnippetFormat = Annotated[
    Literal["md", "json"], typer.Option("--format", help="Markdown to read, or JSON to build on.")
]
SnippetOutput = Annotated[
    str, typer.Option("--output", "-o", metavar="PATH|-", help="The file to write, or - for standard output.")
]
Credentials = Annotated[
    Literal["variables", "placeholders"] | None,
    typer.Option(help="Shell variables to set once, or words to replace. [default: variables]"),
]


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"sendready {__version__}")
        raise typer.Exit


@app.callback()
def sendready(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """From an OpenAPI specification to a Postman collection that works on the first Send.

    \b
    sendready convert petstore.yaml        a collection and curl commands, in the folder output
    sendready snippets petstore.yaml       the curl commands, on standard output
    sendready COMMAND --help               what a command can do
    """


@app.command()
def convert(
    specs: Specs,
    output: Output = None,
    folders: Folders = None,
    server: Server = None,
    token_url: TokenUrl = None,
    client_auth: ClientAuth = None,
    scope: Scopes = None,
    auth_scheme: AuthScheme = None,
    token_param: TokenParams = None,
    tag: Tags = None,
    path: Paths = None,
    operation: Operations = None,
    method: Methods = None,
    strict: Strict = None,
    jobs: Jobs = None,
    name: Name = None,
    config: Config = None,
) -> None:
    """Write a Postman collection, curl commands and, for several servers, environments.

    For NAME.yaml: NAME.postman_collection.json, NAME.curl.md and NAME.SERVER.postman_environment.json.
    A folder stands for the specifications in it, without its subfolders.

    \b
    sendready convert petstore.yaml
    sendready convert exports/ -o collections
    curl -s https://example.com/openapi.json | sendready convert - --name example

    Exit codes: 0 done; 1 something could not be converted, or with --strict there are warnings;
    2 wrong usage, unreadable input, cannot write.
    """
    from generator.batch import ConvertJob, processes_for
    from generator.closing import closing
    from generator.settings import find_settings

    flags = _document_flags(server, token_url, client_auth, scope, auth_scheme, token_param, folders)
    settings = find_settings(_working_folder(), config)
    selection = _select(specs, name)
    folder = output or settings.output or DEFAULT_OUTPUT
    _check_distinct(selection.files, folder)
    tasks = _tasks(selection, ConvertJob(output=folder), settings, flags, _filters(tag, path, operation, method))
    outcomes = _work(tasks, processes_for(tasks, jobs if jobs is not None else settings.jobs))
    _say(closing(outcomes, selection))
    raise typer.Exit(_exit_code(outcomes, selection, strict=bool(settings.strict if strict is None else strict)))


@app.command()
def snippets(
    specs: Specs,
    snippet_format: SnippetFormat = "md",
    output: SnippetOutput = "-",
    credentials: Credentials = None,
    server: Server = None,
    token_url: TokenUrl = None,
    client_auth: ClientAuth = None,
    scope: Scopes = None,
    auth_scheme: AuthScheme = None,
    token_param: TokenParams = None,
    tag: Tags = None,
    path: Paths = None,
    operation: Operations = None,
    method: Methods = None,
    name: Name = None,
    config: Config = None,
) -> None:
    """Print the curl commands for POSIX shells, Windows cmd and PowerShell.

    They are the requests of the collection, the token request first.

    \b
    sendready snippets petstore.yaml
    sendready snippets petstore.yaml --format json -o snippets.json

    Exit codes: 0 done; 1 something could not be converted; 2 wrong usage, unreadable input, cannot write.
    """
    from generator.batch import SnippetsJob
    from generator.settings import find_settings

    flags = _document_flags(server, token_url, client_auth, scope, auth_scheme, token_param, None)
    settings = find_settings(_working_folder(), config)
    selection = _select(specs, name)
    _check_no_input(output, selection.files)
    job = SnippetsJob(format=snippet_format, credentials=credentials or settings.credentials or "variables")
    tasks = _tasks(selection, job, settings, flags, _filters(tag, path, operation, method))
    outcomes = _work(tasks, processes=1)
    _put(output, _joined([outcome.text for outcome in outcomes if outcome.text is not None], snippet_format))
    raise typer.Exit(_exit_code(outcomes, selection, strict=False))


def main() -> None:
    """Run the command line; the one place where fatal errors end."""
    gc.set_threshold(COLLECTIONS_PAUSE)
    try:
        app(prog_name="sendready")
    except FatalError as error:
        _say("".join(map(_error_line, error.messages)))
        sys.exit(error.exit_code)


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the working folder does not exist any more; change to another one") from error


def _document_flags(
    server: str | None,
    token_url: str | None,
    client_auth: str | None,
    scope: list[str] | None,
    auth_scheme: str | None,
    token_param: list[str] | None,
    folders: str | None,
) -> "DocumentSettings":
    from generator.settings import DocumentSettings, check_token_url, split_scopes, split_token_params

    return DocumentSettings(
        server=server,
        token_url=check_token_url(token_url, "--token-url") if token_url is not None else None,
        client_auth=client_auth,
        scopes=split_scopes(tuple(scope)) if scope else None,
        auth_scheme=auth_scheme,
        token_params=split_token_params(token_param) if token_param else None,
        folders=folders,
    )


def _select(specs: Sequence[str], name: str | None) -> "Selection":
    """Find the specifications; what is not there is said at once, and the others go on."""
    from generator.source import select

    selection = select(specs, name)
    for problem in selection.problems:
        _say(_error_line(str(problem)))
    return selection


def _tasks(
    selection: "Selection",
    job: "ConvertJob | SnippetsJob",
    settings: "Settings",
    flags: "DocumentSettings",
    filters: "Filters",
) -> "list[Task]":
    from generator.batch import Task

    return [
        Task(
            file=file,
            job=job,
            settings=settings.for_document(file.path, flags),
            filters=filters,
            style=_style(),
        )
        for file in selection.files
    ]


def _filters(
    tag: list[str] | None, path: list[str] | None, operation: list[str] | None, method: list[str] | None
) -> "Filters":
    from generator.batch import Filters

    return Filters(
        tags=tuple(tag or ()), paths=tuple(path or ()), operations=tuple(operation or ()), methods=tuple(method or ())
    )


def _check_distinct(files: Iterable["SpecificationFile"], folder: Path) -> None:
    """Raise OutputError where two specifications would write the same file, also where systems ignore upper case."""
    taken: dict[str, SpecificationFile] = {}
    for file in files:
        name = unicodedata.normalize("NFC", file.name).casefold()
        if other := taken.get(name):
            raise OutputError(
                f"{other.path} and {file.path} would both write {folder / (file.name + '.postman_collection.json')}; "
                "nothing is written. Convert them one by one into different folders with -o, or rename one"
            )
        taken[name] = file


def _check_no_input(output: str, files: Iterable["SpecificationFile"]) -> None:
    """Raise UsageError where the text would go over one of the specifications, or onto a folder."""
    if output == "-":
        return
    if Path(output).is_dir():
        raise UsageError(f"-o {output}: this is a folder; name the file that is to be written")
    for file in files:
        if os.path.realpath(file.path) == os.path.realpath(output):
            raise UsageError(f"-o {output}: this is the specification itself")


def _work(tasks: "Sequence[Task]", processes: int) -> "list[Outcome]":
    """Do the tasks, and say of each what is to be said as soon as it is done."""
    from generator.batch import run_all
    from generator.progress import Progress

    progress = Progress(stream=sys.stderr, total=len(tasks), enabled=_is_terminal())
    outcomes: list[Outcome] = []
    try:
        progress.show(tasks[0].file.path if tasks else "")
        for outcome in run_all(tasks, processes):
            outcomes.append(outcome)
            progress.clear()
            _say(outcome.report + (_error_line(outcome.problem) if outcome.problem else ""))
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
    if snippet_format == "md":
        return "\n".join(texts)
    import json

    from generator.json_values import to_json

    return to_json([entry for text in texts for entry in json.loads(text)]) + "\n"


def _put(output: str, text: str) -> None:
    """Write data: to standard output as UTF-8 whatever the terminal's own encoding is, or to a file."""
    if output != "-":
        if text:
            from generator.output import write_file

            _say(f"Written: {write_file(Path(output), text)}\n")
        return
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has read enough; what Python still holds back must not fail when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, UnicodeEncodeError) as error:
        raise OutputError(f"standard output cannot be written: {error}") from error


def _say(text: str) -> None:
    """Write for people: to standard error, and only there."""
    if text:
        typer.echo(text, err=True, nl=False, color=None if _style().colour else False)


def _error_line(message: str) -> str:
    from generator.report import clean

    return f"{_style().paint('error', 'error')}: {clean(message)}\n"


def _style() -> "Style":
    from generator.report import Style

    return Style(colour=_is_terminal() and not os.environ.get("NO_COLOR"))


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
