"""Requests as files that run as they are: for each a script for sh, for cmd and for PowerShell.

A script that needs an access token gets one by the script beside it where the shell has none yet; what only a user
knows (the client's identifier and secret) it asks for by name.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.findings import Checked
from generator.renderers import cmd, posix, powershell
from generator.renderers.command import Command, command
from generator.renderers.sections import anchor
from generator.renderers.shell_command import used_variables
from generator.renderers.values import Prepared

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows keeps for devices."""
_LONGEST_NAME = 80


def render_files(prepared: Prepared) -> Checked[Mapping[str, str]]:
    """Return the scripts and the files that cmd's read, by their names."""
    taken: set[str] = set()
    commands = {
        _name(request.id, taken): replace(command(request, prepared.plan, prepared.look.credentials), quiet=True)
        for request in prepared.sendable
    }
    getters = {made.token: name for name, made in commands.items() if made.token}
    files: dict[str, str] = {}
    for name, made in commands.items():
        files[f"{name}.sh"] = _sh(made, name, getters)
        files[f"{name}.cmd"] = _cmd(made, name, getters, files)
        files[f"{name}.ps1"] = _ps1(made, getters)
    return Checked(files)


def _name(identifier: str, taken: set[str]) -> str:
    short = identifier[:_LONGEST_NAME]
    return anchor(f"{short}-request" if short.lower() in _RESERVED else short, taken)


def _names(made: Command) -> list[str]:
    """Return the names of the variables that a command reads; one that gets a token refuses itself what is not set."""
    return [variable.name for variable in used_variables(made)]


def _remarks(made: Command, sign: str) -> list[str]:
    """Return comments, which begin with `sign`, on variables that are to be given in another form than they have."""
    return [f"{sign} {name} stands in the address: give it percent-encoded." for name in made.in_address]


def _sh(made: Command, name: str, getters: Mapping[str, str]) -> str:
    lines = ["#!/bin/sh", *_remarks(made, "#")]
    for variable in _names(made):
        if variable in getters:
            lines.append(f'[ -n "${{{variable}:-}}" ] || . "$(dirname "$0")/{getters[variable]}.sh" || exit 1')
        elif not made.token:
            lines.append(f': "${{{variable}:?set it first}}"')
    text = posix.spell(made).text
    return "\n".join((*lines, f"{text} &&\n{_advice(name, made.token)}" if made.token else text, ""))


def _advice(name: str, token: str) -> str:
    """Return what says, where a script that gets a token ran in a shell of its own, that the token ends with it.

    `$0` is then the script's name; zsh has that in a script that is read with `.` too, and says so in a variable.
    """
    said = f"A token was issued, but {token} ends with this script. To keep it in your shell:  . ./{name}.sh"
    return (
        '  case "${ZSH_EVAL_CONTEXT:-}:$0" in\n'
        "    *:file:*) ;;\n"
        f"    *:{name}.sh | */{name}.sh) echo '{said}' >&2 ;;\n"
        "  esac"
    )


def _cmd(made: Command, name: str, getters: Mapping[str, str], files: dict[str, str]) -> str:
    """Return the batch file; what curl reads in it goes into `files`."""
    script = cmd.spell_batch(made, f"{name}-")
    files.update(script.files)
    lines = ["@echo off"] if made.token else ["@echo off", "setlocal"]
    lines += _remarks(made, "rem")
    for variable in _names(made):
        if variable in getters:
            lines.append(f'if not defined {variable} call "%~dp0{getters[variable]}.cmd"')
            lines.append(f"if not defined {variable} exit /b 1")
        else:
            lines.append(f"if not defined {variable} (echo Set {variable} first. 1>&2 & exit /b 1)")
    if script.files:
        lines.append('cd /d "%~dp0"')
    return "\r\n".join((*lines, *script.text.split("\n"), ""))


def _ps1(made: Command, getters: Mapping[str, str]) -> str:
    lines = _remarks(made, "#")
    for name in _names(made):
        if name in getters:
            lines.append(f'if (-not $env:{name}) {{ . "$PSScriptRoot/{getters[name]}.ps1" }}')
        elif not made.token:
            lines.append(f"if (-not $env:{name}) {{ throw 'Set $env:{name} first.' }}")
    text = "\n".join((*lines, powershell.spell(made).text, ""))
    # Without the mark, Windows PowerShell 5.1 reads a file in the system's code page.
    return text if text.isascii() else f"\ufeff{text}"
