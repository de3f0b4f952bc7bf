"""What flags of the command line say of a conversion, as the values that stations take."""

from generator.choices import Filters
from generator.options import Arguments
from generator.settings import DocumentSettings, check_token_url, split_scopes, split_token_params


def document_flags(arguments: Arguments, folders: str | None) -> DocumentSettings:
    """Return what flags say of every document, `folders` included; it comes before what settings say.

    Raises UsageError where a value cannot be.
    """
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
