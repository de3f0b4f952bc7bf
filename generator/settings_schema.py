"""The JSON Schema of the settings file, for editors."""

from typing import Any

from generator.settings import CLIENT_AUTH, CREDENTIALS, FOLDERS
from generator.validation.rules.catalogue import RULES

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_FLAG = {"type": "boolean"}
_ADDRESS = {"type": "string", "pattern": "^https?://"}

_DOCUMENT: dict[str, tuple[Any, str]] = {
    "server": ({"anyOf": [_TEXT, {"type": "integer"}]}, "Which server requests go to: an address or a number."),
    "token-url": (_ADDRESS, "Where tokens come from, when a document does not say it."),
    "client-auth": ({"enum": list(CLIENT_AUTH)}, "How the client proves itself to the token endpoint."),
    "scopes": (_TEXTS, "Scopes to ask for."),
    "auth-scheme": (_TEXT, "The security scheme to use where an operation offers several."),
    "token-params": ({"type": "object", "additionalProperties": {"type": "string"}}, "Sent with each token request."),
    "folders": ({"enum": list(FOLDERS)}, "What the collection's folders are made of."),
    "public-api": (_FLAG, "No operation needs credentials."),
    "public-operations": (_TEXTS, "Operations that are public on purpose: `/path` or `METHOD /path`, with wildcards."),
    "token-hosts": (_TEXTS, "Hosts where tokens may come from, with wildcards."),
    "scope-pattern": ({"type": "string", "format": "regex"}, "A regular expression that names of scopes match."),
    "allowed-secrets": (_TEXTS, "Regular expressions of what looks like a secret and is none."),
}
_RUN: dict[str, tuple[Any, str]] = {
    "output": (_TEXT, "The folder where files are written."),
    "strict": (_FLAG, "convert exits with 1 on warnings too."),
    "jobs": ({"type": "integer", "minimum": 1}, "How many processes work."),
    "credentials": ({"enum": list(CREDENTIALS)}, "Shell variables to set once, or words to replace."),
    "remote-hosts": (_TEXTS, "Hosts that may be asked with --allow-remote."),
    "fail-on": ({"enum": ["error", "warning"]}, "From which severity on check exits with 1."),
    "baseline": (_TEXT, "The file of known findings."),
}


def settings_schema() -> dict[str, Any]:
    """Return the schema of `sendready.toml`, also of `[tool.sendready]` in `pyproject.toml` (JSON Schema 2020-12)."""
    document = _members(_DOCUMENT)
    document["severities"] = _severities()
    override = {
        "type": "object",
        "required": ["files"],
        "additionalProperties": False,
        "properties": {"files": {**_TEXTS, "description": "Patterns of the files that it is for."}, **document},
    }
    overrides = {"type": "array", "items": override, "description": "Settings for some files."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of sendready",
        "type": "object",
        "additionalProperties": False,
        "properties": {**document, **_members(_RUN), "overrides": overrides},
    }


def _members(keys: dict[str, tuple[Any, str]]) -> dict[str, Any]:
    return {key: {**schema, "description": words} for key, (schema, words) in keys.items()}


def _severities() -> dict[str, Any]:
    levels = {"enum": ["error", "warning", "info", "off"]}
    return {
        "type": "object",
        "description": "How grave the findings of a rule are.",
        "additionalProperties": False,
        "properties": {rule.name: {**levels, "description": rule.what} for rule in RULES},
    }
