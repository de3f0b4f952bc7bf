"""What openapi-spec-validator says of a document, beside what we say. Imported only where that is asked for."""

import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.document import Document, SpecificationVersion
from generator.findings import Finding, Place, Speaker
from generator.json_values import JsonValue, pointer_join
from generator.references import Unresolvable, resolve
from generator.validation.rule import Family
from generator.validation.rules.catalogue import RULES
from generator.validation.rules.reading.second_opinion import RULE
from generator.wording import shortened, shortened_value

_ROOT = "file:///" + "up/" * 64
"""Where relative paths of files begin for it, so deep that no `..` leads out; nothing is read from there."""

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
    """One thing that it says. `rules` are those of ours that would say the same, `names` what both would name.

    `wide`: the cause may be anywhere in the object at `place`, since several alternatives failed there.
    """

    message: str
    place: Place
    rules: frozenset[str]
    names: tuple[str, ...] = ()
    wide: bool = False

    def agrees(self, finding: Finding) -> bool:
        """Tell whether `finding` says the same: of the same matter, at the same object or a member of it."""
        if finding.rule not in self.rules:
            return False
        if self.names and not any(f"`{name}`" in finding.message for name in self.names):
            return False
        here, there = self.place.pointer, finding.place.pointer
        near = here == there or here == there.rpartition("/")[0] or there == here.rpartition("/")[0]
        return self.place.uri == finding.place.uri and (near or (self.wide and there.startswith(f"{here}/")))


def with_second_opinion(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield `findings`, each with who says it, and what openapi-spec-validator alone says.

    Nothing is read for it: what the document refers to it gets from the document.
    """
    opinions = list(dict.fromkeys(_opinions(document)))
    agreed: set[Opinion] = set()
    for finding in findings:
        same = [opinion for opinion in opinions if opinion.agrees(finding)]
        agreed.update(same)
        yield replace(finding, said_by=(Speaker.OURS, Speaker.REFERENCE) if same else (Speaker.OURS,))
    for opinion in opinions:
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


def _opinions(document: Document) -> Iterator[Opinion]:
    """Yield what it says; where it fails, that it did, since it says nothing further then."""
    validator = _validator(document)
    try:
        for error in validator.schema_validator.iter_errors(document.root):
            yield _opinion(document, error, tuple(error.absolute_path))
        for error in validator.root_validator(validator.schema_path):
            yield _opinion(document, error, getattr(error, "at", ()))
    except Exception as error:  # noqa: BLE001 -- whatever it stumbles over, our own findings are to be told
        yield _failure(document, error)


def _opinion(document: Document, error: Any, tokens: tuple[str | int, ...]) -> Opinion:
    text = str(error.message).partition("\n\n")[0]  # below it stand the schema and the whole object
    offending = repr(getattr(error, "instance", None))
    if text.startswith(offending):
        text = shortened_value(offending) + text.removeprefix(offending)
    kind = type(error).__name__
    rules = _BY_CLASS.get(kind) or next((rules for words, rules in _BY_WORDS if words in text), None)
    rules = frozenset() if kind == "ExtraParametersError" else rules or _COMPARABLE
    return Opinion(
        message=_sentence(text),
        place=_place(document, tokens),
        rules=rules,
        names=tuple(re.findall(r"'([^']*)'", text)[:1]) if rules != _COMPARABLE else (),
        wide=_ALTERNATIVES.search(text) is not None,
    )


def _failure(document: Document, error: Exception) -> Opinion:
    reference = str(getattr(error, "ref", ""))
    text = " ".join(str(error).split()) or "no reason given"
    return Opinion(
        message=_sentence(f"nothing further, since it failed here ({type(error).__name__}: {text})"),
        place=Place(document.uri, ""),
        rules=frozenset({"reference-resolves"}) if reference else frozenset(),
        names=_spellings(reference),
        wide=True,
    )


def _spellings(reference: str) -> tuple[str, ...]:
    """Return how a reference that it could not follow may stand in the document."""
    pointer = "#" + reference.rpartition("#")[2]
    return (reference, pointer, urllib.parse.unquote(pointer)) if reference else ()


def _sentence(text: str) -> str:
    if several := _ALTERNATIVES.search(text):
        text = f"what stands here is {several[1]} of several forms"
    short = shortened(text)
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
