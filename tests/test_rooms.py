"""The rooms of the package import only from the rooms before them."""

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "generator"
CORE = {
    "expressions",
    "findings",
    "guesses",
    "json_values",
    "known_secrets",
    "files",
    "option_types",
    "option_values",
    "pattern_weight",
    "uris",
    "vocabulary",
    "wording",
}
RULES = "validation.rules"
MAY_IMPORT = {
    "json_values": {"findings"},
    "expressions": set(),
    "option_types": {"expressions", "findings", "token_fields", "uris"},
    "option_values": set(),
    "pattern_weight": {"json_values", "vocabulary"},
    "findings": set(),
    "guesses": set(),
    "known_secrets": set(),
    "files": set(),
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
    | {"document_options", "document", "validation", "readers", "model", "auth", "servers", "request", "renderers"},
    "remote": CORE,
    "source": CORE | {"document", "remote", "text_layout"},
    "closure": CORE | {"document", "references", "remote", "source"},
    "output": CORE,
    "differences": set(),
    "token_fields": {"uris"},
    "text_layout": {"vocabulary"},
    "located": CORE | {"document", "text_layout"},
    "conversion_report": CORE | {"document", "located", "text_layout"},
    "settings": CORE | {"token_fields", "validation"},
    "progress": {"text_layout"},
    "document_options": {"auth", "option_types", "option_values", "request"},
    "fix": CORE | {"checking", "document", "validation"},
    "jobs": CORE
    | {"checking", "document_options", "closure", "differences", "document", "fix", "output", "pipeline", "settings"}
    | {"conversion_report", "located", "source", "text_layout", "validation"},
    "examples": CORE | {"model", "readers", "samples", "validation"},
    "fillable": CORE | {"model", "request", "samples", "validation"},
    "ignores": CORE | {RULES, "document"},
    "reference_validator": CORE | {"document", "references", "validation"},
    "second_opinion": CORE | {"document", "reference_validator", "validation"},
    "checking": CORE
    | {"auth", "document", "document_options", "examples", "fillable", "ignores", "model", "readers", "request"}
    | {"second_opinion", "servers", "validation"},
    "gate": CORE | {"jobs", "located", "output"},
    "reporters": CORE | {"gate", "located", "renderers", "text_layout", "validation"},
    "explaining": CORE | {"renderers", "text_layout", "validation"},
    "conversion_summary": {"jobs", "source", "text_layout"},
    "terminal": {"findings", "output", "text_layout"},
    "idle": {"jobs", "settings"},
    "leftovers": set(),
    "cli_options": {"findings", "guesses", "option_values"},
    "uris": set(),
    "vocabulary": set(),
    "embedding": CORE | {"differences", "pipeline", "output", "renderers"},
    "targets": {"files", "cli_options", "findings", "source"},
    "cli_values": CORE | {"cli_options", "closure", "document_options", "remote", "renderers", "settings"},
    "exit_codes": {"findings"},
    "commands": CORE
    | {"cli_options", "cli_values", "closure", "conversion_summary", "embedding", "exit_codes", "explaining"}
    | {
        "gate",
        "idle",
        "jobs",
        "leftovers",
        "progress",
        "renderers",
        "reporters",
        "settings",
        "source",
        "targets",
        "terminal",
        "text_layout",
    },
    "cli": CORE | {"cli_options", "exit_codes", "terminal"},
    "__main__": {"cli"},
    "__init__": CORE | {"checking", "closure", "document", "located", "pipeline", "source"},
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


def modules_imported(path: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules that the one at `path` imports when it runs: what only a type checker imports is none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    named = {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and id(node) not in unseen
        for alias in node.names
    }
    return {whole if (whole := f"{module}.{name}") in known else module for module, name in named} & known.keys()


def test_no_modules_import_each_other():
    """Within a room there is a before and an after as well, late imports included."""
    known = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        known[".".join(part for part in parts if part != "__init__")] = path
    imports = {module: modules_imported(path, known) - {module} for module, path in known.items()}
    assert "generator.readers.schemas" in imports["generator.readers"]
    tuple(graphlib.TopologicalSorter(imports).static_order())


def test_functions_fit_on_a_screen():
    """No function is longer than a screen, no file longer than a person wants to read at once."""
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, (path, node.name)
