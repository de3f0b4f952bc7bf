"""The command line: its commands, and how it ends. A command is imported when it is called."""

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from generator import __version__, cli_options
from generator.cli_options import Command
from generator.exit_codes import DONE, INTERRUPTED
from generator.findings import FatalError, UsageError
from generator.guesses import closest
from generator.terminal import put, say_error

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

Exit codes: 0 done; 1 something could not be converted, or a page is stale, has no mark or names what is not there;
2 wrong usage, unreadable input, cannot write.""",
        options=cli_options.SNIPPETS,
    ),
    "check": Command(
        summary="Check specifications: the auth flow, valid OpenAPI, what would hinder the first Send.",
        words="""The options of convert are taken here too, so that both see the same document.

  sendready check petstore.yaml
  sendready check specs/ --format sarif -o sendready.sarif

Exit codes: 0 done; 1 findings at or above the failing level; 2 wrong usage, unreadable input, cannot write.""",
        options=cli_options.CHECK,
    ),
    "rules": Command(
        summary="List the rules of check and convert, or explain one with a bad and a good example.",
        words="""  sendready rules
  sendready rules operations-secured

Exit codes: 0 done; 2 wrong usage, cannot write.""",
        options=(),
        operand=cli_options.RULE,
    ),
}
"""The commands by their names, in the order in which the help tells them."""


def main() -> None:
    """Run the command line; the one place where fatal errors end."""
    with contextlib.suppress(ValueError):  # only a process's first thread may say so
        signal.signal(signal.SIGTERM, _end)
    try:
        code = run(sys.argv[1:])
    except FatalError as error:
        for message in error.messages:
            say_error(message)
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    _leave(code)


def _end(number: int, _: object) -> NoReturn:
    """End as ordered, and unwind what is being written, which else would lie half done beside its place."""
    sys.exit(128 + number)


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
    module = importlib.import_module(f"generator.commands.{name}")
    code: int = module.run(cli_options.parse(name, COMMANDS[name], others))
    return code


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
