"""Batch files in Wine's cmd.exe, with a program that writes down its arguments in curl's place."""

import os
import subprocess

import pytest

from generator.renderers import cmd
from tests.skips import WINDOWS, program
from tests.snippets.making import commands
from tests.snippets.torture import TORTURE
from tests.snippets.windows_cmd import arguments_of, read_by_cmd

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
    scripts = [cmd.spell_batch(command).text for command in commands(TORTURE)]
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
