"""What a client that sends forms cannot say of the parts of a multipart body."""

from collections.abc import Iterator

from generator.findings import Finding
from generator.model import MediaType
from generator.request.media_types import essence
from generator.vocabulary import MULTIPART


def uncarried_parts(media_type: MediaType) -> Iterator[Finding]:
    """Say what of a multipart body neither Postman nor curl's forms send as the document has it."""
    from generator.validation.rules.conversion import multipart_kind, multipart_positions, part_header

    if essence(media_type.name) != MULTIPART:
        yield multipart_kind.RULE.finding(
            media_type.place,
            f"A body of `{media_type.name}` is sent as multipart/form-data.",
            "Send another media type, if the API takes one, or write the body into a file.",
        )
    if media_type.positional:
        yield multipart_positions.RULE.finding(
            media_type.place,
            "Parts that are told apart by their places get names.",
            "Describe the parts by name, with `properties` and `encoding`, if the API takes them so.",
        )
    for name, encoding in media_type.encoding.items():
        for header in encoding.headers:
            yield part_header.RULE.finding(
                header.place,
                f"The header `{header.name}` of the part `{name}` is not sent.",
                "Do not ask for it, or write the body into a file.",
            )
