"""The three shells: how each spells a curl command."""

import re
import urllib.parse
from collections.abc import Callable

from generator.renderers import quoting
from generator.renderers.command import Command, FormArgument, JsonArgument, Option, UserArgument
from generator.renderers.json_text import ascii_json, sample_json
from generator.request.values import Text, Variable

_CMD_LONGEST = 8191
_POSIX_ENCODE = "form_encode() { printf %s \"$1\" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g'; }"
_POSIX_READER = 'sed -n \'s/.*"access_token"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p\''
_ERRORS = ("--silent", "--show-error", "--fail-with-body")


def posix(command: Command) -> str:
    """Return `command` for sh, dash, bash and zsh; a token goes into its variable without further tools."""
    words = ["curl", *_ERRORS] if command.token else ["curl"]
    lines = [f"{' '.join(words)} {quoting.posix(command.url)}"]
    prelude = ""
    for option in command.options:
        argument = option.argument
        if isinstance(argument, JsonArgument):
            lines.append(f"{option.name} {quoting.posix((sample_json(argument.value),))}")
        elif isinstance(argument, FormArgument):
            lines.append(f"{option.name} {quoting.posix((f'{argument.name}=', *argument.value))}")
        elif isinstance(argument, UserArgument):
            prelude = f"{_POSIX_ENCODE}\n" if argument.encoded else ""
            lines.append(f"{option.name} {_posix_user(argument)}")
        elif argument is not None:
            lines.append(f"{option.name} {quoting.posix(argument)}")
        else:
            lines.append(option.name)
    text = " \\\n  ".join(lines)
    if command.token is None:
        return prelude + text
    return (
        f"{prelude}TOKEN_RESPONSE=$({text}) || printf '%s\\n' \"$TOKEN_RESPONSE\" >&2\n"
        f'{command.token}=$(printf %s "$TOKEN_RESPONSE" | {_POSIX_READER})'
    )


def _posix_user(argument: UserArgument) -> str:
    if not argument.encoded:
        return quoting.posix((*argument.identifier, ":", *argument.secret))
    return f'"$(form_encode {quoting.posix(argument.identifier)}):$(form_encode {quoting.posix(argument.secret)})"'


def cmd(command: Command) -> str:
    """Return `command` for the prompt of cmd.exe, with a remark where a file has to carry the body."""
    remarks: list[str] = []
    lines = [
        f"curl {' '.join(_ERRORS)} {quoting.cmd(command.url)}" if command.token else f"curl {quoting.cmd(command.url)}"
    ]
    for option in command.options:
        lines.extend(_cmd_option(option, remarks))
    text = " ^\n  ".join(lines)
    if len(text) > _CMD_LONGEST:
        remarks.append(
            f"rem Longer than the {_CMD_LONGEST} characters of a command: put the body into a file, @body.txt"
        )
    if command.token is not None:
        reader = 'powershell -NoProfile -Command "($input | ConvertFrom-Json).access_token"'
        text = f'for /f "delims=" %t in (\'{text} ^| {reader}\') do @set "{command.token}=%t"'
    return "\n".join((*remarks, text))


def _cmd_option(option: Option, remarks: list[str]) -> list[str]:
    argument = option.argument
    if isinstance(argument, JsonArgument):
        return [f"{option.name} {quoting.cmd((ascii_json(argument.value, indent=False),))}"]
    if isinstance(argument, FormArgument):
        return _cmd_form(option.name, argument)
    if isinstance(argument, UserArgument):
        return _cmd_user(argument)
    if argument is None:
        return [option.name]
    literal = "".join(part for part in argument if isinstance(part, str))
    if not re.fullmatch(r"[ -~]*", literal):
        remarks.append("rem cmd.exe cannot carry this body: save it, in UTF-8, as body.txt")
        return ['--data-binary "@body.txt"']
    return [f"{option.name} {quoting.cmd(argument)}"]


def _cmd_form(name: str, argument: FormArgument) -> list[str]:
    variables = [part for part in argument.value if isinstance(part, Variable)]
    if variables:
        # curl reads the variable itself (8.3 and newer), so that no character of a secret is a quoting problem.
        content = "".join(part if isinstance(part, str) else f"{{{{{part.name}:url}}}}" for part in argument.value)
        return [*(f"--variable %{v.name}" for v in variables), f'--expand-data "{argument.name}={content}"']
    value = "".join(part for part in argument.value if isinstance(part, str))
    if re.fullmatch(r"[ -~]*", value):
        return [f"{name} {quoting.cmd((f'{argument.name}={value}',))}"]
    return [f"--data-raw {quoting.cmd((f'{argument.name}={urllib.parse.quote_plus(value)}',))}"]


