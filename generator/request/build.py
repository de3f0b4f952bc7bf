"""From operations to requests, in the order and the folders in which a user meets them."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from generator.auth import AuthPlan, OperationAuth
from generator.findings import Checked, Finding
from generator.model import Api, Operation
from generator.option_values import Folders
from generator.request.bodies import BodyFiller
from generator.request.credentials import credentials
from generator.request.descriptions import describe_operation
from generator.request.filters import Filters, RequestOptions, wanted
from generator.request.folders import FolderPlan
from generator.request.incoming import incoming_id, incoming_request
from generator.request.literals import is_token
from generator.request.parameters import fill_parameters
from generator.request.responses import accepted_media_type, fill_responses
from generator.request.sequences import sampled_schemas
from generator.request.token import token_id, token_request
from generator.request.values import Field, MultipartBody, Request, RequestBody, Url, content_type
from generator.samples import Sampler
from generator.servers import ServerPlan
from generator.validation.rules.sendable import operations_left_out


def build_requests(
    api: Api, plan: AuthPlan, servers: ServerPlan, options: RequestOptions
) -> Checked[tuple[Request, ...]]:
    """Return the requests that get tokens, then one request for each operation that the filters let pass.

    Raises UsageError where the filters let none pass, or where no operation has the example or the media type that was
    asked for.
    """
    tokens = {endpoint.operation for endpoint in plan.token_endpoints} - {None}
    passed = wanted(api, options)
    operations = [operation for operation in _sendable(passed) if operation.place not in tokens]
    if options.folders is Folders.TAGS:
        operations.sort(key=FolderPlan.of(api, options.folders).rank)
    schemas = sampled_schemas([*passed, *api.incoming])
    sampler = Sampler(api.definitions, schemas, uri=api.place.uri, example=options.example)
    builder = _Builder(api, plan, servers, options, sampler)
    builder.findings += [_unsendable(o) for o in (*passed, *api.incoming) if not is_token(o.method)]
    requests = builder.requests(operations)
    requests = _with_unique_names(operations[: len(requests)], requests)
    needed = [e for e in plan.token_endpoints if not _filtered(options) or builder.uses(e.suffix, operations)]
    described = {operation.place: builder.request(operation) for operation in passed if operation.place in tokens}
    fetching = (token_request(e, api, described.get(e.operation) if e.operation else None) for e in needed)
    return Checked((*fetching, *requests, *builder.incoming()), tuple(builder.findings))


def _filtered(options: Filters) -> bool:
    return bool(options.tags or options.paths or options.operations or options.methods)


def _with_unique_names(operations: list[Operation], requests: list[Request]) -> list[Request]:
    """Lengthen names that occur twice by method and path, so that each names one request."""
    counted = Counter(request.name for request in requests)
    return [
        replace(request, name=f"{request.name} ({operation.method} {operation.path})")
        if counted[request.name] > 1
        else request
        for operation, request in zip(operations, requests, strict=True)
    ]


class _Builder:
    """Builds the requests of one API; what is to be said on the way gathers in `findings`."""

    def __init__(
        self, api: Api, plan: AuthPlan, servers: ServerPlan, options: RequestOptions, sampler: Sampler
    ) -> None:
        self.findings: list[Finding] = []
        self._api = api
        self._plan = plan
        self._servers = servers
        self._options = options
        self._folders = FolderPlan.of(api, options.folders)
        self._sampler = sampler
        self._bodies = BodyFiller(api.definitions, self._sampler, self.findings, options.media_type)
        taken = [*map(token_id, plan.token_endpoints), *map(incoming_id, api.incoming)]
        self._left = operations_left_out.text_allowed(api.size)
        self._ids = Counter([*taken, *(name for o in api.operations for name in {_signature(o), o.operation_id})])

    def uses(self, suffix: str, operations: list[Operation]) -> bool:
        """Tell whether any of `operations` carries a token of the endpoint with `suffix`."""
        endpoints = (self._auth(operation).token_endpoint for operation in operations)
        return any(endpoint is not None and endpoint.suffix == suffix for endpoint in endpoints)

    def incoming(self) -> list[Request]:
        """Return the requests that the API itself sends, where no filter asks for some operations only."""
        if _filtered(self._options):
            return []
        taken = frozenset(name for operation in self._api.operations for name in operation.tags)
        operations = _sendable(self._api.incoming)
        requests = self.requests(operations)
        sent = zip(operations[: len(requests)], requests, strict=True)
        return [incoming_request(operation, request, taken) for operation, request in sent]

    def requests(self, operations: Iterable[Operation]) -> list[Request]:
        """Return the requests of `operations`, up to the first that makes them too large together, and say so."""
        built: list[Request] = []
        for operation in operations:
            if self._left >= 0:
                request = self.request(operation)
                self._left -= _size(request)
            if self._left < 0:
                self.findings.append(operations_left_out.left_out(operation.place, _signature(operation)))
                break
            built.append(request)
        return built

    def request(self, operation: Operation) -> Request:
        """Return the request of `operation`."""
        parameters = fill_parameters(operation, self._sampler, self.findings)
        auth = self._auth(operation)
        checked = credentials(self._api, self._plan, operation, self._servers.default)
        self.findings.extend(checked.findings)
        security = checked.value
        body = self._bodies.request_body(operation.body)
        sent = operation.body is None or operation.body.media_types_declared or operation.body.required
        if not sent:
            self.findings.append(_undeclared_media_type(operation))
        signature = _signature(operation)
        base = (self._servers.base_of(operation),)
        identified = operation.operation_id if self._ids[operation.operation_id] == 1 else None
        return Request(
            id=identified or signature,
            name=" ".join((operation.summary or operation.operation_id or signature).split()),
            method=operation.method,
            url=Url(
                base=base,
                path=parameters.path,
                query=(*parameters.query, *security.query),
            ),
            place=operation.place,
            folder=self._folders.of_operation(operation),
            description=describe_operation(operation, auth, parameters.path),
            deprecated=operation.deprecated,
            headers=(*self._content_headers(operation, body, enabled=sent), *parameters.headers, *security.headers),
            cookies=(*parameters.cookies, *security.cookies),
            body=body,
            body_enabled=sent,
            follow_redirects=not any(response.status.startswith("3") for response in operation.responses),
            authorization=security.authorization,
            responses=fill_responses(operation, body, self._bodies, self._sampler, self.findings),
        )

    def _content_headers(self, operation: Operation, body: RequestBody | None, *, enabled: bool) -> list[Field]:
        """Return Accept and Content-Type; media types that are written the same way are offered beside the latter."""
        headers = []
        accepted = accepted_media_type(operation)
        if accepted:
            headers.append(Field(name="Accept", value=(accepted,)))
        if body is not None and not isinstance(body, MultipartBody):
            headers.append(Field(name="Content-Type", value=(content_type(body),), enabled=enabled))
            headers.extend(
                Field(name="Content-Type", value=(name,), enabled=False, description="The API accepts this too.")
                for name in self._bodies.equal_media_types(operation.body)
            )
        return headers

    def _auth(self, operation: Operation) -> OperationAuth:
        return self._plan.operations.get(operation.place, OperationAuth())


def _signature(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _size(request: Request) -> int:
    """Return about how many bytes a request comes to."""
    try:
        return len(msgspec.json.encode(request))
    except UnicodeEncodeError:  # half a surrogate pair
        return len(repr(request))


def _sendable(operations: Iterable[Operation]) -> list[Operation]:
    return [operation for operation in operations if is_token(operation.method)]


def _unsendable(operation: Operation) -> Finding:
    from generator.validation.rules.conversion import method_name

    return method_name.RULE.finding(
        operation.place,
        f"The method {operation.method!r} of {operation.path} cannot be sent; the operation is left out.",
        "Correct the name of the method: letters, digits and !#$%&'*+-.^_`|~ can stand there.",
    )


def _undeclared_media_type(operation: Operation) -> Finding:
    from generator.validation.rules.sendable import body_media_type

    return body_media_type.RULE.finding(
        operation.place,
        f"{operation.method} {operation.path} names no media type for its body; it is not sent.",
        "Add `consumes: [application/json]`, or enable the body in Postman.",
    )
