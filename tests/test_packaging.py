"""The distribution: wheel and sdist hold what they should, and an empty environment can use them."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


def build(source: Path, target: Path, *kinds: str) -> None:
    """Build distributions of `source` into `target`, with the tools of this environment."""
    command = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> tuple[Path, Path]:
    """Return a wheel and an sdist, built once."""
    target = tmp_path_factory.mktemp("distributions")
    build(REPOSITORY, target, "--wheel", "--sdist")
    return next(target.glob("*.whl")), next(target.glob("*.tar.gz"))


def names(wheel: Path) -> list[str]:
    """Return what is in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def test_wheel_holds_the_package_and_nothing_else(distributions):
    """The package with its templates and type marker, and the metadata."""
    found = names(distributions[0])
    assert {name.split("/")[0] for name in found} == {"generator", "sendready-0.1.0.dist-info"}
    assert "generator/templates/postman_v21/collection_prerequest.js" in found
    assert "generator/py.typed" in found
    assert any(name.endswith("licenses/LICENSE") for name in found)


def test_sdist_makes_the_same_wheel(distributions, tmp_path):
    """A wheel built from the sdist holds the same files."""
    with tarfile.open(distributions[1]) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    build(next((tmp_path / "source").iterdir()), tmp_path, "--wheel")
    assert names(next(tmp_path.glob("*.whl"))) == names(distributions[0])


def test_an_empty_environment_can_convert(distributions, tmp_path):
    """Installed from the wheel, the command converts from another folder, templates included."""
    venv.create(tmp_path / "empty", with_pip=True)
    folder = tmp_path / "empty" / ("Scripts" if os.name == "nt" else "bin")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    install = [str(folder / "python"), "-m", "pip", "install", "--quiet", str(distributions[0])]
    done = subprocess.run(install, capture_output=True, text=True, check=False, env=clean)
    assert done.returncode == 0, done.stderr
    sample = str(REPOSITORY / "specs/parcel-tracking.yaml")
    done = subprocess.run(
        [str(folder / "sendready"), "convert", sample], capture_output=True, check=False, cwd=tmp_path, env=clean
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output/parcel-tracking.postman_collection.json").is_file()
