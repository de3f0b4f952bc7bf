"""What a user decides about a document, whatever is made of it."""

from generator.auth import AuthOptions, ClientAuthentication
from generator.request.filters import Filters, RequestOptions
from generator.request.folders import Folders

__all__ = ["Choices", "ClientAuthentication", "Filters", "Folders", "auth_options"]


class Choices(RequestOptions, frozen=True, kw_only=True):
    """Where requests go, with which token, and which operations are wanted; each default is the command line's."""

    server: str | None = None
    token_url: str | None = None
    client_authentication: ClientAuthentication = ClientAuthentication.BODY
    scopes: tuple[str, ...] = ()
    auth_scheme: str | None = None
    token_parameters: tuple[tuple[str, str], ...] = ()


def auth_options(choices: Choices) -> AuthOptions:
    """Return what `choices` say of tokens."""
    return AuthOptions(
        token_url=choices.token_url,
        client_authentication=choices.client_authentication,
        scopes=choices.scopes,
        scheme=choices.auth_scheme,
        parameters=choices.token_parameters,
    )
