"""What tests may need and not find. On a newcomer's machine they skip with these words.

With CI=true only what stands in ALLOWED_IN_CI may be skipped: `conftest.py` compares this list with what really
skipped, and the run fails where they differ.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SHARED_FOLDER = REPOSITORY.parent / "shared"

SHARED = "needs the shared material beside the repository"
NODE = "needs Node.js with what package-lock.json lists; `make test` installs that where npm is there"
SUITE = "needs the JSON-Schema-Test-Suite; `make test` fetches it"
CURL = "needs curl"
OPENSSL = "needs openssl"
WINDOWS = "needs a Windows runner, or in its place Wine and the compiler x86_64-w64-mingw32-gcc"
WINDOWS_SHELLS = "needs Windows with its own shells and curl.exe"
NEW_CURL = "needs a Windows runner, or in its place a curl as Windows has it (8.3), in PATH or named by NEW_CURL"
WINDOWS_CURL = "needs a Windows runner, or in its place Wine and a curl.exe (8.3), named by WINDOWS_CURL"
CHROMIUM = "needs Chromium; package-lock.json lists one for Linux on x86-64"
POSIX = "needs links, pipes and modes as POSIX systems have them"


def new_curl() -> str | None:
    """Return the path of a curl that reads variables (`--variable`), if there is one."""
    found = os.environ.get("NEW_CURL") or shutil.which("curl")
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, check=False).stdout.decode()
    version = re.match(r"curl (\d+)\.(\d+)", said)
    return found if version and (int(version[1]), int(version[2])) >= (8, 3) else None


ALLOWED_IN_CI: dict[str, Callable[[], bool]] = {
    SHARED: (SHARED_FOLDER / "README.md").exists,
    WINDOWS: lambda: all(map(shutil.which, ("wine", "x86_64-w64-mingw32-gcc"))),
    WINDOWS_SHELLS: lambda: bool(shutil.which("cmd.exe")),
    NEW_CURL: lambda: new_curl() is not None,
    WINDOWS_CURL: lambda: bool(shutil.which("wine") and os.environ.get("WINDOWS_CURL")),
}
"""Reasons, each with the question whether what is needed is there. What needs a container engine may follow."""

on_posix = pytest.mark.skipif(os.name != "posix", reason=POSIX)


def program(name: str, reason: str, folder: Path | None = None) -> str:
    """Return the path of a program, in `folder` or where the system looks; where it is absent, skip the test."""
    found = shutil.which(name, path=str(folder) if folder else None)
    if found is None:
        pytest.skip(reason)
    return found


def faults(skipped: Mapping[str, str], *, whole: bool) -> list[str]:
    """Return how the skipped tests (name -> reason) differ from the list; `whole`: no test was left out of the run."""
    wrong = [
        f"{name} was skipped: {reason}" + (", which is there" if reason in ALLOWED_IN_CI else "")
        for name, reason in skipped.items()
        if reason not in ALLOWED_IN_CI or ALLOWED_IN_CI[reason]()
    ]
    unused = [reason for reason, there in ALLOWED_IN_CI.items() if not there() and reason not in skipped.values()]
    return wrong + [f"no test was skipped because it {reason}: take that off the list" for reason in unused if whole]
