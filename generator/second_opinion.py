"""What openapi-spec-validator says of a document, beside what we say. Imported only where that is asked for."""

import subprocess
import sys
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from generator.document import Document
from generator.findings import Finding, Place, Speaker
from generator.reference_validator import Answer, Opinion, Question
from generator.validation.rules.reading.second_opinion import RULE

MOST_SECONDS = 60.0
"""How long it may take: some documents it would not finish within a day."""

MOST_BYTES = 4 << 30
"""How much memory it may take, where the system can hold it to that."""

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from generator.reference_validator import main; main()"


def with_second_opinion(
    document: Document, allowed_secrets: tuple[str, ...], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield `findings`, each with who says it, and what openapi-spec-validator alone says.

    `allowed_secrets` are patterns of texts that stay as they are, where others with live secrets are made harmless.
    Where it did not come to its end, nobody knows what it would have said: what it did not say is nobody's alone.
    """
    answer = asked(document, allowed_secrets)
    alone = (Speaker.OURS,) if answer.complete else ()
    agreed: set[Opinion] = set()
    for finding in findings:
        same = [opinion for opinion in answer.opinions if opinion.agrees(finding)]
        agreed.update(same)
        yield replace(finding, said_by=(Speaker.OURS, Speaker.REFERENCE) if same else alone)
    for opinion in answer.opinions:
        if opinion not in agreed:
            yield Finding(
                rule=RULE.name,
                severity=RULE.severity,
                message=f"openapi-spec-validator says: {opinion.message}",
                why=RULE.reason,
                hint="Judge it by the specification; it is sometimes stricter than that.",
                place=opinion.place,
                said_by=(Speaker.REFERENCE,),
            )


def asked(document: Document, allowed_secrets: tuple[str, ...] = ()) -> Answer:
    """Return what it says of `document`, asked in a process of its own, which is ended where it takes too long."""
    sources = {uri: resource.source for uri, resource in document.resources.items()}
    question = Question(
        sources=sources,
        entry=document.uri,
        absent=dict(document.absent),
        allowed=allowed_secrets,
        most_bytes=MOST_BYTES,
    )
    try:
        done = subprocess.run(  # noqa: S603 -- this very Python, with a program of ours
            [sys.executable, "-c", _PROGRAM, *sys.path],
            input=msgspec.msgpack.encode(question),
            capture_output=True,
            check=True,
            timeout=MOST_SECONDS,
        )
        return msgspec.msgpack.decode(done.stdout, type=Answer)
    except subprocess.TimeoutExpired:
        return _unanswered(document, f"nothing, since it was ended after {MOST_SECONDS:g} seconds.")
    except (OSError, subprocess.CalledProcessError, msgspec.MsgspecError) as error:
        return _unanswered(document, f"nothing, since its process failed ({type(error).__name__}).")


def _unanswered(document: Document, message: str) -> Answer:
    opinion = Opinion(message=message, place=Place(document.uri, ""), rules=frozenset())
    return Answer(opinions=(opinion,), complete=False)
