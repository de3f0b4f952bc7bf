"""Saved responses: what the document says that the API answers, with each of the author's examples."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding
from generator.model import Example, Operation, Parameter, Response
from generator.request.bodies import BodyFiller
from generator.request.literals import clean_text
from generator.request.media_types import acceptable_name, preferred, sendable_name
from generator.request.serialization import header_text
from generator.request.values import Field, RequestBody, SavedResponse
from generator.samples import Direction, Sampler

_LONGEST_NAME = 120


class _Saver(Struct, frozen=True):
    """Saves the responses of one operation; what is to be said on the way goes to `findings`."""

    operation: Operation
    filler: BodyFiller
    sampler: Sampler
    findings: list[Finding]

    def responses(self) -> Iterator[SavedResponse]:
        """Yield a saved response for each example of each media type of each described response."""
        for response in self.operation.responses:
            status = _status(response.status, self.operation)
            described = " ".join(response.description.split())
            plain = SavedResponse(
                name=f"{response.status} {described or _reason(status)}".strip()[:_LONGEST_NAME].rstrip(),
                status=status,
                reason=_reason(status),
                headers=tuple(self._header(header) for header in response.headers),
            )
            yield from self._with_bodies(plain, response) if response.media_types else (plain,)

    def _with_bodies(self, plain: SavedResponse, response: Response) -> Iterator[SavedResponse]:
        for media_type in response.media_types:
            name = sendable_name(media_type.name)
            label = f"{plain.name} ({name})" if len(response.media_types) > 1 else plain.name
            examples = media_type.examples or (None,)
            for example in examples:
                one = media_type if example is None else replace(media_type, examples=(example,))
                unknown = media_type.dangling and example is None  # nobody knows what it looks like
                yield replace(
                    plain,
                    name=f"{label}: {_title(example)}" if example is not None and len(examples) > 1 else label,
                    content_type=name,
                    body=None if unknown else self.filler.text_body(one, Direction.RESPONSE),
                )

    def _header(self, header: Parameter) -> Field:
        sample = self.sampler.sample(header.schema, header.examples, direction=Direction.RESPONSE, name=header.name)
        self.findings.extend(sample.findings)
        text = header_text(sample.value, header.style, explode=header.explode)
        return Field(
            name=header.name,
            value=(clean_text(text, header.place, self.findings, header=True),),
            description=header.description,
        )


def fill_responses(
    operation: Operation, body: RequestBody | None, filler: BodyFiller, sampler: Sampler, findings: list[Finding]
) -> tuple[SavedResponse, ...]:
    """Return the saved responses of `operation`, then one for each variant of its request beside `body`.

    A variant is another of the author's examples, or another media type; what answers it is the response whose example
    has the same name, else the first that means success.
    """
    saved = tuple(_Saver(operation, filler, sampler, findings).responses())
    variants = filler.variants(operation.body, body)
    if not variants:
        return saved
    answer = next((response for response in saved if response.status < 300), saved[0] if saved else _unsaid())
    answered = tuple(
        replace(_answer(saved, label) or answer, name=_variant_name(answer, label), request_body=variant)
        for label, variant in variants
    )
    return (*saved, *answered)


def accepted_media_type(operation: Operation) -> str | None:
    """Return what the client asks for in Accept: the media type of the first response that means success."""
    for response in operation.responses:
        if response.status.startswith("2") and response.media_types:
            media_type = preferred(response.media_types)
            return acceptable_name(media_type.name) if media_type else None
    return None


def _title(example: Example) -> str:
    return " ".join((example.summary or example.name or "example").split())[:_LONGEST_NAME]


def _answer(saved: tuple[SavedResponse, ...], label: str) -> SavedResponse | None:
    return next((response for response in saved if response.name.endswith(f": {label}")), None)


def _variant_name(answer: SavedResponse, label: str) -> str:
    return f"{answer.name.partition(': ')[0]} – request: {label}"


def _unsaid() -> SavedResponse:
    return SavedResponse(name="200 OK", status=200, reason="OK")


def _status(status: str, operation: Operation) -> int:
    """Return a code for `status`: a range's first, and for `default` what the others leave to it."""
    if status.isascii() and status.isdigit() and len(status) == 3:
        return int(status)
    if status[:1] in set("12345") and status[1:].upper() == "XX":
        return int(status[0]) * 100
    success = any(response.status.startswith("2") for response in operation.responses)
    return 500 if success else 200


def _reason(status: int) -> str:
    import http

    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""
