"""Fields of a token request (RFC 6749) that nobody may say as one of the further ones, and why."""

from generator.uris import names_credential

SECRET_FIELDS = ("client_assertion", "password", "refresh_token")
"""What proves somebody's identity otherwise than by a client's secret: no request that is written down can carry it."""

OWN_FIELDS = {
    "grant_type": "it is always client_credentials",
    "scope": "scopes are an option of their own",
    **dict.fromkeys(("client_id", "client_secret"), "it is a variable of the collection, filled in by its user"),
    **dict.fromkeys(SECRET_FIELDS, "a secret must not stand in a file"),
}
"""The fields, each with why."""


def is_unsendable(name: str) -> bool:
    """Tell whether a field proves who asks, and is none of the client's own: nobody may write it down."""
    return name in SECRET_FIELDS or (name not in OWN_FIELDS and names_credential(name))


def check_token_field(name: str) -> str:
    """Return the name of a further field; raises ValueError with the words `cannot hold ...` where it may be none."""
    if not name:
        raise ValueError("cannot hold a field without a name")
    if name in OWN_FIELDS:
        raise ValueError(f'cannot hold "{name}": {OWN_FIELDS[name]}')
    if names_credential(name):
        raise ValueError(f'cannot hold "{name}": a secret must not stand in a file')
    return name
