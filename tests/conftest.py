"""What several rooms' tests share."""

import os
from pathlib import Path
from typing import Any

import pytest

from generator.document import Document, Source, parse
from generator.json_values import to_json
from tests.skips import ALLOWED_IN_CI, REPOSITORY, SHARED, SHARED_FOLDER, faults

SPECS = sorted(path for path in (REPOSITORY / "specs").iterdir() if path.suffix in {".yaml", ".json"})
HEAD = 'openapi: 3.0.3\ninfo: {title: Pets, version: "1"}\n'
SCHEME = """components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: "https://login.acme.com/token", scopes: {}}
"""
OPERATION = """paths:
  /pets:
    get:
      responses: {"200": {description: OK}, "401": {description: No}}
"""
GOOD = HEAD + OPERATION + SCHEME + 'security: [{oauth: []}]\nservers: [{url: "https://api.acme.com"}]\n'
BAD = GOOD.replace("security: [{oauth: []}]\n", "")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with a good and a bad specification."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "bad.yaml").write_text(BAD)
    return tmp_path


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material beside the repository; where it is absent, the test is skipped."""
    if not ALLOWED_IN_CI[SHARED]():
        pytest.skip(SHARED)
    return SHARED_FOLDER


def document_of(tree: dict[str, Any]) -> Document:
    """Return a document made from `tree`."""
    loaded = parse({"api.json": Source(uri="api.json", content=to_json(tree).encode())}, "api.json")
    assert loaded.value is not None, loaded.findings
    return loaded.value


def document_at(path: Path) -> Document:
    """Return the document in the file `path`."""
    loaded = parse({str(path): Source(uri=str(path), content=path.read_bytes())}, str(path))
    assert loaded.value is not None, loaded.findings
    return loaded.value


def api(paths: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return a small OpenAPI 3.0 document with `paths` and further top-level members."""
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths, **members}


OK = {"200": {"description": "OK"}}

SKIPPED: dict[str, str] = {}
"""What was skipped in this run, with the reason."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped, or was expected to fail."""
    if report.skipped:
        where = report.longrepr
        reason = where[2] if isinstance(where, tuple) else f"expected to fail: {getattr(report, 'wasxfail', '')}"
        SKIPPED[report.nodeid] = reason.removeprefix("Skipped: ")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember modules that were skipped as a whole."""
    if report.skipped and isinstance(report.longrepr, tuple):
        SKIPPED[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true, fail a run in which something was skipped that must not be."""
    config = session.config
    if os.environ.get("CI") != "true" or hasattr(config, "workerinput"):
        return
    chosen = config.option.keyword or config.option.markexpr or getattr(config.option, "lf", False)
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
    if found := faults(SKIPPED, whole=whole):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.section("skipped in CI, see tests/skips.py", red=True)
            reporter.write("".join(f"{fault}\n" for fault in found))
