"""From an OpenAPI specification to a Postman collection that works on the first Send.

The way of the data: source -> document -> validation -> readers (model) -> auth -> request -> renderers -> output.
`pipeline` is that way, written down. From Python:

    loaded = generator.load("api.yaml")
    converted = generator.convert(loaded.value, generator.Options(server="https://api.example.com"))
    converted.value.files[".postman_collection.json"]

Nothing here prints or exits; what is to be said comes back as findings beside the value. What cannot be done raises:
UnreadableInputError and UsageError for what users get wrong, TypeError for arguments of another type.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import TypeVar

    from generator.checking import CheckOptions, Policy
    from generator.document import Document
    from generator.findings import Checked, Finding, Position, Severity, UnreadableInputError, UsageError
    from generator.located import Located
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

    T = TypeVar("T")

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
    "Located",
    "Look",
    "Options",
    "Policy",
    "Position",
    "Severity",
    "SnippetFormat",
    "Tabs",
    "UnreadableInputError",
    "UsageError",
    "__version__",
    "check",
    "convert",
    "load",
    "locate",
    "scripts",
    "snippets",
]

_HOMES = {
    "generator.checking": ("CheckOptions", "Policy"),
    "generator.document": ("Document",),
    "generator.findings": ("Checked", "Finding", "Position", "Severity", "UnreadableInputError", "UsageError"),
    "generator.located": ("Located",),
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


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load(path: "str | PathLike[str]") -> "Checked[Document]":
    """Read the specification in the file `path`, with the files of its folder that it refers to.

    The findings say what is odd about it and does not hinder. Raises UnreadableInputError where there is no such file,
    or it holds no specification: its text has a line for each thing that is wrong, `findings` holds those.
    """
    import functools
    import os

    from generator import pipeline
    from generator.closure import Access, gather
    from generator.document import read_tree
    from generator.findings import Checked, UnreadableInputError
    from generator.source import SpecificationFile

    name = os.fspath(path)
    if not name:
        raise UnreadableInputError("an empty path names no file")
    entry = SpecificationFile(path=name, name=name).read()
    read = functools.cache(read_tree)
    closure = gather(entry, Access(), read)
    loaded = pipeline.load(closure.sources, entry.uri, closure.absent, read)
    if loaded.value is None:
        from generator.located import in_a_line, locate_all

        found = locate_all(dict.fromkeys(loaded.findings), closure.sources)
        raise UnreadableInputError(*map(in_a_line, found), findings=[entry.finding for entry in found])
    return Checked(loaded.value, loaded.findings)


def _taken(value: object, kind: "type[T]", name: str, hint: str = "") -> "T":
    """Return `value` where it is of the `kind` that the argument `name` has; raises TypeError where it is not."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be a generator.{kind.__name__}, not {type(value).__name__}{hint and f': {hint}'}")
    return value


def _document(value: object) -> "Document":
    from generator.document import Document
    from generator.findings import Checked

    return _taken(value, Document, "document", "give its value" if isinstance(value, Checked) else "")


def convert(document: "Document", options: "Options | None" = None) -> "Checked[Conversion | None]":
    """Convert `document`; the value holds the files' texts by the ending of their names, or is None.

    None means that nothing can be sent; findings say why. Raises UsageError where an option does not fit the document,
    TypeError where an argument is something else.
    """
    from generator import pipeline

    return pipeline.convert(_document(document), _options(options))


def _options(value: object) -> "Options":
    from generator import pipeline

    hint = "give it as snippet_format" if isinstance(value, pipeline.SnippetFormat) else ""
    return pipeline.Options() if value is None else _taken(value, pipeline.Options, "options", hint)


def snippets(
    document: "Document", options: "Options | None" = None, snippet_format: "SnippetFormat | None" = None
) -> "Checked[str | None]":
    """Return the curl commands of `document` as text, as Markdown unless `snippet_format` says otherwise.

    The value is None where nothing can be sent; findings say why. Raises UsageError where an option does not fit the
    document, TypeError where an argument is something else.
    """
    from generator import pipeline

    chosen = pipeline.SnippetFormat.MARKDOWN if snippet_format is None else snippet_format
    read, asked = _document(document), _options(options)
    return pipeline.snippets(read, asked, _taken(chosen, pipeline.SnippetFormat, "snippet_format"))


def scripts(document: "Document", options: "Options | None" = None) -> "Checked[Mapping[str, str] | None]":
    """Return the curl commands of `document` as scripts for sh, cmd and PowerShell, by the names of their files.

    It is what `sendready snippets --format files` writes; each `.sh` runs with `sh NAME.sh`. The value is None where
    nothing can be sent. Raises UsageError where an option does not fit the document, TypeError where an argument is
    something else.
    """
    from generator import pipeline

    return pipeline.scripts(_document(document), _options(options))


def check(document: "Document", options: "CheckOptions | None" = None) -> "tuple[Finding, ...]":
    """Return what is to be said of `document`: its auth flow, its validity, what would hinder the first Send.

    What reading it said is among the findings of `load`. Raises UsageError where an option does not fit the document,
    or names a rule that no check has; TypeError where an argument is something else.
    """
    from generator import checking

    return checking.check(_document(document), _check_options(options))


def locate(document: "Document", findings: "Iterable[Finding]") -> "tuple[Located, ...]":
    """Return `findings` with where they stand in the files of `document`, in the order of the lines.

    Each has its `finding` and a `position` with line and column, which is None where a file has no such text. Raises
    TypeError where the document or one of the findings is something else.
    """
    from generator.findings import Finding
    from generator.located import locate_all

    read = _document(document)
    return locate_all([_taken(finding, Finding, "each of findings") for finding in findings], read.resources)


def _check_options(value: object) -> "CheckOptions":
    from generator import checking, pipeline

    hint = "write CheckOptions(document=options)" if isinstance(value, pipeline.Options) else ""
    return checking.CheckOptions() if value is None else _taken(value, checking.CheckOptions, "options", hint)
