"""How PowerShell reads a script and hands arguments to a program, from its documentation; an oracle for the renderer.

The language: about_Quoting_Rules, about_Parsing, about_Special_Characters (curly quotes count as straight ones).
Native arguments: about_Preference_Variables ($PSNativeCommandArgumentPassing); what `Legacy` does is described in the
issues PowerShell/PowerShell 1995 and 15143, and tested in its NativeCommandArguments.Tests.ps1.
"""

import base64
import re
import tempfile
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.snippets.windows_cmd import split_by_c

SINGLE, DOUBLE = "'‘’‚‛", '"“”„'
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
LEGACY_51, LEGACY_72, STANDARD = "5.1", "7.2", "7.3"


class UnexpectedError(Exception):
    """The script says something that the model, and perhaps PowerShell, does not take."""


class ThrownError(Exception):
    """The script threw this."""


class Call(NamedTuple):
    """One run of a program: its arguments, and what it reads on standard input."""

    arguments: list[str]
    stdin: bytes | None


def native_arguments(arguments: list[str], version: str) -> list[str]:
    """Return what a C program sees of arguments, by the version of PowerShell that hands them over."""
    if version == STANDARD:
        return list(arguments)
    line = ""
    for argument in arguments:
        if not argument:
            continue
        text = argument
        if _needs_quotes(argument, version):
            trailing = len(argument) - len(argument.rstrip("\\"))
            closing = "\\" * trailing if version == LEGACY_72 else ""
            text = f'"{argument}{closing}"'
        line += f" {text}"
    return split_by_c(line)


def _needs_quotes(text: str, version: str) -> bool:
    quotes, after_backslash = 0, False
    for character in text:
        if character == '"' and not (after_backslash and version == LEGACY_72):
            quotes += 1
        elif character.isspace() and quotes % 2 == 0:
            return True
        after_backslash = character == "\\"
    return False


