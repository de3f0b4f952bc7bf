"""The rooms of the package import only from the rooms before them."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "generator"
CORE = {"findings", "guesses", "json_values", "known_secrets", "uris", "wording"}
RULES = "validation.rules"
MAY_IMPORT = {
    "json_values": set(),
    "findings": set(),
    "guesses": set(),
    "known_secrets": set(),
    "wording": set(),
    "document": CORE,
    "references": CORE | {"document"},
    "validation": CORE | {"document", "references"},
    "model": CORE,
    "readers": CORE | {"document", "references", "validation", "model"},
    "samples": CORE | {RULES, "model"},
    "servers": CORE | {RULES, "model", "request"},
    "auth": CORE | {RULES, "model", "servers", "request", "token_fields"},
    "request": CORE | {RULES, "model", "auth", "samples", "servers"},
    "renderers": CORE | {RULES, "model", "auth", "request", "servers"},
    "pipeline": CORE
    | {"choices", "document", "validation", "readers", "model", "auth", "servers", "request", "renderers"},
    "remote": CORE,
    "source": CORE | {"document", "remote"},
    "closure": CORE | {"document", "references", "remote", "source"},
    "output": CORE,
    "differences": set(),
    "token_fields": set(),
    "report": CORE | {"document"},
    "setting_values": {"guesses", "uris", "validation"},
    "settings": CORE | {"setting_values", "token_fields"},
    "progress": {"report"},
    "choices": {"auth", "request"},
    "copies": set(),
    "fix": CORE | {"checking", "document", "validation"},
    "jobs": CORE
    | {"checking", "choices", "closure", "differences", "document", "fix", "output", "pipeline", "report", "settings"}
    | {"source"},
    "batch": {"checking", "copies", "findings", "jobs", "pipeline"},
    "examples": CORE | {"model", "readers", "samples", "validation"},
    "fillable": CORE | {"model", "request", "samples", "validation"},
    "ignores": CORE | {RULES, "document"},
    "reference_validator": CORE | {"document", "references", "validation"},
    "second_opinion": CORE | {"document", "reference_validator", "validation"},
    "checking": CORE
    | {"document", "validation", "readers", "model", "auth", "servers", "choices", "examples", "fillable", "ignores"}
    | {"request", "second_opinion"},
    "gate": CORE | {"jobs", "output", "report"},
    "reporters": CORE | {"gate", "report", "validation", "renderers"},
    "settings_schema": {"settings", "validation"},
    "explaining": CORE | {"renderers", "report", "validation"},
    "closing": {"jobs", "report", "source"},
    "terminal": {"findings", "output", "report"},
    "idle": {"jobs", "settings"},
    "options": {"findings", "guesses"},
    "uris": set(),
    "reach": CORE | {"closure", "options", "remote"},
    "embedding": CORE | {"differences", "pipeline", "output", "renderers"},
    "targets": {"findings", "options", "source"},
    "looks": {"findings", "options", "pipeline"},
    "flags": {"choices", "options", "settings"},
    "cli": CORE
    | {"batch", "closing", "closure", "embedding", "explaining", "flags", "gate", "idle", "jobs", "looks", "options"}
    | {"pipeline", "progress", "reach", "report", "reporters", "settings", "source", "targets", "terminal"},
    "__main__": {"cli"},
    "__init__": CORE | {"checking", "closure", "document", "pipeline", "report", "source"},
}
"""Which rooms each may import. `servers` and `auth` take only values and schemas of `request`, which import
nothing further; of `validation` the makers of requests take the words of rules only."""


def imported(source: str) -> Iterator[str]:
    """Yield the rooms that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from (alias.name for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            module = node.module or ""
            yield RULES if re.match(r"generator\.validation\.rules?\b", module) else module.split(".")[1]


@pytest.mark.parametrize(
    "room", sorted({path.stem for path in PACKAGE.iterdir() if path.suffix != ".typed"} - {"__pycache__"})
)
def test_room_imports_only_what_it_may(room):
    """No room reaches for one that comes after it."""
    path = PACKAGE / room
    modules = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    found = {name for module in modules for name in imported(module.read_text(encoding="utf-8"))}
    allowed = MAY_IMPORT[room] | ({RULES} if "validation" in MAY_IMPORT[room] | {room} else set())
    assert found - {room} <= allowed


def test_functions_fit_on_a_screen():
    """No function is longer than a screen, no file longer than a person wants to read at once."""
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, (path, node.name)
