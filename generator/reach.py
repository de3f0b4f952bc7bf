"""Where references may lead, as the command line, the settings and the environment say it."""

import os
from collections.abc import Mapping
from pathlib import Path

from generator.closure import Access
from generator.findings import UsageError
from generator.options import Arguments
from generator.remote import RemoteAccess

KEY_VARIABLE = "SWAGGERHUB_API_KEY"
"""Where the environment holds SwaggerHub's API key."""


def access(arguments: Arguments, hosts: tuple[str, ...], environment: Mapping[str, str]) -> Access:
    """Return where references may lead; `hosts` are those of the settings. Raises UsageError for a folder that is none.

    Only here is the API key read.
    """
    for option, folder in (("--ref-root", arguments.ref_root), ("--domains", arguments.domains)):
        if folder is not None and not folder.is_dir():
            raise UsageError(f"{option} {folder}: there is no such folder")
    remote = RemoteAccess(
        allowed=bool(arguments.allow_remote),
        hosts=hosts,
        key=environment.get(KEY_VARIABLE, ""),
        cache=_cache(environment),
    )
    return Access(root=arguments.ref_root, domains=arguments.domains, remote=remote)


def _cache(environment: Mapping[str, str]) -> Path | None:
    """Return the folder for what was fetched: of this user, as the system wants it."""
    if os.name == "nt":
        base = environment.get("LOCALAPPDATA")
        return Path(base) / "sendready" / "cache" if base else None
    base = environment.get("XDG_CACHE_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / "sendready"
    home = environment.get("HOME")
    return Path(home) / ".cache" / "sendready" if home else None