def _cmd_user(argument: UserArgument) -> list[str]:
    function = ":url" if argument.encoded else ""
    parts = (*argument.identifier, ":", *argument.secret)
    variables = [part for part in parts if isinstance(part, Variable)]
    content = "".join(part if isinstance(part, str) else f"{{{{{part.name}{function}}}}}" for part in parts)
    option = "--expand-user" if variables else "--user"
    return [*(f"--variable %{variable.name}" for variable in variables), f'{option} "{content}"']


def powershell(command: Command) -> str:
    """Return `command` for Windows PowerShell 5.1 and PowerShell 7.

    What the older one would spoil on its way to curl.exe (quotes, a backslash at the end) is kept readable in
    `$values` and escaped when it runs.
    """
    values: list[str] = []
    lines = [_powershell_argument("curl.exe", command.url, values)]
    if command.token:
        lines[0] = lines[0].replace("curl.exe", f"curl.exe {' '.join(_ERRORS)}", 1)
    lines.extend(_powershell_option(option, values) for option in command.options)
    text = " `\n  ".join(lines)
    if command.token is not None:
        text = f"$env:{command.token} = ({text} | ConvertFrom-Json).access_token"
    if not values:
        return text
    joined = "$values = @(\n" + ",\n".join(values) + "\n)\n"
    escape = (
        "if ($PSVersionTable.PSVersion -lt '7.3') {\n"
        "  $values = @($values -replace '(\\\\*)\"', '$1$1\\\"' -replace '(\\\\+)$', '$1$1')\n}\n"
    )
    return joined + escape + text


def _powershell_argument(name: str, argument: Text, values: list[str], *, secret: bool = False) -> str:
    if not secret and not quoting.fragile_in_powershell(argument):
        return f"{name} {quoting.powershell(argument)}"
    return f"{name} {_kept(quoting.powershell(argument), values)}"


def _kept(expression: str, values: list[str]) -> str:
    values.append(expression)
    return f"$values[{len(values) - 1}]"


def _powershell_option(option: Option, values: list[str]) -> str:
    argument = option.argument
    if isinstance(argument, JsonArgument):
        text = ascii_json(argument.value, indent=True)
        return f"{option.name} {_kept(_here_string(text), values)}"
    if isinstance(argument, FormArgument):
        return _powershell_form(option.name, argument, values)
    if isinstance(argument, UserArgument):
        return f"{option.name} {_kept(_powershell_user(argument), values)}"
    if argument is None:
        return option.name
    if len(argument) == 1 and isinstance(argument[0], str) and "\n" in argument[0]:
        return f"{option.name} {_kept(_here_string(argument[0]), values)}"
    return _powershell_argument(option.name, argument, values)


def _here_string(text: str) -> str:
    """Return `text` as a here-string, in which nothing is special but a line that begins with its end."""
    if re.search(r"(^|\n)['‘’‚‛]@", text) or "\r" in text:
        return quoting.powershell((text,))
    return f"@'\n{text}\n'@"


def _powershell_form(name: str, argument: FormArgument, values: list[str]) -> str:
    text: Text = (f"{argument.name}=", *argument.value)
    secret = any(isinstance(part, Variable) for part in text)
    literal = "".join(part for part in text if isinstance(part, str))
    if not literal.isascii() and not secret:
        encoded = f"{argument.name}={urllib.parse.quote_plus(literal.partition('=')[2])}"
        return f"--data-raw {quoting.powershell((encoded,))}"
    return _powershell_argument(name, text, values, secret=secret)


def _powershell_user(argument: UserArgument) -> str:
    encode: Callable[[Text], str] = (
        (lambda text: f"[uri]::EscapeDataString({quoting.powershell(text)})")
        if argument.encoded
        else quoting.powershell
    )
    return f"({encode(argument.identifier)} + ':' + {encode(argument.secret)})"


SHELLS: dict[str, Callable[[Command], str]] = {"posix": posix, "cmd": cmd, "powershell": powershell}
"""The shells by the name that snippets carry."""
