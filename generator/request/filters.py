"""Which operations are wanted, and in which folders they go."""

from msgspec import Struct

from generator.request.folders import Folders


class Filters(Struct, frozen=True, kw_only=True):
    """Which operations are wanted: by tag, path, operationId, method; empty ones let all pass.

    `example` is the name of the author's examples to take, `media_type` that of bodies, each where it is there.
    """

    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    example: str | None = None
    media_type: str | None = None


class RequestOptions(Filters, frozen=True, kw_only=True):
    """Which operations become requests, and how they are put into folders."""

    folders: Folders = Folders.TAGS
