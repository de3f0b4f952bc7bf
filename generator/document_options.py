"""What a user decides about a document, whatever is made of it."""

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from generator.auth import AuthOptions
from generator.option_values import ClientAuthentication
from generator.request.filters import Filters, RequestOptions

__all__ = ["DocumentOptions", "Filters", "auth_options", "check_types"]


class DocumentOptions(RequestOptions, frozen=True, kw_only=True):
    """Where requests go, with which token, and which operations are wanted; each default is the command line's.

    `allowed_secrets` are patterns of what looks like a secret and is none.
    """

    server: str | None = None
    token_url: str | None = None
    client_authentication: ClientAuthentication = ClientAuthentication.BODY
    scopes: tuple[str, ...] = ()
    auth_scheme: str | None = None
    token_parameters: tuple[tuple[str, str], ...] = ()
    allowed_secrets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_types(self)


def check_types(options: Struct) -> None:
    """Raise TypeError, which names each option that was given a value of another type than its own."""
    wrong = []
    for field in fields(options):
        value = getattr(options, field.name)
        if isinstance(field.type, type) and isinstance(value, field.type):
            continue
        try:
            msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            wrong.append(f"{field.name}: {str(error)[:1].lower()}{str(error)[1:]}")
    if wrong:
        raise TypeError(f"{type(options).__name__}: {'; '.join(wrong)}")


def auth_options(choices: DocumentOptions) -> AuthOptions:
    """Return what `choices` say of tokens."""
    return AuthOptions(
        token_url=choices.token_url,
        client_authentication=choices.client_authentication,
        scopes=choices.scopes,
        scheme=choices.auth_scheme,
        parameters=choices.token_parameters,
    )