class Script:
    """A script that is run by `run`, program by program; each ends with `status`."""

    def __init__(
        self,
        text: str,
        environment: Mapping[str, str],
        version: str,
        run: Callable[[Call], str],
        folder: Path,
        status: int = 0,
    ) -> None:
        self.text, self.at = text, 0
        self.variables: dict[str, str] = {f"env:{name}": value for name, value in environment.items()}
        self.version, self._run, self._folder, self.status = version, run, folder, status
        while self._skip(r"[\s]*") and self.at < len(self.text):
            self._statement()

    def _skip(self, pattern: str) -> bool:
        match = re.compile(pattern).match(self.text, self.at)
        if match is None:
            return False
        self.at = match.end()
        return True

    def _take(self, pattern: str) -> str:
        match = re.compile(pattern).match(self.text, self.at)
        if match is None:
            raise UnexpectedError(f"{pattern} expected: {self.text[self.at : self.at + 60]!r}")
        self.at = match.end()
        return match[0]

    def _ahead(self, pattern: str) -> bool:
        return re.compile(pattern).match(self.text, self.at) is not None

    def _statement(self) -> None:
        if self._skip(r"if \("):
            self._if()
        elif self._ahead(r"\$[\w:]+ = "):
            name = self._take(r"\$[\w:]+")[1:]
            self._take(" = ")
            self.variables[name] = self._command(None) if self._ahead("curl.exe") else self._expression()
        elif self._skip("Remove-Item "):
            while True:
                Path(self._variable()).unlink()
                if not self._skip(", "):
                    break
        elif self._ahead("curl.exe"):
            self._command(None)
        else:
            value = self._expression()
            if self._skip(r" \| "):
                self._command(value)
        self._take(r"[ ]*(\n|$)")

    def _if(self) -> None:
        """A condition of the two kinds that are there: variables that have to be set, the last program's exit code."""
        if self._skip(r"-not \("):
            said = [self.variables.get(name, "") for name in self._names(r"\)\)")]
            holds = not all(said)
        else:
            self._take(r"\$LASTEXITCODE\)")
            holds = self.status != 0
        self._take(r" \{ throw ")
        text = self._string()
        self._take(r" \}")
        if holds:
            raise ThrownError(text)

    def _names(self, end: str) -> list[str]:
        names = [self._take(r"\$[\w:]+")[1:]]
        while not self._skip(end):
            self._take(" -and ")
            names.append(self._take(r"\$[\w:]+")[1:])
        return names

    def _variable(self) -> str:
        name = self._take(r"\$(\{[^}]*\}|[\w:]+)")[1:].strip("{}")
        return self.variables[name]

    def _expression(self) -> str:
        value = self._primary()
        while self._skip(r" \+ "):
            value += self._primary()
        return value

    def _primary(self) -> str:
        if self._ahead(f"@?[{SINGLE}{DOUBLE}]"):
            return self._string()
        if self._ahead(r"\$"):
            return self._variable()
        if self._skip(r"\(Get-Item -LiteralPath "):
            name = self._string()
            self._take(r" -ErrorAction Stop\)\.Name")
            if not (self._folder / name).exists():
                raise ThrownError(f"Cannot find path '{name}' because it does not exist.")
            return name
        if self._skip(r"\("):
            value = self._expression()
            if self._skip(r" \| ConvertFrom-Json\)\.access_token"):
                return re.search(r'"access_token": *"([^"]*)"', value)[1]  # type: ignore[index]
            self._take(r"\)")
            return value
        return self._method()

    def _method(self) -> str:
        name = self._take(r"\[[\w.]+\]::[\w.]+\(")[:-1]
        arguments = []
        while not self._skip(r"\)"):
            arguments.append(self._expression())
            self._skip(", ")
        if name == "[uri]::EscapeDataString":
            return urllib.parse.quote(arguments[0], safe="-._~")
        if name == "[IO.Path]::GetTempFileName":
            return tempfile.mkstemp(dir=self._folder)[1]
        if name == "[IO.File]::WriteAllText":
            Path(arguments[0]).write_bytes(arguments[1].encode("utf-8", "surrogatepass"))
            return ""
        if name == "[Text.Encoding]::UTF8.GetBytes":
            return arguments[0]
        if name == "[Convert]::ToBase64String":
            return base64.b64encode(arguments[0].encode()).decode()
        raise UnexpectedError(name)

    def _string(self) -> str:
        if self._ahead(f"@[{SINGLE}]"):
            self._take(f"@[{SINGLE}][ \t]*\n")
            end = re.compile(f"\n[{SINGLE}]@").search(self.text, self.at - 1)
            if end is None:
                raise UnexpectedError("a here-string without an end")
            value = self.text[self.at : max(self.at, end.start())]
            self.at = end.end()
            return value
        opening = self._take(f"[{SINGLE}{DOUBLE}]")
        return self._single() if opening in SINGLE else self._double()

    def _single(self) -> str:
        value = ""
        while True:
            character = self._take(r"(?s).")
            if character in SINGLE:
                if not self._ahead(f"[{SINGLE}]"):
                    return value
                character = self._take(".")
            value += character

    def _double(self) -> str:
        value = ""
        while True:
            character = self._take(r"(?s).")
            if character == "`":
                escaped = self._take(r"(?s).")
                value += ESCAPES.get(escaped, escaped)
            elif character in DOUBLE:
                if not self._ahead(f"[{DOUBLE}]"):
                    return value
                value += self._take(".")
            elif character == "$" and self._skip(r"\(\[char\]"):
                value += chr(int(self._take(r"\d+")))
                self._take(r"\)")
            elif character == "$" and self._ahead(r"[\w{]"):
                self.at -= 1
                value += self._variable()
            else:
                value += character

    def _command(self, stdin: str | None) -> str:
        self._take("curl.exe")
        arguments = []
        while self._skip(r"[ \t]+(`\n[ \t]*)?"):
            if self._ahead(r"\| "):
                self.at -= 1
                break
            if self._ahead(f"[{SINGLE}{DOUBLE}(]"):
                arguments.append(self._primary())
            else:
                arguments.append(self._take(r"[A-Za-z0-9-]+(?=[ \n)]|$)"))
        passed = native_arguments(arguments, self.version)
        # The code page of the system, which nobody knows, turns what is not ASCII into something else.
        passed = [argument.encode("ascii", "replace").decode() for argument in passed]
        piped = None
        if stdin is not None:
            encoding = "utf-8" if self.version != LEGACY_51 else "ascii"
            piped = f"{stdin}\r\n".encode(encoding, "replace")
        return self._run(Call(passed, piped))
