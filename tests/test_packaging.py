"""The distributions: wheel and sdist hold what they should, and an empty environment can use them."""

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from email.parser import Parser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator import __version__
from tests.skips import REPOSITORY

# In one process, since the environment is made once for all of them.
pytestmark = pytest.mark.xdist_group("packaging")

LOCKS = {name: REPOSITORY / f"{name}.lock" for name in ("requirements", "requirements-dev")}
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "build",
    "dist",
    "node_modules",
}
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def run(*command: str | Path, cwd: Path = REPOSITORY) -> str:
    """Run a command without this environment's Python settings; give what it printed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=cwd, env=CLEAN)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, target: Path, *kinds: str) -> None:
    """Build distributions of `source` into `target`, with the tools of this environment."""
    run(sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", target, source)


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> tuple[Path, Path]:
    """Return a wheel and an sdist, built once."""
    target = tmp_path_factory.mktemp("distributions")
    build(REPOSITORY, target, "--wheel", "--sdist")
    return next(target.glob("*.whl")), next(target.glob("*.tar.gz"))


def contents(wheel: Path) -> dict[str, bytes]:
    """Return what is in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_wheel_holds_the_package_and_nothing_else(distributions):
    """The package with its templates and type marker, and the metadata."""
    found = set(contents(distributions[0]))
    assert {name.split("/")[0] for name in found} == {"generator", f"sendready-{__version__}.dist-info"}
    package = {path.relative_to(REPOSITORY) for path in (REPOSITORY / "generator").rglob("*") if path.is_file()}
    templates = {path.relative_to(REPOSITORY) for path in (REPOSITORY / "templates").rglob("*") if path.is_file()}
    expected = {path.as_posix() for path in package if path.suffix != ".pyc"}
    expected |= {f"generator/{path.as_posix()}" for path in templates}
    assert {name for name in found if name.startswith("generator/")} == expected
    assert any(name.endswith("licenses/LICENSE") for name in found)


def test_sdist_holds_the_repository(distributions):
    """All that `make test` needs, which is all that is in the repository, and nothing that a machine added."""
    with tarfile.open(distributions[1]) as archive:
        found = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert found - {"PKG-INFO"} == repository_files() - {"PKG-INFO"}


def repository_files() -> set[str]:
    """Return the repository's files: those that Git knows or would add; without Git, all but what tools make."""
    if (REPOSITORY / ".git").exists():
        listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
        return {name for name in listed if (REPOSITORY / name).exists()}
    entries = [entry for entry in REPOSITORY.iterdir() if entry.name not in NOT_OURS]
    files = {
        path for entry in entries for path in (entry, *entry.rglob("*")) if path.is_file() and path.suffix != ".pyc"
    }
    return {path.relative_to(REPOSITORY).as_posix() for path in files}


def test_sdist_makes_the_same_wheel(distributions, tmp_path):
    """A wheel built from the sdist holds the same files, byte for byte."""
    with tarfile.open(distributions[1]) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    build(next((tmp_path / "source").iterdir()), tmp_path, "--wheel")
    assert contents(next(tmp_path.glob("*.whl"))) == contents(distributions[0])


@pytest.fixture(scope="module")
def environment(distributions, tmp_path_factory) -> Path:
    """Return the folder of programs of an environment that has only the wheel and what it needs, as locked."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--only-binary=:all:", "--requirement", LOCKS["requirements"])
    run(*pip, "--no-index", "--no-deps", distributions[0])
    run(programs / "python", "-m", "pip", "check")
    return programs


def locked(path: Path) -> dict[str, str]:
    """Return the entries of a lock file, versions and hashes, by the names of packages."""
    entries = re.findall(r"^\w.*?(?:\\\n.*?)*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(entry.partition("==")[0]): entry for entry in entries}


def test_both_locks_agree(distributions):
    """What is locked for a run is what the wheel needs, and no more, in the versions in which it is tested."""
    (name,) = (name for name in contents(distributions[0]) if name.endswith(".dist-info/METADATA"))
    waiting = Parser().parsestr(contents(distributions[0])[name].decode()).get_all("Requires-Dist") or []
    needed: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        key = canonicalize_name(requirement.name)
        if key not in needed and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            needed.add(key)
            waiting += metadata.requires(key) or []
    assert needed == locked(LOCKS["requirements"]).keys()
    assert locked(LOCKS["requirements"]).items() <= locked(LOCKS["requirements-dev"]).items()


def test_an_empty_environment_can_convert(environment, tmp_path):
    """Installed from the wheel, the command converts from another folder, templates included."""
    run(environment / "sendready", "convert", REPOSITORY / "specs/parcel-tracking.yaml", cwd=tmp_path)
    assert (tmp_path / "output/parcel-tracking.postman_collection.json").is_file()
    assert run(environment / "sendready", "--version", cwd=tmp_path) == f"sendready {__version__}\n"


USER = """
from typing import assert_type

import generator
from generator.document import Document
from generator.findings import Checked
from generator.pipeline import Conversion, Options, SnippetFormat

loaded = generator.load("api.yaml")
assert_type(loaded, Checked[Document])
assert loaded.value is not None
assert_type(generator.convert(loaded.value, Options(server="2")), Checked[Conversion | None])
assert_type(generator.snippets(loaded.value, snippet_format=SnippetFormat.JSON), Checked[str | None])
generator.convert("api.yaml")
"""


def test_the_api_is_typed_for_its_users(environment, tmp_path):
    """A strict type checker knows what the three functions of an installed package take and give."""
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(environment / "python"), "user.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=CLEAN)
    assert done.stdout.splitlines() == [
        'user.py:14: error: Argument 1 to "convert" has incompatible type "str"; expected "Document"  [arg-type]',
        "Found 1 error in 1 file (checked 1 source file)",
    ], done.stdout + done.stderr


def test_lock_files_name_no_registry():
    """What is locked can be had from any registry: versions and hashes, no addresses."""
    for path in LOCKS.values():
        assert "://" not in path.read_text(encoding="utf-8")
        assert all("--hash=sha256:" in entry for entry in locked(path).values())
    packages = json.loads((REPOSITORY / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [name for name, package in packages.items() if name and not package.get("integrity")]
