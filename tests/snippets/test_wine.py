"""Batch files in Wine's cmd.exe, with a program that writes down its arguments in curl's place."""

import os
import re
import shutil
import subprocess

import pytest

from generator.pipeline import ClientAuthentication, Options, snippet_list
from generator.renderers import cmd
from tests.e2e.conftest import Loopback
from tests.skips import WINDOWS, WINDOWS_CURL, program
from tests.snippets.httpyac import token_document
from tests.snippets.making import at, commands
from tests.snippets.torture import FILES, TORTURE
from tests.snippets.windows_cmd import arguments_of, read_by_cmd
from tests.snippets.wire import Recorder, differences

pytestmark = pytest.mark.e2e
WITNESS = r"""
#include <stdio.h>
int main(int count, char **values) {
    FILE *file = fopen("arguments.out", "ab");
    for (int index = 1; index < count; index++) { fputs(values[index], file); fputc(0, file); }
    fputc(1, file);
    return fclose(file);
}
"""


ATTEMPTS = 3
"""How often all is run: on a busy machine Wine now and then fails to start one of several hundred programs."""


def arguments_seen(command, folder, environment):
    """Run `command` and return the arguments that the program in curl's place wrote down, call by call."""
    answers = folder / "arguments.out"
    answers.unlink(missing_ok=True)
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300)
    return [entry.split("\0")[:-1] for entry in answers.read_bytes().decode("ascii").split("\1")[:-1]]


def test_wine_reads_batch_files_as_the_model_does(tmp_path):
    """For every request of the torture set, a real cmd.exe hands over the arguments that the model says."""
    wine, compiler = program("wine", WINDOWS), program("x86_64-w64-mingw32-gcc", WINDOWS)
    (tmp_path / "witness.c").write_text(WITNESS)
    subprocess.run([compiler, "-o", "curl.exe", "witness.c"], cwd=tmp_path, check=True)
    made = [cmd.spell_batch(command) for command in commands(TORTURE)]
    scripts = [script.text for script in made]
    for name in {*FILES, *(name for script in made for name in script.files)}:
        (tmp_path / name).touch()  # cmd opens those that curl reads from standard input
    text = "@echo off\n" + "\n".join(scripts) + "\n"
    (tmp_path / "all.cmd").write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    environment = {**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(tmp_path / "wine")}
    expected = [arguments_of(read_by_cmd(script, {}, batch=True)[0][0]) for script in scripts]
    for _ in range(ATTEMPTS):
        seen = arguments_seen([wine, "cmd", "/c", "all.cmd"], tmp_path, environment)
        if len(seen) == len(expected):
            break
    assert len(seen) == len(expected)
    assert [pair for pair in zip(seen, expected, strict=True) if pair[0] != pair[1]][:2] == []


