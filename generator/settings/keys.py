"""The keys of a settings file: of each the kind of its value, and what it is about."""

from collections.abc import Mapping

from msgspec import Struct

from generator.option_values import FAILING_LEVELS, ClientAuthentication, Credentials, Folders, values_of
from generator.settings.kinds import (
    ADDRESS,
    COUNT,
    FLAG,
    PATH,
    PATTERN,
    PATTERNS,
    SCOPES,
    SERVER,
    SEVERITIES,
    TEXT,
    TEXTS,
    TOKEN_PARAMS,
    WILDCARDS,
    Kind,
    one_of,
)


class Key(Struct, frozen=True):
    """A key: the kind of its value, and what it is about, as editors show it."""

    kind: Kind
    about: str


OVERRIDES = "overrides"
DOCUMENT_KEYS: Mapping[str, Key] = {
    "server": Key(SERVER, "Which server requests go to: an address or a number."),
    "token-url": Key(ADDRESS, "Where tokens come from, when a document does not say it."),
    "client-auth": Key(one_of(*values_of(ClientAuthentication)), "How the client proves itself to the token endpoint."),
    "scopes": Key(SCOPES, "Scopes to ask for."),
    "auth-scheme": Key(TEXT, "The security scheme to use where an operation offers several."),
    "token-params": Key(TOKEN_PARAMS, "Sent with each token request."),
    "folders": Key(one_of(*values_of(Folders)), "What the collection's folders are made of."),
    "public-api": Key(FLAG, "No operation needs credentials."),
    "public-operations": Key(
        WILDCARDS, "Operations that are public on purpose: `/path` or `METHOD /path`, with wildcards."
    ),
    "token-hosts": Key(WILDCARDS, "Hosts where tokens may come from, with wildcards."),
    "scope-pattern": Key(PATTERN, "A regular expression that names of scopes match."),
    "allowed-secrets": Key(PATTERNS, "Regular expressions of what looks like a secret and is none."),
    "severities": Key(SEVERITIES, "How grave the findings of a rule are."),
}
"""What a file can say of documents; the fields of DocumentSettings."""

RUN_KEYS: Mapping[str, Key] = {
    "output": Key(PATH, "The folder where files are written."),
    "strict": Key(FLAG, "convert exits with 1 on warnings too."),
    "jobs": Key(COUNT, "How many processes work."),
    "credentials": Key(one_of(*values_of(Credentials)), "Shell variables to set once, or words to replace."),
    "remote-hosts": Key(TEXTS, "Hosts that may be asked with --allow-remote."),
    "fail-on": Key(one_of(*FAILING_LEVELS), "From which severity on check exits with 1."),
    "baseline": Key(PATH, "The file of known findings."),
}
"""What it can say of a run, at its top only; fields of Settings."""

OVERRIDE_KEYS: Mapping[str, Key] = {
    "files": Key(
        WILDCARDS, "Patterns of the files that it is for; `*` stands for any characters, `/` too, in one with a `/`."
    ),
    **DOCUMENT_KEYS,
}
"""What one of the [[overrides]] can say."""

ALL_KEYS: Mapping[str, Key] = {**RUN_KEYS, **OVERRIDE_KEYS}
