"""The JSON-Schema-Test-Suite, as the sources of the package `jsonschema` bring it along (no wheel does).

`python -m tests.samples.suite` fetches them with pip, in the version and with the hashes of the lock, and lays the
suite into the virtual environment.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.skips import REPOSITORY

FOLDER = Path(sys.prefix) / "share/json-schema-test-suite"


class Case(Struct, frozen=True):
    """One schema of the suite; `formats` tells that what it says of formats counts."""

    name: str
    schema: Any
    formats: bool


def cases(draft: str) -> Iterator[Case]:
    """Yield the schemas of `draft` that have a valid instance."""
    for path in sorted((FOLDER / draft).rglob("*.json")):
        about = path.relative_to(FOLDER / draft).with_suffix("").as_posix()
        for case in json.loads(path.read_text(encoding="utf-8")):
            if any(test["valid"] for test in case["tests"]):
                yield Case(f"{about}: {case['description']}", case["schema"], "format" in about.removesuffix("format"))


def fetch() -> None:
    """Fetch the suite into FOLDER. Raises CalledProcessError where pip does."""
    lock = (REPOSITORY / "requirements-dev.lock").read_text(encoding="utf-8")
    locked = re.search(r"^jsonschema==.*(?:\n    --hash.*)*", lock, re.MULTILINE)
    if locked is None:
        raise SystemExit("requirements-dev.lock does not name jsonschema")
    with tempfile.TemporaryDirectory() as folder:
        requirement = Path(folder, "requirement.txt")
        requirement.write_text(f"{locked[0]}\n", encoding="utf-8")
        options = ["--quiet", "--no-deps", "--no-binary=jsonschema", "--require-hashes"]
        command = [sys.executable, "-m", "pip", "download", *options, "--dest", folder, "--requirement", requirement]
        subprocess.run(command, check=True)
        with tarfile.open(next(Path(folder).glob("jsonschema-*.tar.gz"))) as archive:
            _unpack(archive)


def _unpack(archive: tarfile.TarFile) -> None:
    """Lay the suite's own files into FOLDER."""
    for member in archive:
        inside = re.fullmatch(r"[^/]+/json/tests/(draft[\w-]+/(?:[\w-]+/)*[\w-]+\.json)", member.name)
        content = archive.extractfile(member) if inside and member.isfile() else None
        if inside and content:
            path = FOLDER / inside[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


if __name__ == "__main__":
    fetch()
