"""From an OpenAPI specification to a Postman collection that works on the first Send.

The way of the data: source -> document -> validation -> readers (model) -> auth -> request -> renderers -> output.
`pipeline` is that way, written down. From Python:

    loaded = generator.load("api.yaml")
    converted = generator.convert(loaded.value, generator.Options(server="https://api.example.com"))
    converted.value.files[".postman_collection.json"]

Nothing here prints or exits; what is to be said comes back as findings beside the value.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from generator.checking import CheckOptions, Policy
    from generator.document import Document
    from generator.findings import Checked, Finding, Severity, UnreadableInputError, UsageError
    from generator.pipeline import (
        ClientAuthentication,
        Conversion,
        Credentials,
        Folders,
        Look,
        Options,
        SnippetFormat,
        Tabs,
    )

__version__ = "0.1.0"
__all__ = [
    "CheckOptions",
    "Checked",
    "ClientAuthentication",
    "Conversion",
    "Credentials",
    "Document",
    "Finding",
    "Folders",
    "Look",
    "Options",
    "Policy",
    "Severity",
    "SnippetFormat",
    "Tabs",
    "UnreadableInputError",
    "UsageError",
    "__version__",
    "check",
    "convert",
    "load",
    "snippets",
]

_HOMES = {
    "generator.checking": ("CheckOptions", "Policy"),
    "generator.document": ("Document",),
    "generator.findings": ("Checked", "Finding", "Severity", "UnreadableInputError", "UsageError"),
    "generator.pipeline": (
        "ClientAuthentication",
        "Conversion",
        "Credentials",
        "Folders",
        "Look",
        "Options",
        "SnippetFormat",
        "Tabs",
    ),
}
"""Where the public types are; they are imported when they are asked for, since the command line starts with none."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'generator' has no attribute {name!r}")
    return getattr(import_module(home), name)


def load(path: "str | PathLike[str]") -> "Checked[Document | None]":
    """Read the specification in the file `path`, with the files of its folder that it refers to.

    The value is None where it is unreadable, and findings say why. Raises UnreadableInputError where there is no such
    file.
    """
    import os

    from generator import pipeline
    from generator.closure import Access, gather
    from generator.source import SpecificationFile

    name = os.fspath(path)
    entry = SpecificationFile(path=name, name=name).read()
    closure = gather(entry, Access())
    return pipeline.load(closure.sources, entry.uri, closure.absent)


def convert(document: "Document", options: "Options | None" = None) -> "Checked[Conversion | None]":
    """Convert `document`; the value holds the files' texts by the ending of their names, or is None.

    None means that nothing can be sent; findings say why. Raises UsageError where an option does not fit the document.
    """
    from generator import pipeline

    return pipeline.convert(document, options or pipeline.Options())


def snippets(
    document: "Document", options: "Options | None" = None, snippet_format: "SnippetFormat | None" = None
) -> "Checked[str | None]":
    """Return the curl commands of `document` as text, as Markdown unless `snippet_format` says otherwise.

    Raises UsageError where an option does not fit the document.
    """
    from generator import pipeline

    chosen = snippet_format or pipeline.SnippetFormat.MARKDOWN
    return pipeline.snippets(document, options or pipeline.Options(), chosen)


def check(document: "Document", options: "CheckOptions | None" = None) -> "tuple[Finding, ...]":
    """Return what is to be said of `document`: its auth flow, its validity, what would hinder the first Send.

    What reading it said is among the findings of `load`. Raises UsageError where an option does not fit the document,
    or names a rule that no check has.
    """
    from generator import checking

    return checking.check(document, options or checking.CheckOptions())
