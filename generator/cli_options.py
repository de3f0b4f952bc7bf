"""What the command line takes: options in groups that commands share, and the parser that reads them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from msgspec import Struct

from generator.findings import UsageError
from generator.guesses import closest
from generator.option_values import (
    FAILING_LEVELS,
    LONGEST_WILDCARD,
    ClientAuthentication,
    Credentials,
    Folders,
    Tabs,
    values_of,
)


def _text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= mark <= "\udfff" for mark in text):
        raise argparse.ArgumentTypeError(f"{text!a} is not UTF-8")
    return text


def _wildcard(text: str) -> str:
    if len(text) > LONGEST_WILDCARD:
        raise argparse.ArgumentTypeError(f"it is longer than {LONGEST_WILDCARD:,} characters")
    return _text(text)


class Option(Struct, frozen=True, kw_only=True):
    """An option: `flags` as they are typed, the long one last; `help` as users read it.

    `metavar` stands for its value, `choices` are the only values, `read` turns the text into the value or
    raises ArgumentTypeError. `many`: it may be repeated. `switch`: it has no value. What was not said is None.
    """

    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    read: Callable[[str], Any] = _text
    many: bool = False
    switch: bool = False


Group: TypeAlias = "tuple[str, tuple[Option, ...]]"
"""Options under a heading."""


class Arguments(argparse.Namespace):
    """What was said on the command line; each command has the members of its options."""

    specs: list[str]
    output: str | None
    strict: bool | None
    jobs: int | None
    name: str | None
    config: Path | None
    format: str | None
    credentials: str | None
    tabs: str | None
    theme: Path | None
    templates: Path | None
    into: list[str] | None
    check: bool | None
    folders: str | None
    server: str | None
    token_url: str | None
    client_auth: str | None
    scope: list[str] | None
    auth_scheme: str | None
    token_param: list[str] | None
    tag: list[str] | None
    path: list[str] | None
    operation: list[str] | None
    method: list[str] | None
    example: str | None
    media_type: str | None
    ref_root: Path | None
    domains: Path | None
    allow_remote: bool | None
    fail_on: str | None
    fix: bool | None
    diff: bool | None
    reference: bool | None
    baseline: Path | None
    write_baseline: Path | None
    rule: str | None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 upwards")
    return int(text)


FOLDERS = Option(
    flags=("--folders",), choices=values_of(Folders), help="What the collection's folders are made of. [tags]"
)
OUTPUT_FOLDER = Option(flags=("-o", "--output"), metavar="DIR", read=str, help="Where files are written. [output]")
OUTPUT_FILE = Option(
    flags=("-o", "--output"), metavar="PATH|-", read=str, help="The file to write, or - for standard output. [-]"
)
STRICT = Option(flags=("--strict",), switch=True, help="Exit with 1 on warnings too.")
JOBS = Option(flags=("--jobs",), metavar="N", read=_count, help="How many processes may work. [as many as save time]")
SNIPPET_FORMAT = Option(
    flags=("--format",),
    choices=("md", "html", "json", "files", "http", "http-jetbrains"),
    help="Markdown or one HTML page to read, JSON to build on, scripts to run, .http files for VS Code or for "
    "JetBrains' IDEs. [md]",
)
SNIPPET_OUTPUT = Option(
    flags=("-o", "--output"),
    metavar="PATH|-",
    read=str,
    help="The file to write, or - for standard output; with --format files, the folder. [-]",
)
TABS = Option(
    flags=("--tabs",),
    choices=values_of(Tabs),
    help="How Markdown shows one command for several shells. [plain]",
)
THEME = Option(flags=("--theme",), metavar="FILE.css", read=Path, help="A house's own CSS for the HTML page.")
TEMPLATES = Option(
    flags=("--templates",),
    metavar="DIR",
    read=Path,
    help="A folder whose templates take the place of ours: docs/page.md.j2 and others that README lists.",
)
INTO = Option(
    flags=("--into",),
    metavar="DOC.md",
    many=True,
    read=str,
    help="Refresh the marked blocks of this page; may be repeated.",
)
INTO_CHECK = Option(
    flags=("--check",), switch=True, help="With --into: write nothing; exit with 1 and a diff where a page is stale."
)
CREDENTIALS = Option(
    flags=("--credentials",),
    choices=values_of(Credentials),
    help="Shell variables to set once, or words to replace. [variables]",
)
REPORT_FORMAT = Option(
    flags=("--format",),
    choices=("text", "json", "sarif", "junit", "github"),
    help="For people, programs, code scanning, test reports, pull requests. [text]",
)
FAIL_ON = Option(
    flags=("--fail-on",), choices=FAILING_LEVELS, help="From which severity on the exit code is 1. [error]"
)
BASELINE = Option(
    flags=("--baseline",), metavar="FILE", read=Path, help="Known findings, which do not count; new ones do."
)
FIX = Option(
    flags=("--fix",), switch=True, help="Add what is missing and can be known: scopes, a 401, security, a flow."
)
DIFF = Option(flags=("--diff",), switch=True, help="With --fix: show what it would change, and write nothing.")
REFERENCE = Option(
    flags=("--reference",),
    switch=True,
    help="Ask openapi-spec-validator too, and mark what only one of the two says; it is ended after a minute.",
)
WRITE_BASELINE = Option(
    flags=("--write-baseline",), metavar="FILE", read=Path, help="Write what is found as known, and exit with 0."
)

REQUESTS: Group = (
    "Where requests go, and with which token",
    (
        Option(
            flags=("--server",), metavar="URL|NUMBER", help="Which server requests go to. [the first that is no mock]"
        ),
        Option(
            flags=("--token-url",), metavar="URL", help="Where tokens come from, when the document does not say it."
        ),
        Option(
            flags=("--client-auth",),
            choices=values_of(ClientAuthentication),
            help="How the client proves itself to the token endpoint. [body]",
        ),
        Option(
            flags=("--scope",), metavar="S", many=True, help="A scope to ask for; repeatable. [what operations use]"
        ),
        Option(
            flags=("--auth-scheme",),
            metavar="NAME",
            help="The security scheme to use where an operation offers several.",
        ),
        Option(
            flags=("--token-param",),
            metavar="KEY=VALUE",
            many=True,
            help="Sent with each token request, as audience; repeatable.",
        ),
        Option(flags=("--media-type",), metavar="NAME", help="The media type of bodies, where several are offered."),
        Option(flags=("--example",), metavar="NAME", help="The author's examples to take, where there are several."),
    ),
)
FILTERS: Group = (
    "Which operations",
    (
        Option(flags=("--tag",), metavar="T", many=True, help="Only operations with this tag; repeatable."),
        Option(
            flags=("--path",),
            metavar="GLOB",
            many=True,
            read=_wildcard,
            help="Only paths like this, as '/orders/*'; repeatable.",
        ),
        Option(
            flags=("--operation",),
            metavar="ID",
            many=True,
            help="Only operations with this operationId; repeatable.",
        ),
        Option(flags=("--method",), metavar="M", many=True, help="Only operations with this method; repeatable."),
    ),
)
INPUT: Group = (
    "Input and settings",
    (
        Option(
            flags=("--ref-root",),
            metavar="DIR",
            read=Path,
            help="References may lead anywhere in it. [the specification's folder]",
        ),
        Option(
            flags=("--domains",),
            metavar="DIR",
            read=Path,
            help="Where SwaggerHub's domains are files: OWNER/NAME/VERSION.yaml.",
        ),
        Option(
            flags=("--allow-remote",),
            switch=True,
            help="Fetch what is elsewhere, over https: SPEC, references, SwaggerHub's domains.",
        ),
        Option(flags=("--name",), metavar="NAME", help="What standard input is called. [openapi]"),
        Option(
            flags=("--config",),
            metavar="FILE",
            read=Path,
            help="Settings. [sendready.toml or pyproject.toml, up to the repository's root]",
        ),
    ),
)


CONVERT: tuple[Group, ...] = (("Output", (OUTPUT_FOLDER, FOLDERS, STRICT, JOBS)), REQUESTS, FILTERS, INPUT)
SNIPPETS: tuple[Group, ...] = (
    ("Output", (SNIPPET_FORMAT, SNIPPET_OUTPUT, CREDENTIALS)),
    ("Pages", (TABS, THEME, TEMPLATES, INTO, INTO_CHECK)),
    REQUESTS,
    FILTERS,
    INPUT,
)
CHECK: tuple[Group, ...] = (
    ("Output", (REPORT_FORMAT, OUTPUT_FILE, FAIL_ON, REFERENCE)),
    ("Known findings", (BASELINE, WRITE_BASELINE)),
    ("Mending", (FIX, DIFF)),
    REQUESTS,
    FILTERS,
    INPUT,
)
"""What each command takes."""


class Operand(Struct, frozen=True, kw_only=True):
    """What a command is about: the member of Arguments, how many words (as argparse counts them), the help."""

    name: str
    count: str
    metavar: str
    help: str


SPECS = Operand(
    name="specs", count="+", metavar="SPEC", help="A file, a folder, a pattern such as 'specs/*.yaml', or - (stdin)."
)
RULE = Operand(name="rule", count="?", metavar="RULE", help="The rule to explain; without it, all are listed.")


class Command(Struct, frozen=True, kw_only=True):
    """A command: its summary in a line, its words, and its options."""

    summary: str
    words: str
    options: tuple[Group, ...]
    operand: Operand = SPECS


def parse(name: str, command: Command, words: Sequence[str]) -> Arguments:
    """Return what `words` say to the command `name`; ends the process on --help.

    Raises UsageError for what cannot be understood.
    """
    operand = command.operand
    parser = _Parser(
        prog=f"sendready {name}",
        usage=f"sendready {name} {'SPEC...' if operand is SPECS else '[RULE]'} [options]",
        description=f"{command.summary}\n\n{command.words}",
        formatter_class=_formatter,
        allow_abbrev=False,
        add_help=False,
    )
    group = parser.add_argument_group("What is read")
    group.add_argument(operand.name, nargs=operand.count, metavar=operand.metavar, help=operand.help)
    for heading, options in command.options:
        group = parser.add_argument_group(heading)
        for option in options:
            _add(group, option)
    group.add_argument("-h", "--help", action="help", help="Show this and exit.")
    return parser.parse_intermixed_args(_without_end_mark(words), Arguments())


def _without_end_mark(words: Sequence[str]) -> list[str]:
    """Return `words` without the `--` behind which none is an option: argparse forgets it where operands are mixed."""
    before, behind = list(words), []
    if "--" in before:
        mark = before.index("--")
        before, behind = before[:mark], before[mark + 1 :]
    return [*before, *(f"./{word}" if word.startswith("-") and word != "-" else word for word in behind)]


def _add(group: Any, option: Option) -> None:
    if option.switch:
        group.add_argument(*option.flags, action="store_true", default=None, help=option.help)
        return
    value: dict[str, Any] = {"choices": option.choices} if option.choices else {"metavar": option.metavar}
    action = "append" if option.many else "store"
    group.add_argument(*option.flags, action=action, type=option.read, help=option.help, **value)


def _formatter(prog: str) -> argparse.HelpFormatter:
    import shutil

    width = min(shutil.get_terminal_size().columns, 100)
    return argparse.RawDescriptionHelpFormatter(prog, width=width, max_help_position=30)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line that guesses what was meant."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError, which says what is wrong."""
        wrong = message.rpartition(": ")[2].split(" ")[0].partition("=")[0]
        known = [flag for action in self._actions for flag in action.option_strings]
        near = closest(wrong, known) if wrong.startswith("-") else None
        guess = f"; did you mean {near}?" if near else ""
        raise UsageError(f"{message}{guess}; {self.prog} --help tells what it takes")
