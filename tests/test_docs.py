"""The pages that are made from the code are those that the code makes today."""

import importlib.util
import json

import jsonschema

from generator.settings.keys import DOCUMENT_KEYS, OVERRIDE_KEYS, OVERRIDES, RUN_KEYS
from generator.settings.values import DocumentSettings, Settings
from tests.conftest import REPOSITORY
from tests.snippets.torture import TORTURE

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


def test_the_peers_table_is_of_todays_peers_and_requests():
    """The table was made with the versions that are locked, from as many requests as there are now."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    table = page.partition("<!-- peers -->")[2].partition("<!-- /peers -->")[0]
    peers = json.loads((REPOSITORY / "benchmarks/peers/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert f"of {len(TORTURE)} requests" in table
    assert f"has {len(TORTURE)} requests" in page
    assert all(f"{name} {version} |" in table for name, version in peers.items() if name != "postman-collection")
    locked = json.loads((REPOSITORY / "benchmarks/peers/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in peers} == peers
    assert not [name for name, package in locked.items() if "resolved" in package]


def test_every_key_is_a_field_and_every_field_a_key():
    """What a settings file can say is what settings hold, by the same names."""

    def named(keys):
        return {key.replace("-", "_") for key in keys}

    assert named(DOCUMENT_KEYS) == set(DocumentSettings.__struct_fields__)
    assert named({*RUN_KEYS, OVERRIDES}) == {*Settings.__struct_fields__} - {"document", "folder", "path"}


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


def test_a_page_of_a_rule_suggests_another_severity_than_it_has():
    """A warning may become an error, and all else a warning."""
    assert '{ response-401 = "error" }' in (REPOSITORY / "docs/rules/response-401.md").read_text(encoding="utf-8")
    assert '{ operations-secured = "warning" }' in (REPOSITORY / "docs/rules/operations-secured.md").read_text(
        encoding="utf-8"
    )
