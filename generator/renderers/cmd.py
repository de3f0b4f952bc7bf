"""curl commands for cmd.exe, at its prompt and in a batch file.

The two differ in how `%` is read. What cmd cannot carry (several lines, non-ASCII, more than 8,191 characters) is read
by curl from a file, which the script names.
"""

import re

from generator.renderers import quoting
from generator.renderers.command import (
    Command,
    FileArgument,
    FormArgument,
    JsonArgument,
    Option,
    TextArgument,
    UserArgument,
)
from generator.renderers.json_text import ascii_json
from generator.renderers.shell_command import (
    ShellCommand,
    Sorted,
    body_text,
    form_text,
    literal,
    opening,
    sort,
    used_variables,
    variables,
)
from generator.request.values import Text, Variable

LONGEST_LINE = 8191
"""Characters of one command, continued lines counted together."""
_CARRIED = re.compile(r"[ -~]*")
_READER = (
    'powershell -NoProfile -Command "$answer = $input | Out-String; '
    "$token = ($answer | ConvertFrom-Json).access_token; "
    'if ($token) { $token } else { [Console]::Error.Write($answer) }"'
)


def spell(command: Command) -> ShellCommand:
    """Return `command` for the prompt."""
    return _spell(command, batch=False, stem="")


def spell_batch(command: Command, stem: str = "") -> ShellCommand:
    """Return `command` for a batch file; `stem` begins the names of the files it reads."""
    return _spell(command, batch=True, stem=stem)


def _spell(command: Command, *, batch: bool, stem: str) -> ShellCommand:
    """Put more and more into files until the command is short enough."""
    for longest in (4000, 1000, 100):
        script = _with_limit(command, _Form(batch=batch, stem=stem, longest=longest))
        if len(script.text) <= LONGEST_LINE:
            return script
    return _with_limit(command, _Form(batch=batch, stem=stem, longest=-1))


class _Form:
    """How a command is written: for the prompt or a batch file, and from which length on a value goes into a file."""

    def __init__(self, *, batch: bool, stem: str, longest: int) -> None:
        self.batch = batch
        self.stem = stem
        self.longest = longest

    def fragile(self, text: Text) -> bool:
        """Tell whether cmd cannot hand `text` to curl."""
        words = literal(text)
        return len(words) > self.longest or not _CARRIED.fullmatch(words)

    def quoted(self, text: Text) -> str:
        """Return `text` as one argument."""
        return quoting.cmd(text, batch=self.batch)

    @property
    def percent(self) -> str:
        """How a percent sign is written that is one."""
        return "%%" if self.batch else "%"


def _with_limit(command: Command, form: _Form) -> ShellCommand:
    parts = sort(command, form.fragile)
    files: dict[str, str] = {}
    lines = [opening("curl", command) + (f" {form.quoted(parts.url)}" if parts.url is not None else "")]
    if parts.config:
        files[f"{form.stem}request.curl"] = parts.config
        lines.append(f'--config "{form.stem}request.curl"')
    for option in parts.options:
        lines.extend(_option(option, form))
    if parts.body is not None:
        lines.append(_body(parts, form, files))
    text = " ^\n  ".join(lines)
    if command.token is not None:
        name = f"{form.percent}t"
        text = (
            f'{_said(command, form)}set "{command.token}="\n'
            f'for /f "delims=" {name} in (\'{text} ^| {_READER}\') do @set "{command.token}={name}"\n'
            f"if not defined {command.token} cmd /c exit 1"
        )
    remarks = [f"rem curl reads the file {name}: save it here first, in UTF-8, exactly as it is." for name in files]
    return ShellCommand(text="\n".join((*remarks, text)), files=files)


def _said(command: Command, form: _Form) -> str:
    """Return what names the variables that are not set; curl itself refuses them without a name."""
    names = " ".join(variable.name for variable in used_variables(command))
    variable = f"{form.percent}v"
    return (
        f"for {variable} in ({names}) do @if not defined {variable} echo Set {variable} first. 1>&2\n" if names else ""
    )


def _body(parts: Sorted, form: _Form, files: dict[str, str]) -> str:
    """Return the option for the body; one that the line cannot hold goes into `files`."""
    body = parts.body
    text = ""
    if isinstance(body, JsonArgument):
        text = ascii_json(body.value, indent=False)
    elif isinstance(body, TextArgument):
        text = body.text
    if body is None or not form.fragile((text,)):
        return f"--data-raw {form.quoted((text,))}"
    content, extension = body_text(body)
    name = f"{form.stem}body.{extension}"
    files[name] = content
    return _read_from(name, form)


def _read_from(name: str, form: _Form) -> str:
    """Let cmd open a file: where it is missing, curl, which would send an empty body, is not run."""
    return f"--data-binary @- < {form.quoted((name,))}"


def _option(option: Option, form: _Form) -> list[str]:
    argument = option.argument
    if argument is None:
        return [option.name]
    if isinstance(argument, UserArgument):
        function = ":url" if argument.encoded else ""
        return _read_by_curl("user", (*argument.identifier, ":", *argument.secret), function, form)
    if isinstance(argument, FormArgument):
        if variables(argument.value):
            return _read_by_curl("data", form_text(argument), ":url", form)
        return [f"{option.name} {form.quoted(form_text(argument))}"]
    if isinstance(argument, FileArgument):
        return [_read_from(argument.name, form)]
    if isinstance(argument, tuple):
        return [f"{option.name} {form.quoted(argument)}"]
    raise TypeError(option)


def _read_by_curl(name: str, text: Text, function: str, form: _Form) -> list[str]:
    """Let curl itself read the variables (8.3 and newer), so that no character of a secret is a quoting problem."""
    used = variables(text)
    if not used:
        return [f"--{'data-urlencode' if name == 'data' else name} {form.quoted(text)}"]
    content = "".join(f"{{{{{p.name}{function}}}}}" if isinstance(p, Variable) else p for p in text)
    imports = [f"--variable {form.percent}{variable.name}" for variable in used]
    return [*imports, f"--expand-{name} {form.quoted((content,))}"]
