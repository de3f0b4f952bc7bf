"""What a rule is: a name, the kinds of object it looks at, and a check that yields problems."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from generator.document import Document
from generator.findings import Severity
from generator.json_values import JsonObject
from generator.validation.walk import Kind, Visit


class Problem(Struct, frozen=True, kw_only=True):
    """What a rule found at one object; `pointer` empty: at the object itself."""

    message: str
    hint: str
    pointer: str = ""
    severity: Severity | None = None


class Context(Struct, frozen=True):
    """What a check may look up beside the object.

    The document and its security schemes; which kind is at a pointer; which operation has an id first; which
    references some request needs in vain; the parameters of an operation with where they are listed.
    """

    document: Document
    schemes: JsonObject
    kinds: Mapping[str, Kind]
    operation_ids: Mapping[str, str]
    needed: frozenset[str]
    parameters: Callable[[Visit], Iterable[tuple[JsonObject, str]]]


Check: TypeAlias = "Callable[[Visit, Context], Iterable[Problem]]"


class Rule(Struct, frozen=True, kw_only=True):
    """One rule. `why` says why it matters, with the section of the specification."""

    name: str
    severity: Severity
    kinds: tuple[Kind, ...]
    why: str
    check: Check
