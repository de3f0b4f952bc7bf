"""Requests as curl commands: as data and as JSON."""

from collections.abc import Mapping

from msgspec import Struct

from generator.findings import Checked
from generator.json_values import to_json
from generator.option_values import Credentials
from generator.renderers.cmd import spell_batch
from generator.renderers.command import Command, command
from generator.renderers.shell_command import used_variables, variables
from generator.renderers.shells import SHELLS
from generator.renderers.values import Page, Prepared
from generator.request.values import Request, text_value

__all__ = ["Snippet", "render_json", "snippets"]


class Snippet(Struct, frozen=True, kw_only=True):
    """One request as commands, by the shell's name; `url` is the real address with sample values.

    `batch` is cmd's command as a batch file needs it, where that differs; `files` are what curl reads in cmd, by name.
    `needs` are the shell's variables that it reads, or whose words it shows, `sets` the one that its token goes into
    or, with words, replaces. `in_address` are the variables, or the words, whose values are given percent-encoded.
    """

    id: str
    name: str
    folder: tuple[str, ...]
    method: str
    url: str
    snippets: Mapping[str, str]
    batch: str
    files: Mapping[str, str]
    needs: tuple[str, ...] = ()
    in_address: tuple[str, ...] = ()
    sets: str = ""


def snippets(prepared: Prepared) -> tuple[Snippet, ...]:
    """Return the commands of all requests to the API, those that get a token first."""
    plan, credentials = prepared.plan, prepared.look.credentials
    made = []
    for request in prepared.sendable:
        built = command(request, plan, credentials)
        in_shell = built if credentials is Credentials.VARIABLES else command(request, plan, Credentials.VARIABLES)
        made.append(_snippet(request, built, in_shell))
    return tuple(made)


def _snippet(request: Request, built: Command, in_shell: Command) -> Snippet:
    spelled = {shell.name: shell.spell(built) for shell in SHELLS}
    prompt = spelled["cmd"]
    batch = _batch(built, prompt.text)
    return Snippet(
        id=request.id,
        name=request.name,
        folder=request.folder,
        method=request.method,
        url=text_value(built.url),
        snippets={name: command.text for name, command in spelled.items()},
        batch=batch if batch != prompt.text else "",
        files=prompt.files,
        needs=tuple(variable.name for variable in used_variables(in_shell)),
        in_address=built.in_address,
        sets=in_shell.token or "",
    )


def _batch(built: Command, prompt: str) -> str:
    """Return the command for a batch file; it is the prompt's where no `%` stands beside those around variables."""
    arguments = [option.argument for option in built.options if isinstance(option.argument, tuple)]
    beside = prompt
    for variable in variables(part for text in (built.url, *arguments) for part in text):
        beside = beside.replace(f"%{variable.name}%", "")
    return spell_batch(built).text if "%" in beside else prompt


def render_json(prepared: Prepared) -> Checked[Page]:
    """Return the commands as a JSON list of objects with id, name, folder, method, url and snippets."""
    listed = [
        {
            "id": snippet.id,
            "name": snippet.name,
            "folder": list(snippet.folder),
            "method": snippet.method,
            "url": snippet.url,
            "snippets": dict(snippet.snippets),
        }
        for snippet in snippets(prepared)
    ]
    return Checked(Page(text=to_json(listed) + "\n"))
