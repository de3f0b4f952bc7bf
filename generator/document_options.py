"""What a user decides about a document, whatever is made of it."""

from typing import TYPE_CHECKING

from generator.option_types import check_address, check_harmless, check_patterns, check_token_fields, check_types
from generator.option_values import ClientAuthentication
from generator.request.filters import Filters, RequestOptions

if TYPE_CHECKING:
    from generator.auth import AuthOptions

__all__ = ["DocumentOptions", "Filters", "auth_options"]


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
        check_patterns("allowed_secrets", *self.allowed_secrets)
        if self.server is not None:
            check_harmless("server", self.server)
        if self.token_url is not None:
            check_address("token_url", self.token_url)
        check_token_fields("token_parameters", self.token_parameters)


def auth_options(choices: DocumentOptions) -> "AuthOptions":
    """Return what `choices` say of tokens."""
    from generator.auth import AuthOptions

    return AuthOptions(
        token_url=choices.token_url,
        client_authentication=choices.client_authentication,
        scopes=choices.scopes,
        scheme=choices.auth_scheme,
        parameters=choices.token_parameters,
    )
