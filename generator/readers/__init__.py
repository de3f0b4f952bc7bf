"""From a valid document to the API model: one reader for each version, and after them nobody asks for the version."""

from collections.abc import Container, Mapping

from generator.document import SpecificationVersion
from generator.findings import Checked, Place
from generator.json_values import JsonObject
from generator.model import Api
from generator.readers.base import Reading, below
from generator.readers.beyond import Exemplified, exemplified
from generator.readers.openapi3 import Dialect, read_openapi3
from generator.readers.schemas import translate_2020, translate_openapi30
from generator.readers.swagger2 import read_swagger2
from generator.validation import ValidDocument
from generator.validation.rules.sendable import operations_left_out
from generator.validation.walk import Visit

_SIBLINGS = frozenset({"summary", "description"})

_DIALECTS = {
    SpecificationVersion.V3_0: Dialect(translate=translate_openapi30),
    SpecificationVersion.V3_1: Dialect(translate=translate_2020, siblings=_SIBLINGS),
    SpecificationVersion.V3_2: Dialect(translate=translate_2020, siblings=_SIBLINGS),
}


def read_beyond(
    valid: ValidDocument, known: Container[Place]
) -> tuple[tuple[Exemplified, ...], Mapping[str, JsonObject | bool]]:
    """Return what has examples that are not at any of the `known` places, and the definitions that it refers to."""
    document = valid.document
    if document.version is SpecificationVersion.V2_0:
        reading = Reading.of(document, translate_openapi30)
    else:
        dialect = _DIALECTS[document.version]
        reading = Reading.of(document, dialect.translate, dialect.siblings)
    unknown = (visit for visit in valid.visits if visit.uri == document.uri and not _is_known(visit, known, reading))
    return tuple(exemplified(reading, unknown)), reading.schemas.definitions


def _is_known(visit: Visit, known: Container[Place], reading: Reading) -> bool:
    """Tell whether the object has no example, or the first of them is at one of the `known` places."""
    node = visit.node
    if "example" in node:
        return below(visit.place, "example") in known
    if "examples" not in node:
        return True
    if isinstance(node["examples"], list):
        return below(visit.place, "examples", 0) in known
    return any(example.place in known for example in reading.examples(node, visit.place)[:1])


def read(valid: ValidDocument) -> Checked[Api]:
    """Return the model of `valid`, without the operations that validation found broken.

    Lenient: what validation has reported is read by a stated rule or left out; nothing makes this fail.
    """
    document = valid.document
    if document.version is SpecificationVersion.V2_0:
        api = read_swagger2(document, valid.broken_operations)
    else:
        api = read_openapi3(document, valid.broken_operations, _DIALECTS[document.version])
    if api.left_out is None:
        return Checked(api)
    first = api.left_out
    return Checked(api, (operations_left_out.left_out(first.place, f"{first.method} {first.path}"),))
