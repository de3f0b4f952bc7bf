"""One argument of a command, quoted for its shell; pure functions, each undone exactly by its shell."""

import re
from functools import lru_cache

from generator.request.names import is_of_token_flow, shell_word
from generator.request.values import Text, Variable
from generator.vocabulary import STEERING

DOCUMENT_PREFIX = "CREDENTIAL_"
"""Begins the names in shells of variables that a document names."""
_REMEMBERED = 8192
"""How many arguments are remembered: the commands of an API repeat most of theirs."""

_POSIX_BARE = re.compile(r"[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:=@%+,-]*")
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{STEERING}]")
"""What a terminal obeys when a command is pasted (Ctrl-C drops the line before, and runs what follows), or what lets a
command read other than it is."""
_DOUBLE_SAFE = re.compile(rf'[^"$`\\!\x00-\x08\x0b-\x1f{STEERING}]*')
_QUOTES = str.maketrans({quote: quote * 2 for quote in "'‘’‚‛"})
_DOUBLE_ESCAPES = str.maketrans({character: f"`{character}" for character in '`"$“”„'})
_CONTROL_ESCAPES = {"\0": "`0", "\t": "`t", "\n": "`n", "\r": "`r"}
_CONFIG_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"},
)


@lru_cache(maxsize=_REMEMBERED)
def posix(text: Text, *, required: bool = False) -> str:
    """Return `text` as one word of a POSIX shell; variables stand in double quotes (POSIX.1-2017, XCU 2.2).

    `required`: the shell refuses a variable that is not set or is empty (2.6.2).
    """
    check = ":?set it first" if required else ""
    literals = [part for part in text if isinstance(part, str)]
    if len(literals) == len(text):
        return _posix_literal("".join(literals))
    if all(_DOUBLE_SAFE.fullmatch(literal) for literal in literals):
        return '"' + "".join(part if isinstance(part, str) else f"${{{part.name}{check}}}" for part in text) + '"'
    return "".join(_posix_literal(part) if isinstance(part, str) else f'"${{{part.name}{check}}}"' for part in text)


def _posix_literal(text: str) -> str:
    if _POSIX_BARE.fullmatch(text):
        return text
    if not has_control(text):
        return "'" + text.replace("'", "'\\''") + "'"
    kept = text.rstrip("\n")  # what ends a substitution's output would be lost
    return f'"$(printf {posix_format(kept)})"' + (f"'{text[len(kept) :]}'" if kept != text else "")


def has_control(text: str) -> bool:
    """Tell whether `text` holds control characters beside newlines and tabs, or turns the direction of writing."""
    return _CONTROL.search(text) is not None


def posix_format(text: str) -> str:
    """Return `text` as a format for printf, quoted, with control characters as escapes (POSIX.1-2017, XCU printf)."""
    escaped = _CONTROL.sub(_octal, text.replace("\\", "\\\\").replace("%", "%%"))
    escaped = f"\\055{escaped[1:]}" if escaped.startswith("-") else escaped  # no option
    return "'" + escaped.replace("'", "'\\''") + "'"


def _octal(found: re.Match[str]) -> str:
    return "".join(f"\\{octet:03o}" for octet in found[0].encode())


@lru_cache(maxsize=_REMEMBERED)
def cmd(text: Text, *, batch: bool = False) -> str:
    """Return `text` as one argument of cmd.exe, for programs of Microsoft's C run-time.

    A quote is doubled, which keeps cmd's own quoting on; backslashes before a quote are doubled. In a batch file a
    `%` is doubled; at the prompt, where that does not help, one that would end the name of a variable is kept apart
    by a caret. Raises ValueError for text that cmd cannot carry.
    """
    if any(isinstance(part, str) and "\0" in part for part in text):
        raise ValueError("no argument can hold NUL")
    # Neighbouring literals belong together: a backslash at the end of one may stand before the next one's quote.
    joined = re.split("(\0)", "".join(part if isinstance(part, str) else "\0" for part in text))
    names = iter(part.name for part in text if isinstance(part, Variable))
    result = "".join(f"%{next(names)}%" if part == "\0" else _cmd_literal(part, batch=batch) for part in joined)
    if re.fullmatch(r"[A-Za-z]+", result):
        return result
    return f'"{result}{_backslashes_at_end(result)}"'


def _backslashes_at_end(text: str) -> str:
    return text[len(text.rstrip("\\")) :]


def _cmd_literal(text: str, *, batch: bool) -> str:
    if re.search(r"[\r\n]", text):
        raise ValueError("cmd.exe ends a command at a newline")
    pieces = text.split('"')
    doubled = '""'.join([*(piece + _backslashes_at_end(piece) for piece in pieces[:-1]), pieces[-1]])
    if "%" not in doubled or batch:
        return doubled.replace("%", "%%")
    # Two hexadecimal digits are an encoded byte, and no variable but the one for the current folder.
    name = r"(%(?!(?!CD%)[0-9A-F]{2}%)[A-Za-z_][^%:]*)"
    return re.sub(name + r"(%|:(?=[^%]*%))", r'\1"^\2"', doubled)


@lru_cache(maxsize=_REMEMBERED)
def powershell(text: Text) -> str:
    """Return `text` as a PowerShell expression: a string in single quotes, or in double quotes around variables."""
    if all(isinstance(part, str) for part in text):
        return "'" + "".join(map(str, text)).translate(_QUOTES) + "'"
    parts = (part.translate(_DOUBLE_ESCAPES) if isinstance(part, str) else f"${{env:{part.name}}}" for part in text)
    return '"' + "".join(parts) + '"'


def powershell_lines(text: str) -> str:
    """Return `text` of several lines as a here-string, in which nothing is special but a line that begins with its end.

    Control characters, which an editor may change, are written as escapes in a string of one line instead, and so is
    what turns the direction of writing.
    """
    if not re.search(rf"(^|\n)['‘’‚‛]@|{_CONTROL.pattern}", text):
        return f"@'\n{text}\n'@"
    escaped = text.translate(_DOUBLE_ESCAPES)
    return '"' + re.sub(rf"[\x00-\x1f{STEERING}]", _powershell_escape, escaped) + '"'


def _powershell_escape(found: re.Match[str]) -> str:
    return _CONTROL_ESCAPES.get(found[0], f"$([char]{ord(found[0])})")


def config(text: str) -> str:
    """Return `text` as a value in a configuration file of curl (manual of curl, --config)."""
    return '"' + text.translate(_CONFIG_ESCAPES) + '"'


def percent_quotes(text: str) -> str:
    """Return `text` as browsers write it in a Content-Disposition (HTML, multipart/form-data encoding)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def shell_variable(variable: Variable) -> Variable:
    """Return `variable` under the name that it has in a shell.

    A name that comes from the document gets a prefix: without it, a scheme called `GITHUB` would send the user's own
    `GITHUB_TOKEN` to the document's host.
    """
    word = shell_word(variable.name)
    return Variable(name=word if is_of_token_flow(word) else f"{DOCUMENT_PREFIX}{word}", secret=variable.secret)
