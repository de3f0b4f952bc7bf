"""One argument of a command, quoted for its shell; pure functions, each undone exactly by its shell."""

import re

from generator.request.values import Text, Variable

_POSIX_BARE = re.compile(r"[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:=@%+,-]*")
_DOUBLE_SAFE = re.compile(r'[^"$`\\!]*')
_QUOTES = str.maketrans({quote: quote * 2 for quote in "'‘’‚‛"})
_DOUBLE_ESCAPES = str.maketrans({character: f"`{character}" for character in '`"$“”„'})


def posix(text: Text) -> str:
    """Return `text` as one word of a POSIX shell; variables stand in double quotes (POSIX.1-2017, XCU 2.2)."""
    literals = [part for part in text if isinstance(part, str)]
    if len(literals) == len(text):
        return _posix_literal("".join(literals))
    if all(_DOUBLE_SAFE.fullmatch(literal) for literal in literals):
        return '"' + "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in text) + '"'
    return "".join(_posix_literal(part) if isinstance(part, str) else f'"${{{part.name}}}"' for part in text)


def _posix_literal(text: str) -> str:
    if _POSIX_BARE.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def cmd(text: Text) -> str:
    """Return `text` as one argument at the prompt of cmd.exe, for programs of Microsoft's C run-time.

    A quote is doubled, which keeps cmd's own quoting on; backslashes before a quote are doubled; a `%` that would
    begin the name of a variable is kept apart by a caret. Raises ValueError for text that cmd cannot carry.
    """
    result = "".join(_cmd_literal(part) if isinstance(part, str) else f"%{part.name}%" for part in text)
    doubled = re.sub(r"(\\+)$", r"\1\1", result)
    return f'"{doubled}"'


def _cmd_literal(text: str) -> str:
    if re.search(r"[\x00\r\n]", text):
        raise ValueError("cmd.exe ends a command at a newline")
    doubled = re.sub(r'(\\*)"', r'\1\1""', text)
    return re.sub(r"(%[A-Za-z_][A-Za-z0-9_.()-]*)%", r'\1"^%"', doubled)


def powershell(text: Text) -> str:
    """Return `text` as a PowerShell expression: a string in single quotes, or in double quotes around variables."""
    if all(isinstance(part, str) for part in text):
        return "'" + "".join(map(str, text)).translate(_QUOTES) + "'"
    parts = (part.translate(_DOUBLE_ESCAPES) if isinstance(part, str) else f"${{env:{part.name}}}" for part in text)
    return '"' + "".join(parts) + '"'


def fragile_in_powershell(text: Text) -> bool:
    """Tell whether Windows PowerShell 5.1 would hand `text` to a program other than as it is."""
    literal = "".join(part for part in text if isinstance(part, str))
    return '"' in literal or literal.endswith("\\") or not text or text == ("",)


def shell_variable(variable: Variable) -> Variable:
    """Return `variable` under the name that it has in a shell."""
    return Variable(name=re.sub(r"[^A-Z0-9_]", "_", variable.name.upper()), secret=variable.secret)
