"""How cmd.exe and Microsoft's C run-time read a command, from their documentation alone; an oracle for the renderer.

Percent phase: Microsoft, `set` and batch parameters; the order of the phases and the rules for carets: "How does the
Windows Command Interpreter (CMD.EXE) parse scripts?", Stack Overflow 4094699. Arguments: Microsoft, "Parsing C
command-line arguments", with the rule for `""` since 2008.
"""

from collections.abc import Mapping

SYNTAX = "&|<>()"
INPUT = "\0"
"""Stands in a command that was read for the `<` before the name of a file that is its standard input."""


class NotOneCommandError(Exception):
    """cmd would take a part of an argument for its own syntax."""


def percent_phase(line: str, environment: Mapping[str, str], *, batch: bool) -> str:
    """Return a line with variables, and in a batch file arguments (there are none), put in."""
    known = {name.upper(): value for name, value in environment.items()}
    result, index = "", 0
    while index < len(line):
        if line[index] != "%":
            result += line[index]
            index += 1
            continue
        rest = line[index + 1 :]
        if batch and rest[:1] == "%":
            result, index = result + "%", index + 2
        elif batch and rest[:1] in "*0123456789" and rest:
            index += 2
        else:
            name, closing, _ = rest.partition("%")
            plain = name.partition(":")[0]
            if closing and plain and plain.upper() in known:
                result += known[plain.upper()] if ":" not in name else f"<changed {plain}>"
                index += len(name) + 2
            elif batch and closing:
                index += len(name) + 2
            else:
                result += "" if batch else "%"
                index += 1
    return result


def caret_phase(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take one command from the front of `lines`; return its parts (a pipe parts them) and the lines that are left."""
    parts, quoted = [""], False
    text, left = lines[0], lines[1:]
    index = 0
    while True:
        if index >= len(text):
            return parts, left
        character = text[index]
        if character == "^" and not quoted:
            if index + 1 >= len(text):
                if not left:
                    return parts, []
                # The line goes on; the next line's first character is taken as it is.
                text, left, index = left[0], left[1:], 0
                parts[-1] += text[:1]
                index = 1
                continue
            parts[-1] += text[index + 1]
            index += 2
            continue
        if character == '"':
            quoted = not quoted
        elif not quoted and character == "|":
            parts.append("")
            index += 1
            continue
        elif not quoted and character == "<":
            parts[-1] += INPUT
            index += 1
            continue
        elif not quoted and character in SYNTAX:
            raise NotOneCommandError(text[max(0, index - 30) : index + 30])
        parts[-1] += character
        index += 1


def read_by_cmd(script: str, environment: Mapping[str, str], *, batch: bool) -> list[list[str]]:
    """Return the commands of a script, remarks left out, each as the parts of its pipe."""
    lines = script.replace("\r\n", "\n").split("\n")
    # cmd's own commands around one that gets a token run no program but cmd itself.
    lines = [line for line in lines if not line.startswith(('set "', "if not defined ", "for %"))]
    for_lines = [line for line in lines if line.startswith("for /f")]
    if for_lines:
        return [_for(lines, environment, batch=batch)]
    commands = []
    expanded = [percent_phase(line, environment, batch=batch) for line in lines]
    while expanded:
        if not expanded[0].strip() or expanded[0].lower().startswith("rem "):
            expanded = expanded[1:]
            continue
        parts, expanded = caret_phase(expanded)
        if len("|".join(parts)) > 8191:
            raise NotOneCommandError("longer than 8191")
        commands.append(parts)
    return commands


def _for(lines: list[str], environment: Mapping[str, str], *, batch: bool) -> list[str]:
    """Return the pipe inside of `for /f`: a second cmd.exe, as at a prompt, reads what the first one made of it."""
    expanded = [percent_phase(line, environment, batch=batch) for line in lines if not line.startswith("rem ")]
    first = "\n".join(expanded)
    head, _, rest = first.partition("in ('")
    inside, _, after = rest.rpartition("') do ")
    assert head.startswith("for /f")
    assert after
    # Parentheses are syntax of `for` itself; what is inside of the quotes is read by the first cmd.exe like any text.
    once, left = caret_phase(inside.split("\n"))
    assert (len(once), left) == (1, []), "an unquoted pipe in the first reading"
    again = percent_phase(once[0], environment, batch=False)
    return caret_phase([again])[0]


def split_by_c(line: str) -> list[str]:
    """Return the arguments of a command line after the program's name, by the rules of the C run-time."""
    arguments: list[str] = []
    current: str | None = None
    quoted, index = False, 0
    while index < len(line):
        character = line[index]
        if character in " \t" and not quoted:
            if current is not None:
                arguments.append(current)
            current, index = None, index + 1
            continue
        current = current or ""
        run = len(line[index:]) - len(line[index:].lstrip("\\"))
        if run:
            before_quote = line[index + run : index + run + 1] == '"'
            current += "\\" * (run // 2 if before_quote else run)
            index += run
            if before_quote and run % 2:
                current += '"'
                index += 1
        elif character == '"' and quoted and line[index + 1 : index + 2] == '"':
            current += '"'
            index += 2
        elif character == '"':
            quoted = not quoted
            index += 1
        else:
            current += character
            index += 1
    return arguments if current is None else [*arguments, current]


def arguments_of(command: str) -> list[str]:
    """Return what curl gets of `curl …`."""
    program, _, rest = command.partition(INPUT)[0].strip().partition(" ")
    assert program == "curl", command
    return split_by_c(rest)


def input_of(command: str) -> str:
    """Return the name of the file that cmd opens as standard input of `curl …`; empty where it opens none."""
    return command.partition(INPUT)[2].strip().strip('"')
