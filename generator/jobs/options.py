"""What the settings of a document and the filters of a run ask for, as the options that stations take."""

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from generator.document_options import DocumentOptions, Filters
from generator.findings import Severity
from generator.option_values import ClientAuthentication, Folders
from generator.settings.values import DocumentSettings

if TYPE_CHECKING:
    from generator.checking import CheckOptions
    from generator.pipeline import Look, Options


def document_options(settings: DocumentSettings, filters: Filters) -> DocumentOptions:
    """Return where requests of a document go, with which token, and which are wanted; what was not said is default."""
    said = {
        "server": settings.server,
        "token_url": settings.token_url,
        "client_authentication": settings.client_auth and ClientAuthentication(settings.client_auth),
        "scopes": settings.scopes,
        "auth_scheme": settings.auth_scheme,
        "token_parameters": settings.token_params,
        "allowed_secrets": settings.allowed_secrets,
        "folders": settings.folders and Folders(settings.folders),
    }
    given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    return DocumentOptions(**given, **asdict(filters))


def options(settings: DocumentSettings, filters: Filters, look: "Look | None" = None) -> "Options":
    """Return what is asked for of a conversion, or of snippets that `look` like this."""
    from generator.pipeline import Look, Options

    return Options(look=look or Look(), **asdict(document_options(settings, filters)))


def check_options(settings: DocumentSettings, filters: Filters) -> "CheckOptions":
    """Return what is asked for of a check."""
    from generator.checking import CheckOptions, Policy

    policy = Policy(
        public_api=bool(settings.public_api),
        public_operations=settings.public_operations or (),
        token_hosts=settings.token_hosts or (),
        scope_pattern=settings.scope_pattern,
    )
    levels = {name: None if level == "off" else Severity(level) for name, level in settings.severities or ()}
    return CheckOptions(document=document_options(settings, filters), policy=policy, severities=levels)
