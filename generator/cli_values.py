"""What the command line, with settings and the environment, says of a run, as the values that stations take."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli_options import Arguments
from generator.closure import Access
from generator.document_options import Filters
from generator.files import is_folder, read_limited
from generator.findings import UsageError
from generator.option_types import check_harmless
from generator.remote import RemoteAccess
from generator.settings.kinds import check_token_url, split_scopes, split_token_params
from generator.settings.values import DocumentSettings

if TYPE_CHECKING:
    from generator.renderers.values import Look

KEY_VARIABLE = "SWAGGERHUB_API_KEY"
"""Where the environment holds SwaggerHub's API key."""


def document_settings(arguments: Arguments, folders: str | None) -> DocumentSettings:
    """Return what flags say of every document, `folders` included; it comes before what settings say.

    Raises UsageError where a value cannot be.
    """
    if arguments.server is not None:
        check_harmless("--server", arguments.server)
    url, scopes, parameters = arguments.token_url, arguments.scope, arguments.token_param
    return DocumentSettings(
        server=arguments.server,
        token_url=check_token_url(url, "--token-url") if url is not None else None,
        client_auth=arguments.client_auth,
        scopes=split_scopes(tuple(scopes)) if scopes else None,
        auth_scheme=arguments.auth_scheme,
        token_params=split_token_params(parameters) if parameters else None,
        folders=folders,
    )


def filters(arguments: Arguments) -> Filters:
    """Return which operations flags ask for."""
    return Filters(
        tags=tuple(arguments.tag or ()),
        paths=tuple(arguments.path or ()),
        operations=tuple(arguments.operation or ()),
        methods=tuple(arguments.method or ()),
        example=arguments.example,
        media_type=arguments.media_type,
    )


def look_of(arguments: Arguments, credentials: str) -> "Look":
    """Return the look; `credentials` is what holds where the command line says nothing of them.

    Raises UsageError where a file or folder that is named cannot be read.
    """
    from generator.option_values import Credentials, Tabs
    from generator.renderers.values import Look

    try:
        return Look(
            credentials=Credentials(arguments.credentials or credentials),
            tabs=Tabs(arguments.tabs or "plain"),
            theme=_theme(arguments.theme) if arguments.theme is not None else "",
            templates=str(arguments.templates) if arguments.templates else None,
        )
    except UsageError as error:  # of the theme a look knows the text alone
        where = f"--theme {arguments.theme}:"
        raise UsageError(*(re.sub("^theme:", lambda _: where, message) for message in error.messages)) from error


def _theme(path: Path) -> str:
    try:
        return read_limited(path).decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"--theme {path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--theme {path}: this is not UTF-8: {error}") from error


def access(arguments: Arguments, hosts: tuple[str, ...], environment: Mapping[str, str]) -> Access:
    """Return where references may lead; `hosts` are those of the settings.

    Raises UsageError for a folder that is none, and for a key that cannot be sent.

    Only here is the API key read.
    """
    for option, folder in (("--ref-root", arguments.ref_root), ("--domains", arguments.domains)):
        if folder is not None and not is_folder(folder):
            raise UsageError(f"{option} {folder}: there is no such folder")
    remote = RemoteAccess(
        allowed=bool(arguments.allow_remote),
        hosts=hosts,
        key=_key(environment) if arguments.allow_remote else "",
        cache=_cache(environment),
    )
    return Access(root=arguments.ref_root, domains=arguments.domains, remote=remote)


def _key(environment: Mapping[str, str]) -> str:
    """Return the API key; a line's end behind it, as files and secret stores have, is no part of it.

    Raises UsageError where no header can carry it: who sends it would repeat it in the error.
    """
    key = environment.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UsageError(f"{KEY_VARIABLE} holds a line's end or another character that no key has; set it anew")
    return key


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
