"""What a client that sends forms cannot say of the parts of a multipart body."""

from collections.abc import Iterator

from generator.findings import Finding, Severity
from generator.model import MediaType
from generator.request.media_types import essence


def uncarried_parts(media_type: MediaType) -> Iterator[Finding]:
    """Say what of a multipart body neither Postman nor curl's forms send as the document has it."""
    if essence(media_type.name) != "multipart/form-data":
        yield Finding(
            rule="multipart-kind",
            severity=Severity.WARNING,
            message=f"A body of `{media_type.name}` is sent as multipart/form-data.",
            why="Postman and curl put together no other kind of multipart body (RFC 7578; RFC 2046, 5.1).",
            hint="Send another media type, if the API takes one, or write the body into a file.",
            place=media_type.place,
        )
    if media_type.positional:
        yield Finding(
            rule="multipart-positions",
            severity=Severity.WARNING,
            message="Parts that are told apart by their places get names.",
            why="Each part of a form has a name (RFC 7578, 4.2); `prefixEncoding` and `itemEncoding` are for others "
            "(OpenAPI 3.2, 4.14.3.3).",
            hint="Describe the parts by name, with `properties` and `encoding`, if the API takes them so.",
            place=media_type.place,
        )
    for name, encoding in media_type.encoding.items():
        for header in encoding.headers:
            yield Finding(
                rule="part-header",
                severity=Severity.WARNING,
                message=f"The header `{header.name}` of the part `{name}` is not sent.",
                why="A part of a form has a name, a file name and a media type in Postman, and no other headers.",
                hint="Do not ask for it, or write the body into a file.",
                place=header.place,
            )
