"""curl commands for Windows PowerShell 5.1 and PowerShell 7, one spelling for both.

The two hand a `"` or a backslash at the end to a program in different ways (about_Parsing, native commands). So JSON
goes through standard input, and what is fragile through a file of curl's options; no argument holds such a character.
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
from generator.renderers.shell_command import ShellCommand, form_text, literal, opening, sort, used_variables, variables
from generator.request.values import Text, Variable

_LONGEST_WORD = 8000
_TEMPORARY = "[IO.Path]::GetTempFileName()"


def spell(command: Command) -> ShellCommand:
    """Return `command`; it makes and removes the temporary files that it needs."""
    parts = sort(command, _fragile)
    before: list[str] = []
    after: list[str] = []
    lines = [opening("curl.exe", command) + (f" {quoting.powershell(parts.url)}" if parts.url is not None else "")]
    if parts.config:
        before.append(_written("config", parts.config))
        after.append("$config")
        lines.append('--config "$config"')
    lines.extend(_option(option) for option in parts.options)
    piped = ""
    body = parts.body
    if isinstance(body, JsonArgument):
        # PowerShell ends what it pipes with a newline; --data takes newlines away, which JSON has only between values.
        piped = f"{quoting.powershell_lines(ascii_json(body.value, indent=True))} | "
        lines.append("--data '@-'")
    elif isinstance(body, TextArgument) and _fragile((body.text,)):
        before.append(_written("body", body.text))
        after.append("$body")
        lines.append('--data-binary "@$body"')
    elif isinstance(body, TextArgument):
        lines.append(f"--data-raw {quoting.powershell((body.text,))}")
    text = piped + " `\n  ".join(lines)
    removal = [f"Remove-Item {', '.join(after)}"] if after else []
    if command.token is None:
        return ShellCommand(text="\n".join([*before, text, *removal]))
    kept = [
        'if ($LASTEXITCODE) { throw "No access token: $response" }',
        f"$env:{command.token} = ($response | ConvertFrom-Json).access_token",
    ]
    return ShellCommand(text="\n".join([*_check(command), *before, f"$response = {text}", *removal, *kept]))


def _check(command: Command) -> list[str]:
    """Return what refuses to go on where a variable is not set."""
    names = [f"$env:{variable.name}" for variable in used_variables(command)]
    if not names:
        return []
    return [f"if (-not ({' -and '.join(names)})) {{ throw 'Set {' and '.join(names)} first.' }}"]


def _fragile(text: Text) -> bool:
    """Tell whether an argument could arrive other than as it is, in one of the two."""
    words = literal(text)
    plain = words.isascii() and words.isprintable()
    return not plain or '"' in words or words.endswith("\\") or not any(text) or len(words) > _LONGEST_WORD


def _written(name: str, content: str) -> str:
    text = quoting.powershell_lines(content)
    return f"${name} = {_TEMPORARY}\n[IO.File]::WriteAllText(${name}, {text})"


def _option(option: Option) -> str:
    argument = option.argument
    if argument is None:
        return option.name
    if isinstance(argument, UserArgument):
        return _user(argument)
    if isinstance(argument, FormArgument):
        if variables(argument.value):
            encoded = (quoting.powershell((f"{argument.name}=",)), *map(_percent_encoded, argument.value))
            return f"--data-raw ({' + '.join(encoded)})"
        return f"{option.name} {quoting.powershell(form_text(argument))}"
    if isinstance(argument, FileArgument):
        # An error in an argument ends the statement: curl, which would send an empty body, is not run.
        file = f"Get-Item -LiteralPath {quoting.powershell((argument.name,))} -ErrorAction Stop"
        return f"{option.name} ('@' + ({file}).Name)"
    if isinstance(argument, tuple):
        return f"{option.name} {_word(argument)}"
    raise TypeError(option)


def _word(text: Text) -> str:
    """Return an argument; a method in capitals needs no quotes."""
    return literal(text) if len(text) == 1 and re.fullmatch(r"[A-Z]+", literal(text)) else quoting.powershell(text)


def _percent_encoded(part: str | Variable) -> str:
    """Return an expression for the encoded text: nothing in it is special on the way to curl."""
    value = f"$env:{part.name}" if isinstance(part, Variable) else quoting.powershell((part,))
    return f"[uri]::EscapeDataString({value})"


def _user(argument: UserArgument) -> str:
    if argument.encoded:
        words = [" + ".join(map(_percent_encoded, text)) for text in (argument.identifier, argument.secret)]
        return f"--user ({words[0]} + ':' + {words[1]})"
    pair = quoting.powershell((*argument.identifier, ":", *argument.secret))
    if argument.digest or not variables((*argument.identifier, *argument.secret)):
        return f"--user {pair}"
    octets = f"[Text.Encoding]::UTF8.GetBytes({pair})"
    return f"--header ('Authorization: Basic ' + [Convert]::ToBase64String({octets}))"
