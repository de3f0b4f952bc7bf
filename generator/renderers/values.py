"""What renderers read and what they make."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from generator.auth import AuthPlan
from generator.model import Api
from generator.option_types import check_types
from generator.option_values import Credentials, Tabs
from generator.request.token import token_url
from generator.request.values import BearerToken, Request, RequestPurpose
from generator.servers import ServerPlan


class Look(Struct, frozen=True, kw_only=True):
    """What a page looks like: whose words stand for credentials, how tabs are written, a house's own CSS, templates."""

    credentials: Credentials = Credentials.VARIABLES
    tabs: Tabs = Tabs.PLAIN
    theme: str = ""
    templates: str | None = None

    def __post_init__(self) -> None:
        check_types(self)
        if self.templates is None and not self.theme:
            return
        from generator.renderers.templating import check_css, check_own

        check_css(self.theme, "theme")
        if self.templates is not None:
            check_own(self.templates)


class Prepared(Struct, frozen=True, kw_only=True):
    """A document made ready for renderers: its model, what is planned, its requests in order, and how pages look."""

    api: Api
    plan: AuthPlan
    servers: ServerPlan
    requests: tuple[Request, ...]
    look: Look = Look()

    @property
    def sendable(self) -> tuple[Request, ...]:
        """Return the requests that a user sends; the others come from the API, as callbacks and webhooks do."""
        return tuple(request for request in self.requests if request.purpose is not RequestPurpose.INCOMING)

    @property
    def fetching(self) -> tuple[Request, ...]:
        """Return the requests that get a token which another one carries: those that have to be sent first."""
        auths = [request.authorization for request in self.sendable]
        carried = {auth.token.name for auth in auths if isinstance(auth, BearerToken)}
        addresses = [(token_url(e),) for e in self.plan.token_endpoints if e.variable("access_token") in carried]
        tokens = (request for request in self.requests if request.purpose is RequestPurpose.TOKEN)
        return tuple(request for request in tokens if request.url.base in addresses)


class Page(Struct, frozen=True, kw_only=True):
    """A page as text, and the texts of files that have to lie beside it, by their names."""

    text: str
    files: Mapping[str, str] = msgspec.field(default_factory=dict)
