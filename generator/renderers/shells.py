"""The shells: what they are called, and how each spells a curl command."""

from collections.abc import Callable

from msgspec import Struct

from generator.renderers import cmd, posix, powershell
from generator.renderers.command import Command
from generator.renderers.shell_command import ShellCommand


class Shell(Struct, frozen=True, kw_only=True):
    """A shell: the name that snippets carry, the heading of its commands, its language as Markdown names it."""

    name: str
    label: str
    language: str
    spell: Callable[[Command], ShellCommand]


SHELLS = (
    Shell(name="posix", label="Linux, macOS", language="sh", spell=posix.spell),
    Shell(name="cmd", label="Windows, command prompt", language="bat", spell=cmd.spell),
    Shell(name="powershell", label="Windows, PowerShell", language="powershell", spell=powershell.spell),
)
