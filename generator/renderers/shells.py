"""The shells: how each spells a curl command."""

from collections.abc import Callable

from generator.renderers import cmd, posix, powershell
from generator.renderers.command import Command
from generator.renderers.script import Script

SHELLS: dict[str, Callable[[Command], Script]] = {
    "posix": posix.spell,
    "cmd": cmd.spell,
    "powershell": powershell.spell,
}
"""The shells by the name that snippets carry."""
