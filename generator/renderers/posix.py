"""curl commands for sh, dash, bash, zsh and busybox."""

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
from generator.renderers.json_text import sample_json
from generator.renderers.shell_command import (
    ShellCommand,
    form_encoded,
    form_text,
    literal,
    opening,
    used_variables,
    variables,
)

_LONGEST_WORD = 100_000
"""Linux takes no argument of 128 KiB and more; what is longer goes through a pipe."""
_ENCODE = "form_encode() { printf %s \"$1\" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g'; }"
_READER = 'sed -n \'s/.*"access_token"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p\''


def spell(command: Command) -> ShellCommand:
    """Return `command`; a token goes into its variable without further tools."""
    piped = ""
    encoded = False
    lines = [f"{opening('curl', command)} {quoting.posix(command.url)}"]
    for option in command.options:
        argument = option.argument
        if isinstance(argument, JsonArgument | TextArgument):
            text = sample_json(argument.value) if isinstance(argument, JsonArgument) else argument.text
            if len(text) > _LONGEST_WORD or quoting.has_control(text):
                piped = _piped(text)
                lines.append("--data-binary @-")
            else:
                lines.append(f"--data-raw {quoting.posix((text,))}")
        else:
            encoded = encoded or (isinstance(argument, UserArgument) and argument.encoded)
            lines.append(_option(option, required=command.token is not None))
    text = piped + " \\\n  ".join(lines)
    prelude = f"{_ENCODE}\n" if encoded else ""
    if command.token is None:
        return ShellCommand(text=prelude + text)
    if encoded:
        # In a substitution inside of another, a refusal would not keep curl from running.
        checks = " ".join(quoting.posix((variable,), required=True) for variable in used_variables(command))
        text = f": {checks} &&\n  {text}" if checks else text
    return ShellCommand(text=prelude + _kept(command.token, text))


def _kept(token: str, text: str) -> str:
    """Return what puts the access token of a command's answer into a variable, or shows the answer and fails."""
    response = f"{token}_RESPONSE"
    return (
        f"{response}=$({text}) &&\n"
        f'  {token}=$(printf %s "${response}" | {_READER}) &&\n'
        f'  [ -n "${token}" ] || {{ printf \'%s\\n\' "${response}" >&2; false; }}'
    )


def _option(option: Option, *, required: bool) -> str:
    argument = option.argument
    if argument is None:
        return option.name
    if isinstance(argument, UserArgument):
        return f"{option.name} {_user(argument, required=required)}"
    if isinstance(argument, FormArgument):
        if not variables(argument.value) and (not argument.name or "\0" in literal(argument.value)):
            return f"--data-raw {quoting.posix((form_encoded(argument),))}"
        return f"{option.name} {quoting.posix(form_text(argument), required=required)}"
    if isinstance(argument, FileArgument):
        # The shell opens the file: where it is missing, curl, which would send an empty body, is not run.
        return f"{option.name} @- < {quoting.posix((argument.name,))}"
    if isinstance(argument, tuple):
        # No argument of a program can hold NUL.
        kept = tuple(part.replace("\0", "\ufffd") if isinstance(part, str) else part for part in argument)
        return f"{option.name} {quoting.posix(kept)}"
    raise TypeError(option)


def _piped(text: str) -> str:
    if not quoting.has_control(text):
        return f"printf %s {quoting.posix((text,))} |\n  "
    return f"printf {quoting.posix_format(text)} |\n  "


def _user(argument: UserArgument, *, required: bool) -> str:
    if not argument.encoded:
        return quoting.posix((*argument.identifier, ":", *argument.secret), required=required)
    return f'"$(form_encode {quoting.posix(argument.identifier)}):$(form_encode {quoting.posix(argument.secret)})"'
