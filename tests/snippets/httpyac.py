"""`.http` files as httpyac sends them."""

import os
import subprocess
from pathlib import Path

from generator.document import Document
from generator.renderers.values import Page
from tests.conftest import OK, api, document_of
from tests.skips import NODE, REPOSITORY, program
from tests.snippets.torture import FILES


def token_document(address: str, query: str = "") -> Document:
    """Return a document with one secured operation."""
    flow = {"tokenUrl": f"{address}/token{query}", "scopes": {}}
    return document_of(
        api(
            {"/one": {"get": {"responses": OK}}},
            servers=[{"url": address}],
            security=[{"o": []}],
            components={"securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
        )
    )


def write(page: Page, folder: Path) -> None:
    """Write the file and what lies beside it, uploads too."""
    (folder / "requests.http").write_text(page.text, encoding="utf-8", newline="")
    for name, text in page.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)


def httpyac(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Send all requests of the file."""
    tool = program("httpyac", NODE, REPOSITORY / "node_modules/.bin")
    command = [tool, "send", "requests.http", "--all", "--output", "short", *words]
    environment = {**os.environ, "NO_COLOR": "1", "CANARY": "secret"}
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300, env=environment)
