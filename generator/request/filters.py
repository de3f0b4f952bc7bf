"""Which operations a user wants and in which folders they go, and the refusal where that fits nothing."""

import fnmatch
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.findings import UsageError
from generator.model import Api, Example, MediaType, Operation, Parameter
from generator.option_values import Folders

_NAMED = 20
"""How many names a message lists."""


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

    def passes(self, operation: Operation) -> bool:
        """Tell whether `operation` is wanted."""
        if self.tags and not set(self.tags) & set(operation.tags):
            return False
        if self.operations and operation.operation_id not in self.operations:
            return False
        if self.methods and operation.method.upper() not in {method.upper() for method in self.methods}:
            return False
        return not self.paths or any(fnmatch.fnmatchcase(operation.path, pattern) for pattern in self.paths)


class RequestOptions(Filters, frozen=True, kw_only=True):
    """Which operations become requests, and how they are put into folders."""

    folders: Folders = Folders.TAGS


def wanted(api: Api, filters: Filters) -> list[Operation]:
    """Return the operations that pass, in order.

    Raises UsageError where there are some and none passes, or where none of those that pass has the example or the
    media type that was asked for; the message says what there is.
    """
    passed = [operation for operation in api.operations if filters.passes(operation)]
    if api.operations and not passed:
        raise UsageError(_nothing_passes(api, filters))
    _check_choices(passed, filters)
    return passed


def _nothing_passes(api: Api, filters: Filters) -> str:
    """Return that no operation is wanted, with what there is to choose from."""
    there = (
        ("--tag", filters.tags, dict.fromkeys(tag for operation in api.operations for tag in operation.tags)),
        ("--operation", filters.operations, dict.fromkeys(o.operation_id for o in api.operations if o.operation_id)),
        ("--method", filters.methods, dict.fromkeys(operation.method for operation in api.operations)),
        ("--path", filters.paths, dict.fromkeys(operation.path for operation in api.operations)),
    )
    asked = " ".join(f"{flag} {value}" for flag, values, _ in there for value in values)
    offered = "; ".join(_offered(flag, list(names)) for flag, values, names in there if values)
    return f"{asked}: no operation matches; {offered}"


def _offered(flag: str, names: Sequence[str]) -> str:
    kind = {"--tag": "tag", "--operation": "operationId", "--method": "method", "--path": "path"}[flag]
    if not names:
        return f"no operation of the document has {'an' if kind == 'operationId' else 'a'} {kind}"
    further = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"the document's {kind}s are {', '.join(names[:_NAMED])}{further}"


def _check_choices(operations: Sequence[Operation], filters: Filters) -> None:
    """Raise UsageError where none of `operations` has the example or the media type that was asked for."""
    bodies = [media_type for operation in operations if operation.body for media_type in operation.body.media_types]
    media_types = dict.fromkeys(media_type.name for media_type in bodies)
    if filters.media_type is not None and filters.media_type not in media_types:
        offered = f"there is: {', '.join(media_types)}" if media_types else "no operation has a body"
        raise UsageError(f"--media-type {filters.media_type}: no body is offered so; {offered}")
    names = dict.fromkeys(example.name for operation in operations for example in _examples(operation) if example.name)
    if filters.example is not None and filters.example not in names:
        offered = f"there is: {', '.join(list(names)[:_NAMED])}" if names else "no example has a name"
        raise UsageError(f"--example {filters.example}: there is no example of this name; {offered}")


def _examples(operation: Operation) -> Iterator[Example]:
    """Yield all of the author's examples in an operation."""
    owners: list[MediaType | Parameter] = [*operation.parameters]
    owners += operation.body.media_types if operation.body else ()
    for response in operation.responses:
        owners += response.media_types
    for owner in owners:
        yield from owner.examples
