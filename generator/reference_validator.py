"""What openapi-spec-validator says of a document. `second_opinion` runs it in a process of its own."""

import contextlib
import posixpath
import re
import sys
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from generator.document import Absence, Document, Source, SpecificationVersion, parse
from generator.findings import Finding, Place, Severity
from generator.json_values import JsonValue, pointer_join
from generator.references import Unresolvable, resolve
from generator.validation.complaints import Complaint, complaints_of, mentions
from generator.validation.rule import Family
from generator.validation.rules.catalogue import RULES
from generator.validation.secrets import without_live_secrets
from generator.wording import without_long_values

_ROOT = "file:///" + "up/" * 64
"""Where relative paths of files begin for it, so deep that no `..` leads out; nothing is read from there."""

_Path: TypeAlias = tuple[str | int, ...]

_ALTERNATIVES = re.compile(r" is (not valid under any|valid under (?:each|more than one)) of the .*", re.DOTALL)
"""How an error ends that does not say which of several alternatives was meant; before it stands the whole object."""

_BY_CLASS = {
    "UnresolvableParameterError": frozenset({"path-parameters"}),
    "DuplicateOperationIDError": frozenset({"operation-id-unique"}),
    "ParameterDuplicateError": frozenset({"parameters-unique"}),
    "ExtraParametersError": frozenset[str](),
}
_BY_WORDS = (
    ("Duplicate tag name", frozenset({"tags-unique"})),
    ("references unknown parent", frozenset({"tag-parent"})),
    ("Circular tag", frozenset({"tag-parent"})),
)
"""Which rules of ours say the same as an error of its own making."""

_COMPARABLE = frozenset(rule.name for rule in RULES if rule.family is Family.OPENAPI or rule.conversion is not None)
"""The rules about what it looks at as well: valid OpenAPI."""


class Opinion(Struct, frozen=True, kw_only=True):
    """One thing that it says. `rules` are those of ours that would say the same.

    Each of the `complaints` may be the cause, since several alternatives can fail. `spellings` are those of a reference
    that it could not follow, wherever that stands.
    """

    message: str
    place: Place
    rules: frozenset[str]
    complaints: tuple[Complaint, ...] = ()
    spellings: tuple[str, ...] = ()

    def agrees(self, finding: Finding) -> bool:
        """Tell whether `finding` says the same."""
        if finding.rule not in self.rules:
            return False
        if self.spellings:
            return any(mentions(finding, spelling) for spelling in self.spellings)
        return any(complaint.is_told_by(finding) for complaint in self.complaints)


class Answer(Struct, frozen=True, kw_only=True):
    """All that it says; `complete`: it did not stop before its end."""

    opinions: tuple[Opinion, ...] = ()
    complete: bool = True


class Question(Struct, frozen=True, kw_only=True):
    """What it is asked of: a document, by what that is read from.

    `allowed` are patterns of what is no secret; `most_bytes` is how much memory the answer may take.
    """

    sources: dict[str, Source]
    entry: str
    absent: dict[str, Absence]
    allowed: tuple[str, ...] = ()
    most_bytes: int


