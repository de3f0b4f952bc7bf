"""From a valid document to the API model: one reader for each version, and after them nobody asks for the version."""

from generator.document import SpecificationVersion
from generator.findings import Checked
from generator.model import Api
from generator.readers.openapi3 import Dialect, read_openapi3
from generator.readers.schemas import translate_2020, translate_openapi30
from generator.readers.swagger2 import read_swagger2
from generator.validation import ValidDocument

_SIBLINGS = frozenset({"summary", "description"})
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})

_DIALECTS = {
    SpecificationVersion.V3_0: Dialect(methods=_METHODS, translate=translate_openapi30),
    SpecificationVersion.V3_1: Dialect(methods=_METHODS, translate=translate_2020, siblings=_SIBLINGS),
    SpecificationVersion.V3_2: Dialect(methods=_METHODS | {"query"}, translate=translate_2020, siblings=_SIBLINGS),
}


def read(valid: ValidDocument) -> Checked[Api]:
    """Return the model of `valid`, without the operations that validation found broken.

    Lenient: what validation has reported is read by a stated rule or left out; nothing makes this fail.
    """
    document = valid.document
    if document.version is SpecificationVersion.V2_0:
        return Checked(read_swagger2(document, valid.broken_operations))
    return Checked(read_openapi3(document, valid.broken_operations, _DIALECTS[document.version]))
