"""What settings say, of a document and of a run."""

import fnmatch
import os
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace


class DocumentSettings(Struct, frozen=True, kw_only=True):
    """What concerns one document. None: nothing was said."""

    server: str | None = None
    token_url: str | None = None
    client_auth: str | None = None
    scopes: tuple[str, ...] | None = None
    auth_scheme: str | None = None
    token_params: tuple[tuple[str, str], ...] | None = None
    folders: str | None = None
    public_api: bool | None = None
    public_operations: tuple[str, ...] | None = None
    token_hosts: tuple[str, ...] | None = None
    scope_pattern: str | None = None
    allowed_secrets: tuple[str, ...] | None = None
    severities: tuple[tuple[str, str], ...] | None = None

    def under(self, stronger: "DocumentSettings") -> "DocumentSettings":
        """Return these settings with everything that `stronger` says in their place."""
        said = {name: value for name in stronger.__struct_fields__ if (value := getattr(stronger, name)) is not None}
        return replace(self, **said)


class Override(Struct, frozen=True, kw_only=True):
    """Settings for the documents whose path matches one of the patterns."""

    files: tuple[str, ...]
    settings: DocumentSettings

    def concerns(self, path: str, folder: Path) -> bool:
        """Tell whether the document at `path` is meant: by its name, or by its path from the settings' `folder`."""
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 -- Path.absolute keeps `..`, which no pattern would match
        relative = absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute
        return any(
            fnmatch.fnmatchcase(relative.as_posix() if "/" in pattern else absolute.name, pattern)
            for pattern in self.files
        )


class Settings(Struct, frozen=True, kw_only=True):
    """All that the settings file at `path` can say. `folder` is where it lies; paths in it start there."""

    folder: Path
    path: Path | None = None
    document: DocumentSettings = DocumentSettings()
    overrides: tuple[Override, ...] = ()
    output: Path | None = None
    strict: bool | None = None
    jobs: int | None = None
    credentials: str | None = None
    remote_hosts: tuple[str, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None

    def for_document(self, path: str, flags: DocumentSettings) -> DocumentSettings:
        """Return what holds for the document at `path`: the general settings, then overrides in order, then flags."""
        settings = self.document
        for override in self.overrides:
            if override.concerns(path, self.folder):
                settings = settings.under(override.settings)
        return settings.under(flags)