def main() -> None:
    """Answer the question on standard input, on standard output."""
    question = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Question)
    _hold_to(question.most_bytes)
    document = parse(question.sources, question.entry, question.absent).value
    if document is None:
        answer = Answer(complete=False)
    else:
        answer = answered(without_live_secrets(document, question.allowed, Severity.WARNING).value)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def _hold_to(most_bytes: int) -> None:
    """Let this process have no more memory than that, where the system knows such a limit."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such module, macOS no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))


def answered(document: Document) -> Answer:
    """Return what it says of `document`; where it fails, that it did, since it says nothing further then.

    Nothing is read for it: what the document refers to it gets from the document.
    """
    found: dict[Opinion, None] = {}
    try:
        validator = _validator(document)
        found.update(dict.fromkeys(_of_schema(document, validator.schema_validator)))
        for error in validator.root_validator(validator.schema_path):
            found[_of_its_own(document, error)] = None
    except Exception as error:  # noqa: BLE001 -- whatever it stumbles over, our own findings are to be told
        return Answer(opinions=(*found, _failure(document, error)), complete=False)
    return Answer(opinions=tuple(found))


def _of_schema(document: Document, schema_validator: Any) -> Iterator[Opinion]:
    """Yield what it says by the official schema.

    Its errors do not tell what exactly they complain of; those of the validator that it uses do.
    """
    import jsonschema_rs

    exact = jsonschema_rs.validator_for(schema_validator.schema).iter_errors(document.root)
    details = {(tuple(error.instance_path), error.message): error for error in exact}
    for error in schema_validator.iter_errors(document.root):
        text = _first_paragraph(error)
        path = tuple(error.absolute_path)
        yield from _by_member(document, text, path, details.get((path, text)))


def _by_member(document: Document, text: str, path: _Path, detail: Any) -> Iterator[Opinion]:
    """Yield an opinion for each member that an error finds too many, or the one that it is."""
    place = _place(document, path)
    unexpected = [str(name) for name in getattr(detail.kind, "unexpected", ())] if detail is not None else []
    if len(unexpected) > 1:
        for name in unexpected:
            single = _sentence(f"{text.partition('(')[0]}('{name}' was unexpected)")
            complaint = Complaint(place=place, name=name)
            yield Opinion(message=single, place=place, rules=_COMPARABLE, complaints=(complaint,))
        return
    complaints = complaints_of(detail, document.uri).each if detail is not None else (Complaint(place=place),)
    yield Opinion(message=_sentence(text), place=place, rules=_COMPARABLE, complaints=complaints)


def _of_its_own(document: Document, error: Any) -> Opinion:
    """Return what an error says that is not by the official schema."""
    text, kind = _first_paragraph(error), type(error).__name__
    place = _place(document, getattr(error, "at", ()))
    rules = _BY_CLASS.get(kind) or next((rules for words, rules in _BY_WORDS if words in text), None)
    if kind == "ExtraParametersError":
        return Opinion(message=_sentence(text), place=place, rules=frozenset())
    names = re.findall(r"'([^']*)'", text) if rules else []
    complaint = Complaint(place=place, name=names[0] if names else None)
    return Opinion(message=_sentence(text), place=place, rules=rules or _COMPARABLE, complaints=(complaint,))


def _first_paragraph(error: Any) -> str:
    """Return the sentence of an error, below which stand the schema and the whole object."""
    return str(error.message).partition("\n\n")[0]


def _failure(document: Document, error: Exception) -> Opinion:
    reference = str(getattr(error, "ref", ""))
    text = " ".join(str(error).split()) or "no reason given"
    return Opinion(
        message=_sentence(f"nothing further, since it failed here ({type(error).__name__}: {text})"),
        place=Place(document.uri, ""),
        rules=frozenset({"reference-resolves"}) if reference else frozenset(),
        spellings=_spellings(reference),
    )


def _spellings(reference: str) -> tuple[str, ...]:
    """Return how a reference that it could not follow may stand in the document."""
    pointer = "#" + reference.rpartition("#")[2]
    return (reference, pointer, urllib.parse.unquote(pointer)) if reference else ()


def _sentence(text: str) -> str:
    if several := _ALTERNATIVES.search(text):
        text = f"what stands here is {several[1]} of several forms"
    short = without_long_values(text)
    return short if short.endswith(".") else f"{short}."


def _place(document: Document, tokens: Iterable[str | int]) -> Place:
    """Return where `tokens` lead: its ways go through references, ours end at them."""
    place = Place(document.uri, "")
    for token in tokens:
        node: JsonValue = document.node_at(place)
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = resolve(document, node["$ref"], place)
            if isinstance(target, Unresolvable):
                return place
            place, node = target.place, target.node
        below = Place(place.uri, pointer_join(place.pointer, token))
        inside = (isinstance(node, dict) and token in node) or (
            isinstance(node, list) and isinstance(token, int) and token < len(node)
        )
        if not inside:
            return place
        place = below
    return place


def _validator(document: Document) -> Any:
    """Return its validator of the document; its keyword validators tell where they found what they say."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator.validation import validators  # noqa: TID251 -- asked for, and only then

    classes = {
        SpecificationVersion.V2_0: validators.OpenAPIV2SpecValidator,
        SpecificationVersion.V3_0: validators.OpenAPIV30SpecValidator,
        SpecificationVersion.V3_1: validators.OpenAPIV31SpecValidator,
        SpecificationVersion.V3_2: validators.OpenAPIV32SpecValidator,
    }
    base = classes[document.version]
    placing = {name: _placing(kind, SchemaPath) for name, kind in base.keyword_validators.items()}
    kind: Any = type(base.__name__, (base,), {"keyword_validators": placing})
    handlers: Any = _Closure(document)
    return kind(SchemaPath.from_dict(document.root, base_uri=_absolute(document.uri), handlers=handlers))


def _placing(validator: Any, path_type: Any) -> type:
    """Return `validator` with the place in each of its errors, which it leaves out itself."""

    def call(self: Any, *arguments: Any, **named: Any) -> Iterator[Any]:
        path = next((argument for argument in arguments if isinstance(argument, path_type)), None)
        for error in validator.__call__(self, *arguments, **named):
            if path is not None and not hasattr(error, "at"):
                below = ("default",) if validator.__name__.endswith("ValueValidator") else ()
                error.at = (*path.parts, *below, *error.absolute_path)
            yield error

    return type(validator.__name__, (validator,), {"__call__": call})


def _absolute(uri: str) -> str:
    """Return a URI for what was read from `uri`."""
    if "://" in uri:
        return uri
    return "file://" + urllib.parse.quote(posixpath.normpath(posixpath.join(_ROOT.removeprefix("file://"), uri)))


class _Closure(Mapping[str, Callable[[str], JsonValue]]):
    """For whatever scheme, a reader that knows what was read before and nothing else.

    Without it references would be fetched from any file and any host.
    """

    def __init__(self, document: Document) -> None:
        self._trees = {_absolute(uri): resource.root for uri, resource in document.resources.items()}

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Callable[[str], JsonValue]:
        return self._read

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def _read(self, uri: str) -> JsonValue:
        return self._trees[uri.partition("#")[0]]
