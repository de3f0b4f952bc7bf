"""What several rooms' tests share."""

import os
from pathlib import Path
from typing import Any

import pytest

from generator.document import Document, Source, parse
from generator.json_values import to_json

REPOSITORY = Path(__file__).parent.parent
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and modes as POSIX systems have them")
SHARED = REPOSITORY.parent / "shared"
SPECS = sorted(path for path in (REPOSITORY / "specs").iterdir() if path.suffix in {".yaml", ".json"})


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material beside the repository; where it is absent, the test is skipped."""
    if not (SHARED / "README.md").exists():
        pytest.skip("needs the shared material beside the repository")
    return SHARED


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
