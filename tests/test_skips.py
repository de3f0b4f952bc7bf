"""Nothing is skipped in CI but what one list allows, and the list allows nothing that is not skipped."""

import os
import subprocess
import sys

import pytest

from tests import skips
from tests.skips import NODE, REPOSITORY, SHARED, faults


def pytest_run(selection: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the tests that `selection` names in a process of their own, with no program but Python within reach."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", selection]
    kept = {key: value for key, value in os.environ.items() if key not in ("CI", "PATH") and "PYTEST" not in key}
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, check=False, env={**kept, "PATH": "", **environment}
    )


def test_without_node_a_newcomer_is_told_and_ci_fails():
    """The tests that drive Postman's tools skip with a clear word; with CI=true the same run fails and says why."""
    selection = "tests/e2e/test_token_flow.py::test_missing_credentials_are_told"
    done = pytest_run(selection)
    assert (done.returncode, NODE.split("`")[0] in done.stdout) == (0, True), done.stdout
    done = pytest_run(selection, CI="true")
    assert done.returncode == 1
    assert f"{selection}[newman] was skipped: {NODE}" in done.stdout


@pytest.mark.parametrize("there", [False, True])
def test_the_list_is_compared_with_what_skipped(monkeypatch, there):
    """A reason off the list, one whose need is there, and one that skipped nothing in a whole run are faults."""
    monkeypatch.setattr(skips, "ALLOWED_IN_CI", {SHARED: lambda: there})
    assert faults({"a": "mood"}, whole=False) == ["a was skipped: mood"]
    assert faults({"a": SHARED}, whole=True) == ([f"a was skipped: {SHARED}, which is there"] if there else [])
    expected = [] if there else [f"no test was skipped because it {SHARED}: take that off the list"]
    assert faults({}, whole=True) == expected
    assert faults({}, whole=False) == []
