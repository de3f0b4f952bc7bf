"""A command in a shell's language; what a shell cannot carry goes into a file of curl's own.

curl reads options from a configuration file (`--config`), so that no shell and no argument passing is in between.
"""

import urllib.parse
from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import Struct

from generator.renderers import quoting
from generator.renderers.command import Command, FormArgument, JsonArgument, Option, TextArgument, UserArgument
from generator.renderers.json_text import sample_json
from generator.request.values import Text, Variable

ERRORS = "--fail-with-body"
"""Says on standard error, and by exit code 22, that the answer is an error, and shows it all the same (curl 7.76)."""
QUIET = f"--silent --show-error {ERRORS}"


class ShellCommand(Struct, frozen=True, kw_only=True):
    """A command in a shell's language, and the files it reads: names with texts, to be saved in UTF-8 as they are."""

    text: str
    files: Mapping[str, str] = msgspec.field(default_factory=dict)


def opening(program: str, command: Command) -> str:
    """Return how a command begins: a token's is always quiet, since its answer goes into a variable."""
    return f"{program} {QUIET if command.token or command.quiet else ERRORS}"


def literal(text: Text) -> str:
    """Return the literal parts of `text`."""
    return "".join(part for part in text if isinstance(part, str))


def variables(text: Iterable[str | Variable]) -> list[Variable]:
    """Return the variables of `text`, each once."""
    return list({part.name: part for part in text if isinstance(part, Variable)}.values())


def used_variables(command: Command) -> list[Variable]:
    """Return the shell's variables that `command` reads, each once."""
    parts: list[str | Variable] = list(command.url)
    for option in command.options:
        argument = option.argument
        if isinstance(argument, tuple):
            parts.extend(argument)
        elif isinstance(argument, FormArgument):
            parts.extend(argument.value)
        elif isinstance(argument, UserArgument):
            parts.extend((*argument.identifier, *argument.secret))
    return variables(parts)


def form_text(argument: FormArgument) -> Text:
    """Return `name=value` as it stands before encoding."""
    return (f"{argument.name}=", *argument.value)


def form_encoded(argument: FormArgument) -> str:
    """Return the literal `name=value`, encoded (application/x-www-form-urlencoded)."""
    return f"{argument.name}={urllib.parse.quote_plus(literal(argument.value))}"


def body_text(argument: JsonArgument | TextArgument) -> tuple[str, str]:
    """Return a whole body as the text of a file, and the file's extension."""
    if isinstance(argument, JsonArgument):
        return sample_json(argument.value), "json"
    return argument.text, argument.extension


def config_line(name: str, text: Text) -> str:
    """Return an option as a line of a configuration file; variables are read by curl itself (8.3)."""
    used = variables(text)
    if not used:
        return f"{name} = {quoting.config(literal(text))}"
    content = "".join(part.replace("{{", "\\{{") if isinstance(part, str) else f"{{{{{part.name}}}}}" for part in text)
    imports = [f'variable = "%{variable.name}"' for variable in used]
    return "\n".join([*imports, f"expand-{name} = {quoting.config(content)}"])


class Sorted(Struct, frozen=True, kw_only=True):
    """The options of a command by where they go: the body, what goes into curl's configuration, the others in order."""

    url: Text | None
    options: tuple[Option, ...]
    config: str
    body: JsonArgument | TextArgument | None


def sort(command: Command, fragile: Callable[[Text], bool]) -> Sorted:
    """Sort the options; `fragile` tells what the shell cannot hand over to curl as it is.

    Parts and fields keep their order: where one is fragile, all of them go into the configuration.
    """
    body = next((o.argument for o in command.options if isinstance(o.argument, JsonArgument | TextArgument)), None)
    options = [_literal(o, fragile) for o in command.options if body is None or o.argument is not body]
    lost = {_family(option) for option in options if isinstance(option.argument, tuple) and fragile(option.argument)}
    in_config = [o for o in options if isinstance(o.argument, tuple) and _family(o) in lost] if lost else []
    url = None if fragile(command.url) else command.url
    lines = [] if url is not None else [config_line("url", command.url)]
    lines += [config_line(o.name.removeprefix("--"), o.argument) for o in in_config if isinstance(o.argument, tuple)]
    return Sorted(
        url=url,
        options=tuple(option for option in options if option not in in_config) if in_config else tuple(options),
        config="\n".join([*lines, ""]) if lines else "",
        body=body,
    )


def _family(option: Option) -> object:
    """Return what options share whose order counts; each other one is a family of its own."""
    if option.name.startswith(("--form", "--data")):
        return option.name[:6]
    return option


def _literal(option: Option, fragile: Callable[[Text], bool]) -> Option:
    """Write out a field of a form that has no variables: encoded where curl cannot be given it as it is."""
    argument = option.argument
    if not isinstance(argument, FormArgument) or variables(argument.value):
        return option
    plain: Text = (literal(form_text(argument)),)
    if argument.name and not fragile(plain):
        return Option(name=option.name, argument=plain)
    return Option(name="--data-raw", argument=(form_encoded(argument),))
