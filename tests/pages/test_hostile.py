"""A hostile specification: its texts stay texts in every shell and in Markdown."""

import json
import re
import shutil
import subprocess

import pytest

from generator.pipeline import Look, Options, SnippetFormat, Tabs, snippets
from tests.conftest import document_of
from tests.pages.hostile import hostile
from tests.snippets import windows_powershell as ps
from tests.snippets.windows_cmd import arguments_of, read_by_cmd

SHELLS = [shell for shell in ("dash", "bash", "zsh") if shutil.which(shell)]
FENCE = re.compile(r" *(`{3,})")


def listed() -> list[dict]:
    """Return the snippets of the hostile document."""
    return json.loads(snippets(document_of(hostile()), Options(), SnippetFormat.JSON).value or "")


@pytest.mark.e2e
@pytest.mark.parametrize("shell", SHELLS)
def test_shells_run_nothing_of_it(shell, tmp_path):
    """With a curl that does nothing, a script of all snippets does nothing either."""
    (tmp_path / "curl").write_text("#!/bin/sh\nexit 0\n")
    (tmp_path / "curl").chmod(0o755)
    (tmp_path / "work").mkdir()
    script = "\n".join(snippet["snippets"]["posix"] for snippet in listed())
    touch = shutil.which("touch") or "/usr/bin/touch"
    (tmp_path / "touch").symlink_to(touch)
    done = subprocess.run(
        [shutil.which(shell) or shell, "-c", script],
        cwd=tmp_path / "work",
        env={"PATH": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list((tmp_path / "work").iterdir()) == []


def test_cmd_and_powershell_read_one_curl_each(tmp_path):
    """Nothing ends an argument early: both models see one call of curl, whose headers hold no other header."""
    for snippet in listed():
        for pipe in read_by_cmd(snippet["snippets"]["cmd"], {"PATH": "C:\\x"}, batch=False):
            [command] = pipe
            assert not any("\nInjected" in argument for argument in arguments_of(command))
        calls: list[ps.Call] = []

        def run(call: ps.Call, calls=calls) -> str:
            calls.append(call)
            return ""

        ps.Script(snippet["snippets"]["powershell"], {"PATH": "C:\\x"}, ps.LEGACY_51, run, tmp_path)
        assert len(calls) == 1


@pytest.mark.parametrize("tabs", list(Tabs))
def test_markdown_holds_its_markup_in_fences(tabs):
    """Outside of fenced blocks no tag of the document is left; no fence ends before its time."""
    text = snippets(document_of(hostile()), Options(look=Look(tabs=tabs)), SnippetFormat.MARKDOWN).value or ""
    fence, outside = "", []
    for line in text.split("\n"):
        found = FENCE.match(line)
        if not fence and found:
            fence = found[1]
        elif fence and line.strip() == fence:
            fence = ""
        elif not fence:
            outside.append(line)
    assert fence == ""
    plain = re.sub(r"\\.|(`+).*?\1", "", "\n".join(outside))
    assert not re.search(r"<(?!/?Tab)|\]\(|\{", plain)
