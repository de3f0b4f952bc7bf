"""Saved responses: what the document says that the API answers, with sample bodies."""

import http

from generator.findings import Finding
from generator.model import MediaType, Operation, Parameter, Response
from generator.request.bodies import BodyFiller
from generator.request.literals import clean_text
from generator.request.media_types import acceptable_name, preferred, sendable_name
from generator.request.serialization import header_text
from generator.request.values import Field, SavedResponse
from generator.samples import Direction, Sampler


def fill_responses(
    operation: Operation, filler: BodyFiller, sampler: Sampler, findings: list[Finding]
) -> tuple[SavedResponse, ...]:
    """Return one saved response for each media type of each described response."""
    saved: list[SavedResponse] = []
    for response in operation.responses:
        headers = tuple(_header(header, sampler, findings) for header in response.headers)
        media_types = response.media_types or (None,)
        saved.extend(
            _saved(response, operation, media_type, headers, filler, several=len(media_types) > 1)
            for media_type in media_types
        )
    return tuple(saved)


def accepted_media_type(operation: Operation) -> str | None:
    """Return what the client asks for in Accept: the media type of the first response that means success."""
    for response in operation.responses:
        if response.status.startswith("2") and response.media_types:
            media_type = preferred(response.media_types)
            return acceptable_name(media_type.name) if media_type else None
    return None


def _saved(
    response: Response,
    operation: Operation,
    media_type: MediaType | None,
    headers: tuple[Field, ...],
    filler: BodyFiller,
    *,
    several: bool,
) -> SavedResponse:
    status = _status(response.status, operation)
    content_type = sendable_name(media_type.name) if media_type else None
    described = " ".join(response.description.split())
    label = f"{response.status} {described or _reason(status)}".strip()[:120].rstrip()
    return SavedResponse(
        name=f"{label} ({content_type})" if several else label,
        status=status,
        reason=_reason(status),
        headers=headers,
        content_type=content_type,
        body=filler.text_body(media_type, Direction.RESPONSE) if media_type else None,
    )


def _status(status: str, operation: Operation) -> int:
    """Return a code for `status`: a range's first, and for `default` what the others leave to it."""
    if status.isascii() and status.isdigit() and len(status) == 3:
        return int(status)
    if status[:1] in set("12345") and status[1:].upper() == "XX":
        return int(status[0]) * 100
    success = any(response.status.startswith("2") for response in operation.responses)
    return 500 if success else 200


def _reason(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _header(header: Parameter, sampler: Sampler, findings: list[Finding]) -> Field:
    sample = sampler.sample(header.schema, header.examples, direction=Direction.RESPONSE, name=header.name)
    findings.extend(sample.findings)
    text = header_text(sample.value, explode=header.explode)
    return Field(
        name=header.name,
        value=(clean_text(text, header.place, findings, header=True),),
        description=header.description,
    )
