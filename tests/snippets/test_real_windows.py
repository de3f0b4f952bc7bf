"""The real shells of Windows, where they are: the torture set through cmd, Windows PowerShell and PowerShell 7."""

import os
import shutil
import subprocess

import pytest

from generator.pipeline import Options, snippet_list
from generator.renderers import cmd, powershell
from tests.e2e.conftest import Loopback
from tests.skips import WINDOWS_SHELLS
from tests.snippets.httpyac import token_document
from tests.snippets.making import at, commands
from tests.snippets.torture import FILES, TORTURE
from tests.snippets.wire import Recorder, all_differences

pytestmark = pytest.mark.e2e


@pytest.fixture
def recorder():
    """Return a running server."""
    made = Recorder()
    yield made
    made.close()


@pytest.fixture
def uploads(tmp_path):
    """Return a folder with the files that requests upload."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def need(shell: str) -> str:
    """Return the path of a shell of Windows; elsewhere the test is skipped."""
    found = shutil.which(shell) if shutil.which("cmd.exe") else None
    if found is None:
        pytest.skip(WINDOWS_SHELLS)
    return found


@pytest.fixture
def token_server():
    """Return a running token endpoint."""
    made = Loopback()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("name", ["cmd.exe", "powershell.exe", "pwsh.exe"])
def test_the_token_goes_into_a_variable(name, token_server, tmp_path):
    """The command that gets a token leaves it in the shell's variable; without a secret it fails and names it."""
    shell = need(name)
    token_server.client = ("my id", "s3cr&t=+%/\"'\\")  # ASCII: curl.exe reads variables in the system's code page
    listed = snippet_list(token_document(token_server.address), Options()).value
    assert listed is not None
    if name == "cmd.exe":
        text = (
            "@echo off\n"
            + (listed[0].batch or listed[0].snippets["cmd"])
            + "\n@if defined ACCESS_TOKEN echo =%ACCESS_TOKEN%=\n"
        )
        command, file = [shell, "/d", "/c", "token.cmd"], tmp_path / "token.cmd"
    else:
        text = listed[0].snippets["powershell"] + '\n"=$env:ACCESS_TOKEN="\n'
        command, file = (
            [shell, "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", "token.ps1"],
            tmp_path / "token.ps1",
        )
    file.write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    environment = {**os.environ, "CLIENT_ID": token_server.client[0], "CLIENT_SECRET": token_server.client[1]}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120)
    assert b"=tok1=" in done.stdout, done.stderr
    del environment["CLIENT_SECRET"]
    lacking = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120)
    assert b"CLIENT_SECRET" in lacking.stderr
    assert b"tok" not in lacking.stdout


def test_batch_files_arrive_as_requests(recorder, uploads):
    """A batch file of all snippets sends what the requests say."""
    shell = need("cmd.exe")
    requests = at(recorder.address, TORTURE)
    scripts = [cmd.spell_batch(made, f"{number}-") for number, made in enumerate(commands(requests))]
    for script in scripts:
        for name, text in script.files.items():
            (uploads / name).write_bytes(text.encode())
    text = "\n".join(["@echo off", *(script.text for script in scripts), ""])
    (uploads / "all.cmd").write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    subprocess.run([shell, "/d", "/c", "all.cmd"], cwd=uploads, capture_output=True, check=False, timeout=600)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (len(wrong), wrong[:8])


@pytest.mark.parametrize("name", ["powershell.exe", "pwsh.exe"])
def test_powershell_scripts_arrive_as_requests(name, recorder, uploads):
    """A script of all snippets sends what the requests say, in 5.1 and in 7."""
    shell = need(name)
    requests = at(recorder.address, TORTURE)
    text = "\n".join(powershell.spell(made).text for made in commands(requests))
    (uploads / "all.ps1").write_bytes(b"\xef\xbb\xbf" + text.encode())
    command = [shell, "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", "all.ps1"]
    subprocess.run(command, cwd=uploads, capture_output=True, check=False, timeout=600)
    wrong = all_differences(requests, recorder.received, FILES)
    assert not wrong, (len(wrong), wrong[:8])


@pytest.mark.parametrize("name", ["cmd.exe", "powershell.exe", "pwsh.exe"])
def test_nothing_is_sent_where_the_file_is_missing(name, recorder, tmp_path):
    """Each shell says which file it is: an empty body would overwrite what the server has."""
    shell = need(name)
    [made] = commands(at(recorder.address, [request for request in TORTURE if request.id == "file"]))
    if name == "cmd.exe":
        (tmp_path / "one.cmd").write_text(f"@echo off\n{cmd.spell_batch(made).text}\n")
        command = [shell, "/d", "/c", "one.cmd"]
    else:
        (tmp_path / "one.ps1").write_text(powershell.spell(made).text)
        command = [shell, "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", "one.ps1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.stderr
    assert not recorder.received
