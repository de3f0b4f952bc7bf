"""The JSON Schema of the settings file, for editors."""

from collections.abc import Mapping
from typing import Any

from generator.settings.keys import DOCUMENT_KEYS, OVERRIDE_KEYS, OVERRIDES, RUN_KEYS, Key
from generator.settings.kinds import LEVEL
from generator.validation.rules.catalogue import RULES


def settings_schema() -> dict[str, Any]:
    """Return the schema of `sendready.toml`, also of `[tool.sendready]` in `pyproject.toml` (JSON Schema 2020-12)."""
    override = {
        "type": "object",
        "required": ["files"],
        "additionalProperties": False,
        "properties": _members(OVERRIDE_KEYS),
    }
    overrides = {"type": "array", "items": override, "description": "Settings for some files."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of sendready",
        "type": "object",
        "additionalProperties": False,
        "properties": {**_members(DOCUMENT_KEYS), **_members(RUN_KEYS), OVERRIDES: overrides},
    }


def _members(keys: Mapping[str, Key]) -> dict[str, Any]:
    return {key: {**entry.kind.schema, "description": entry.about, **_rules(key)} for key, entry in keys.items()}


def _rules(key: str) -> dict[str, Any]:
    """Return what a key says of each rule."""
    if key != "severities":
        return {}
    levels = {rule.name: {**LEVEL.schema, "description": rule.what} for rule in RULES}
    return {"additionalProperties": False, "properties": levels}
