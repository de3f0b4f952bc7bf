"""The files for CI: the hook runs under pre-commit, the action's script runs in a shell."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import BAD, GOOD
from tests.skips import REPOSITORY, on_posix


def run(*command, cwd, **environment):
    """Run a command in a folder."""
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def git(folder, *words):
    """Run git with an author of its own."""
    done = run("git", "-c", "user.name=T", "-c", "user.email=t@example.com", *words, cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """Return what makes a repository with a hook of ours, installed by pre-commit from a clone, and what runs it."""
    source, home = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home")
    for name in ("generator", "templates"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(REPOSITORY / name, source / name)
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "a clone")
    revision = run("git", "rev-parse", "HEAD", cwd=source).stdout.strip()

    def made(work, **hook):
        config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [hook]}]}
        (work / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        git(work, "init", "--quiet")

        def commit():
            git(work, "add", "--all")
            return run(sys.executable, "-m", "pre_commit", "run", cwd=work, PRE_COMMIT_HOME=str(home))

        return commit

    return made


def test_the_hook_stops_a_commit(hooks, tmp_path):
    """A bad specification fails, a good one passes."""
    commit = hooks(tmp_path, id="sendready-check")
    verdicts = []
    for text in (BAD, GOOD):
        (tmp_path / "openapi.yaml").write_text(text)
        hook = commit()
        verdicts.append(hook.returncode)
        assert ("operations-secured" in hook.stdout) == (text is BAD), hook.stdout + hook.stderr
    assert verdicts == [1, 0]


def test_the_hook_refreshes_pages(hooks, tmp_path):
    """A stale page is refreshed, which pre-commit takes for a failure; the refreshed one passes."""
    commit = hooks(tmp_path, id="sendready-snippets", args=["openapi.yaml", "--into", "page.md"])
    (tmp_path / "openapi.yaml").write_text(GOOD)
    (tmp_path / "page.md").write_text("Before\n\n<!-- sendready: Get Access Token posix -->\n<!-- /sendready -->\n")
    assert (commit().returncode, commit().returncode) == (1, 0)
    text = (tmp_path / "page.md").read_text()
    assert text.startswith("Before\n")
    assert "ACCESS_TOKEN=" in text


def test_the_hook_tells_of_stale_pages(hooks, tmp_path):
    """With --check a stale page stays as it is, and the commit fails with what would change."""
    commit = hooks(tmp_path, id="sendready-snippets", args=["openapi.yaml", "--check", "--into", "page.md"])
    (tmp_path / "openapi.yaml").write_text(GOOD)
    page = "<!-- sendready: Get Access Token posix -->\nold\n<!-- /sendready -->\n"
    (tmp_path / "page.md").write_text(page)
    hook = commit()
    assert hook.returncode == 1
    assert "\n-old\n" in hook.stdout
    assert (tmp_path / "page.md").read_text() == page


@on_posix
def test_the_action_checks_and_runs_nothing_from_its_inputs(tmp_path):
    """The action's last step annotates and fails; an input that looks like a command stays a name."""
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    assert "${{" not in step["run"]
    (tmp_path / "bad.yaml").write_text(BAD)
    (tmp_path / "sendready").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
    (tmp_path / "sendready").chmod(0o755)
    inputs = {"FAIL_ON": "error", "FORMAT": "github", "OUTPUT": "-", "CONFIG": ""}
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    for specs, code in (("bad.yaml", 1), ("bad.yaml $(touch${IFS}here) `touch${IFS}here`", 2)):
        done = run(
            "bash",
            "-c",
            step["run"],
            cwd=tmp_path,
            PATH=path,
            PYTHONPATH=str(REPOSITORY),
            SPECS=specs,
            **inputs,
        )
        assert done.returncode == code, done.stderr
        assert "::error file=bad.yaml" in done.stdout
    assert not Path(tmp_path, "here").exists()
