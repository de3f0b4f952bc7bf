"""Scripts in a folder: they run as they are, get a token by themselves, and ask for what only a user knows."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from generator.pipeline import Options, scripts
from generator.renderers.script_files import render_files
from tests.conftest import OK, api, document_of
from tests.e2e.conftest import CLIENT_ID, CLIENT_SECRET
from tests.skips import CURL, REPOSITORY, program
from tests.snippets.making import prepared_of
from tests.snippets.torture import request

SHELLS = [shell for shell in ("dash", "bash", "zsh") if shutil.which(shell)]
pytestmark = pytest.mark.e2e


def write(loopback, folder, *options) -> subprocess.CompletedProcess:
    """Write the scripts of a small document by the command."""
    flow = {"tokenUrl": f"{loopback.address}/token?grant_type=client_credentials", "scopes": {}}
    tree = api(
        {"/one": {"get": {"operationId": "getOne", "responses": OK}}},
        servers=[{"url": loopback.address}],
        security=[{"o": []}],
        components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
    )

    (folder / "one.json").write_text(json.dumps(tree))
    command = [sys.executable, "-m", "generator", "snippets", "one.json", "--format", "files", "-o", "made", *options]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, env=environment, timeout=60)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_gets_its_token_and_sends(shell, loopback, tmp_path):
    """From another folder, one script alone gets a token and sends its request with it."""
    program("curl", CURL)
    assert write(loopback, tmp_path).returncode == 0
    words = [shutil.which(shell) or shell, "made/one/get-one.sh"]
    environment = {"PATH": os.environ["PATH"], "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert loopback.calls()[0]["headers"]["authorization"] == "Bearer tok1"
    del environment["CLIENT_SECRET"]
    lacking = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    assert b"CLIENT_SECRET" in lacking.stderr
    assert len(loopback.calls()) == 1 or shell == "zsh"


@pytest.mark.parametrize("shell", [*SHELLS, *(["busybox"] if shutil.which("busybox") else [])])
def test_the_script_for_a_token_says_how_to_keep_it(shell, loopback, tmp_path):
    """Run alone it says that the token is lost, and how to keep it; read with `.` it keeps it and says nothing."""
    program("curl", CURL)
    assert write(loopback, tmp_path).returncode == 0
    environment = {"PATH": os.environ["PATH"], "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}
    words = [shell, "sh"] if shell == "busybox" else [shell]

    def run(*arguments, **changed):
        return subprocess.run(
            [*words, *arguments], cwd=tmp_path / "made/one", env=environment | changed, text=True,
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    for name in ("get-access-token.sh", "./get-access-token.sh"):
        alone = run(name)
        assert (alone.returncode, alone.stdout) == (0, ""), alone.stderr
        assert ". ./get-access-token.sh" in alone.stderr
    kept = run("-c", '. ./get-access-token.sh && echo "$ACCESS_TOKEN"')
    assert (kept.stdout.startswith("tok"), kept.stderr) == (True, "")
    refused = run("get-access-token.sh", CLIENT_SECRET="wrong")
    assert refused.returncode != 0
    assert "keep it" not in refused.stderr


def test_scripts_show_no_progress(loopback, tmp_path):
    """Whatever the shell, a script's curl is quiet but for errors, and fails where the API refuses."""
    assert write(loopback, tmp_path).returncode == 0
    for ending in ("sh", "cmd", "ps1"):
        text = (tmp_path / f"made/one/get-one.{ending}").read_text(encoding="utf-8")
        assert "--silent --show-error --fail-with-body" in text


def test_scripts_with_words_to_replace_keep_no_token(loopback, tmp_path):
    """The script for a token shows the answer and promises nothing else; the others carry the word."""
    assert write(loopback, tmp_path, "--credentials", "placeholders").returncode == 0
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in (tmp_path / "made/one").iterdir()}
    for ending in ("sh", "cmd", "ps1"):
        assert "ACCESS_TOKEN" not in texts[f"get-access-token.{ending}"]
        assert "Bearer YOUR_ACCESS_TOKEN" in texts[f"get-one.{ending}"]


def test_windows_scripts_have_what_windows_reads(loopback, tmp_path):
    """Batch files have CRLF and ASCII only and double percent signs; both call the script that gets the token."""
    assert write(loopback, tmp_path).returncode == 0
    folder = tmp_path / "made/one"
    batch = (folder / "get-one.cmd").read_bytes()
    assert batch.isascii()
    assert batch.count(b"\n") == batch.count(b"\r\n")
    assert b'if not defined ACCESS_TOKEN call "%~dp0get-access-token.cmd"' in batch
    assert b"%%t in (" in (folder / "get-access-token.cmd").read_bytes()
    assert b'. "$PSScriptRoot/get-access-token.ps1"' in (folder / "get-one.ps1").read_bytes()


def test_names_are_files_everywhere():
    """Ids that are devices in Windows, lead out of the folder or differ in case only become names of their own."""
    ids = ["con", "../../x", "A b", "a B", "x" * 300, "…"]
    files = render_files(prepared_of(map(request, ids))).value
    names = {name.removesuffix(".sh") for name in files if name.endswith(".sh")}
    assert len(names) == len(ids)
    assert "con" not in names
    assert all(name.replace("-", "").isalnum() and len(name) < 90 for name in names)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_sends_nothing_where_its_file_is_missing(shell, loopback, tmp_path):
    """It fails, says which file it is, and says at its top that it sends one; batch files look for it themselves."""
    body = {"content": {"image/png": {"schema": {}}}}
    tree = api(
        {"/photo": {"put": {"operationId": "putPhoto", "requestBody": body, "responses": OK}}},
        servers=[{"url": loopback.address}],
    )
    files = scripts(document_of(tree), Options()).value
    (tmp_path / "put-photo.sh").write_text(files["put-photo.sh"], encoding="utf-8")

    def run():
        return subprocess.run(
            [shell, "put-photo.sh"], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )  # fmt: skip

    missing = run()
    assert missing.returncode != 0
    assert b"body.png" in missing.stderr
    assert loopback.calls() == []
    (tmp_path / "body.png").write_bytes(b"\x89PNG")
    run()
    assert [call["method"] for call in loopback.calls()] == ["PUT"]
    for ending, sign in (("sh", "#"), ("cmd", "rem"), ("ps1", "#")):
        remark = f"{sign} Sends body.png: put the file of that name into the folder in which you run this."
        assert remark in files[f"put-photo.{ending}"].splitlines()
    assert 'if not exist "body.png" (echo The file "body.png" is missing. 1>&2 & exit /b 1)' in files["put-photo.cmd"]
    assert "(Get-Item -LiteralPath 'body.png' -ErrorAction Stop)" in files["put-photo.ps1"]


def test_a_folder_has_to_be_named(loopback, tmp_path):
    """Without -o there is nowhere to write scripts to: wrong usage."""
    command = [sys.executable, "-m", "generator", "snippets", "one.json", "--format", "files"]
    write(loopback, tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=environment, timeout=60)
    assert done.returncode == 2
