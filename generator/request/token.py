"""The request that gets an access token by the client credentials grant (RFC 6749 section 4.4.2)."""

from generator.auth import TokenEndpoint
from generator.model import Api
from generator.option_values import ClientAuthentication
from generator.request.credentials import client_id, client_secret
from generator.request.values import Field, FormBody, Request, RequestPurpose, Url, Variable
from generator.vocabulary import FORM

NAME = "Get Access Token"


def token_request(endpoint: TokenEndpoint, api: Api, described: Request | None = None) -> Request:
    """Return the request that gets the token of `endpoint`; `described` is the operation by which it is described.

    `grant_type` goes into the body unless the address carries it already; the client authenticates in the body, or
    by HTTP Basic, whose header the renderers make.
    """
    scheme = api.security_schemes[endpoint.schemes[0]]
    fields = [] if endpoint.grant_type_in_query else [Field(name="grant_type", value=("client_credentials",))]
    if endpoint.client_authentication is ClientAuthentication.BODY:
        fields.append(Field(name="client_id", value=(client_id(endpoint.suffix),)))
        fields.append(Field(name="client_secret", value=(client_secret(endpoint.suffix),)))
    if endpoint.scopes:
        fields.append(Field(name="scope", value=(scope(endpoint),)))
    fields.extend(Field(name=name, value=(value,)) for name, value in endpoint.parameters)
    name = f"{NAME} ({endpoint.schemes[0]})" if endpoint.suffix else NAME
    return Request(
        id=token_id(endpoint),
        name=name,
        method="POST",
        url=Url(base=(token_url(endpoint),)),
        place=scheme.place,
        purpose=RequestPurpose.TOKEN,
        description="\n\n".join(filter(None, (_description(endpoint), described.description if described else ""))),
        headers=(
            Field(name="Content-Type", value=(FORM,)),
            Field(name="Accept", value=("application/json",)),
        ),
        body=FormBody(fields=tuple(fields)),
        responses=described.responses if described else (),
    )


def token_id(endpoint: TokenEndpoint) -> str:
    """Return the id of the request that gets the token of `endpoint`."""
    return f"get-access-token{endpoint.suffix}"


def token_url(endpoint: TokenEndpoint) -> Variable:
    """Return the variable that holds the address of the token endpoint."""
    return Variable(
        name=endpoint.variable("tokenUrl"),
        value=(endpoint.url,),
        description="The token endpoint: where the access token comes from.",
    )


def scope(endpoint: TokenEndpoint) -> Variable:
    """Return the variable that holds the scopes to ask for (RFC 6749 section 3.3)."""
    return Variable(
        name=endpoint.variable("scope"),
        value=(" ".join(endpoint.scopes).replace("{", "").replace("}", ""),),
        description="The scopes that the operations use, separated by spaces.",
    )


def _description(endpoint: TokenEndpoint) -> str:
    names = f"`{endpoint.variable('client_id')}` and `{endpoint.variable('client_secret')}`"
    return (
        f"Gets an access token with the OAuth 2.0 client credentials grant, for {names}, and stores it in "
        f"`{endpoint.variable('access_token')}`.\n\nThere is no need to send this by hand: before each request that "
        "needs a token, the collection fetches one if it is missing or about to expire."
    )
