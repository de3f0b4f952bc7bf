"""The pages that are made from the code are those that the code makes today."""

import importlib.util
import json

import jsonschema

from generator.settings import DOCUMENT_KEYS, OVERRIDE_KEYS, OVERRIDES, RUN_KEYS
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"


def made_pages():
    """Return what `make docs` would write."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_made_pages_are_fresh():
    """Every page says what its rule says now, and no page is left of a rule that is gone; `make docs` mends both."""
    pages = made_pages()
    for name, text in pages.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, name
    assert {f"rules/{path.name}" for path in (DOCS / "rules").glob("*.md")} == {n for n in pages if n.endswith(".md")}


def test_settings_schema_knows_every_key():
    """The schema for editors has the keys that are read, at the top and in overrides, and is a schema itself."""
    schema = json.loads((DOCS / "settings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    properties = schema["properties"]
    assert properties.keys() == {*DOCUMENT_KEYS, *RUN_KEYS, OVERRIDES}
    assert properties[OVERRIDES]["items"]["properties"].keys() == OVERRIDE_KEYS.keys()
    good = {"severities": {"response-401": "off"}, "overrides": [{"files": "a", "public-api": True}]}
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(good)
    assert not validator.is_valid({"severities": {"response-41": "off"}})
