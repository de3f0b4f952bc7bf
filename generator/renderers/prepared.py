"""What every renderer reads."""

from msgspec import Struct

from generator.auth import AuthPlan
from generator.model import Api
from generator.renderers.look import Look
from generator.request.values import Request, RequestPurpose
from generator.servers import ServerPlan


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
