"""Requests as files that run as they are: for each a script for sh, for cmd and for PowerShell.

A script that needs an access token gets one by the script beside it where the shell has none yet; what only a user
knows (the client's identifier and secret) it asks for by name.
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Checked
from generator.renderers import cmd, posix, powershell, quoting
from generator.renderers.command import Command, FileArgument, command
from generator.renderers.filling import Filling
from generator.renderers.sections import anchor, sent_files
from generator.renderers.shell_command import used_variables
from generator.renderers.values import Prepared
from generator.request.values import Request

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows keeps for devices."""
_LONGEST_NAME = 80


class _Script(Struct, frozen=True, kw_only=True):
    """A command under the name of its files, the user's own files that it sends, remarks on its variables."""

    name: str
    command: Command
    sends: tuple[str, ...]
    remarks: tuple[str, ...]


def render_files(prepared: Prepared) -> Checked[Mapping[str, str]]:
    """Return the scripts and the files that cmd's read, by their names."""
    taken: set[str] = set()
    scripts = [_script(request, prepared, _name(request.id, taken)) for request in prepared.sendable]
    getters = {script.command.token: script.name for script in scripts if script.command.token}
    files: dict[str, str] = {}
    for script in scripts:
        files[f"{script.name}.sh"] = _sh(script, getters)
        files[f"{script.name}.cmd"] = _cmd(script, getters, files)
        files[f"{script.name}.ps1"] = _ps1(script, getters)
    return Checked(files)


def _script(request: Request, prepared: Prepared, name: str) -> _Script:
    credentials = prepared.look.credentials
    made = replace(command(request, prepared.plan, credentials), quiet=True)
    missing = Filling(credentials).missing([request]).items()
    remarks = (
        *(f"{variable} stands in the address: give it percent-encoded." for variable in made.in_address),
        *(f"No request gets an access token for {', '.join(variables)}: {why}" for why, variables in missing),
    )
    return _Script(name=name, command=made, sends=tuple(dict.fromkeys(sent_files(request))), remarks=remarks)


def _name(identifier: str, taken: set[str]) -> str:
    short = identifier[:_LONGEST_NAME]
    return anchor(f"{short}-request" if short.lower() in _RESERVED else short, taken)


def _names(made: Command) -> list[str]:
    """Return the names of the variables that a command reads; one that gets a token refuses itself what is not set."""
    return [variable.name for variable in used_variables(made)]


def _remarks(script: _Script, sign: str, folder: str = "the folder in which you run this") -> list[str]:
    """Return the remarks as comments, which begin with `sign`; in `folder` are the files that are sent."""
    sends = [f"Sends {name}: put the file of that name into {folder}." for name in script.sends]
    return [f"{sign} {remark}" for remark in (*sends, *script.remarks)]


def _sh(script: _Script, getters: Mapping[str, str]) -> str:
    made = script.command
    lines = ["#!/bin/sh", *_remarks(script, "#")]
    for variable in _names(made):
        if variable in getters:
            lines.append(f'[ -n "${{{variable}:-}}" ] || . "$(dirname "$0")/{getters[variable]}.sh" || exit 1')
        elif not made.token:
            lines.append(f': "${{{variable}:?set it first}}"')
    text = posix.spell(made).text
    return "\n".join((*lines, f"{text} &&\n{_advice(script.name, made.token)}" if made.token else text, ""))


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


def _cmd(script: _Script, getters: Mapping[str, str], files: dict[str, str]) -> str:
    """Return the batch file; what curl reads in it goes into `files`."""
    made = script.command
    spelled = cmd.spell_batch(made, f"{script.name}-")
    files.update(spelled.files)
    lines = ["@echo off"] if made.token else ["@echo off", "setlocal"]
    lines += _remarks(script, "rem", "this folder") if spelled.files else _remarks(script, "rem")
    for variable in _names(made):
        if variable in getters:
            lines.append(f'if not defined {variable} call "%~dp0{getters[variable]}.cmd"')
            lines.append(f"if not defined {variable} exit /b 1")
        else:
            lines.append(f"if not defined {variable} (echo Set {variable} first. 1>&2 & exit /b 1)")
    if spelled.files:
        lines.append('cd /d "%~dp0"')
    # A file that cmd cannot open leaves the exit code as it was.
    for name in (*_read_bodies(made), *spelled.files):
        quoted = quoting.cmd((name,), batch=True)
        lines.append(f"if not exist {quoted} (echo The file {quoted} is missing. 1>&2 & exit /b 1)")
    return "\r\n".join((*lines, *spelled.text.split("\n"), ""))


def _read_bodies(made: Command) -> list[str]:
    """Return the name of the file that is a command's whole body; curl itself refuses parts that are missing."""
    return [option.argument.name for option in made.options if isinstance(option.argument, FileArgument)]


def _ps1(script: _Script, getters: Mapping[str, str]) -> str:
    made = script.command
    lines = _remarks(script, "#")
    for name in _names(made):
        if name in getters:
            lines.append(f'if (-not $env:{name}) {{ . "$PSScriptRoot/{getters[name]}.ps1" }}')
        elif not made.token:
            lines.append(f"if (-not $env:{name}) {{ throw 'Set $env:{name} first.' }}")
    text = "\n".join((*lines, powershell.spell(made).text, ""))
    # Without the mark, Windows PowerShell 5.1 reads a file in the system's code page.
    return text if text.isascii() else f"\ufeff{text}"