@pytest.mark.parametrize("batch", [False, True], ids=["prompt", "batch"])
def test_wine_sends_with_a_real_curl(batch, tmp_path):
    """A real cmd.exe reads the commands, as typed and from a file, and a real curl.exe sends them.

    Left out as typed are values with `%NAME%`: Wine's prompt puts a variable in where a caret stands before the `%`,
    while Windows does so first and takes carets away later ("How does CMD.EXE parse scripts?", phases 1 and 2).
    """
    wine, curl = program("wine", WINDOWS_CURL), os.environ.get("WINDOWS_CURL") or pytest.skip(WINDOWS_CURL)
    shutil.copy(curl, tmp_path / "curl.exe")
    recorder = Recorder()
    requests = at(recorder.address, TORTURE)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    scripts = [(cmd.spell_batch if batch else cmd.spell)(command) for command in commands(requests)]
    kept = [number for number, script in enumerate(scripts) if batch or not re.search('"\\^[%:]', script.text)]
    requests, scripts = [requests[number] for number in kept], [scripts[number] for number in kept]
    assert len(scripts) > 400
    lines = []
    for number, script in enumerate(scripts):
        text = script.text
        for name, content in script.files.items():
            (tmp_path / f"{number}-{name}").write_bytes(content.encode())
            text = text.replace(f'"{name}"', f'"{number}-{name}"').replace(f'"@{name}"', f'"@{number}-{name}"')
        lines += [line for line in text.split("\n") if not line.startswith("rem ")]
    text = "\r\n".join(["@echo off", *lines, "exit", ""])
    environment = {**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(tmp_path / "wine")}
    (tmp_path / "all.cmd").write_bytes(text.encode("ascii"))
    command = [wine, "cmd", "/c", "all.cmd"] if batch else [wine, "cmd"]
    with (tmp_path / "all.cmd").open("rb") as typed:
        source = subprocess.DEVNULL if batch else typed  # from a pipe, Wine's cmd takes nothing as typed
        subprocess.run(
            command, cwd=tmp_path, env=environment, stdin=source, capture_output=True, check=False, timeout=1500
        )
    recorder.close()
    arrived = {entry.target.split("/")[1].split("?")[0]: entry for entry in recorder.received}
    wrong = {}
    for request in requests:
        entry = arrived.get(str(request.url.path[0][0]))
        if told := differences(request, entry, FILES) if entry else ["it did not arrive"]:
            wrong[request.id] = told
    assert not wrong, (len(wrong), dict(list(wrong.items())[:8]))


READER = r"""
#include <stdio.h>
#include <string.h>
int main(int count, char **values) {
    static char answer[65536];
    fread(answer, 1, sizeof answer - 1, stdin);
    if (count == 4 && !strncmp(values[3], "$answer = ", 10) && strstr(answer, "tok1")) puts("tok1");
    else fputs(answer, stderr);
    return 0;
}
"""
"""In PowerShell's place, which Wine has none of: reads an answer, prints the token or says what there is."""


@pytest.mark.parametrize("batch", [False, True], ids=["prompt", "batch"])
@pytest.mark.parametrize("authentication", list(ClientAuthentication))
def test_wine_gets_a_token(authentication, batch, tmp_path):
    """The whole command, `for /f` and its pipe too, leaves the token in the variable, whatever the secret holds."""
    wine, curl = program("wine", WINDOWS_CURL), os.environ.get("WINDOWS_CURL") or pytest.skip(WINDOWS_CURL)
    compiler = program("x86_64-w64-mingw32-gcc", WINDOWS)
    shutil.copy(curl, tmp_path / "curl.exe")
    (tmp_path / "reader.c").write_text(READER)
    subprocess.run([compiler, "-o", "powershell.exe", "reader.c"], cwd=tmp_path, check=True)
    server = Loopback()
    server.client = ("my id", "s3cr&t=+%/\"'\\ !x^y|z<>")
    server.decode_basic = authentication is ClientAuthentication.BASIC
    options = Options(client_authentication=authentication)
    [token, *_] = snippet_list(token_document(server.address), options).value or ()
    text = (token.batch if batch else token.snippets["cmd"]).replace("\n", "\r\n")
    (tmp_path / "t.cmd").write_bytes(f"@echo off\r\n{text}\r\necho =%ACCESS_TOKEN%=\r\nexit\r\n".encode("ascii"))
    environment = {**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(tmp_path / "wine")}
    environment |= {"CLIENT_ID": server.client[0], "CLIENT_SECRET": server.client[1]}

    def run() -> subprocess.CompletedProcess:
        command = [wine, "cmd", *(["/c", "t.cmd"] if batch else [])]
        with (tmp_path / "t.cmd").open("rb") as typed:
            return subprocess.run(
                command, cwd=tmp_path, env=environment, stdin=typed, capture_output=True, check=False, timeout=120
            )

    done = run()
    assert b"=tok1=" in done.stdout, done.stderr
    del environment["CLIENT_SECRET"]
    lacking = run()
    assert b"Set CLIENT_SECRET first." in lacking.stderr
    assert len(server.received) == 1
    assert b"tok1" not in lacking.stdout
    server.server.shutdown()
    server.server.server_close()
