"""Words of other versions of OpenAPI than the one that the document says it is written in."""

from collections.abc import Iterable, Iterator

from generator.document import SpecificationVersion
from generator.findings import Severity
from generator.json_values import JsonObject
from generator.validation.rule import Context, Family, Problem, Rule
from generator.validation.walk import Kind, Visit

_OLD, _3_0, _3_1, _3_2 = SpecificationVersion
_ORDER = list(SpecificationVersion)

_SINCE: dict[SpecificationVersion, dict[Kind, tuple[str, ...]]] = {
    _3_0: {
        "document": ("components", "servers"),
        "path_item": ("servers", "trace", "summary", "description"),
        "operation": ("callbacks", "requestBody", "servers"),
        "parameter": ("content", "examples", "explode", "schema", "style"),
        "header": ("content", "examples", "explode", "style", "schema"),
        "response": ("content", "links"),
        "schema": ("anyOf", "deprecated", "not", "nullable", "oneOf", "writeOnly"),
    },
    _3_1: {
        "document": ("jsonSchemaDialect", "webhooks"),
        "info": ("summary",),
        "components": ("pathItems",),
        "schema": (
            "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "const", "contains", "contentEncoding",
            "contentMediaType", "contentSchema", "dependentRequired", "dependentSchemas", "else", "examples", "if",
            "maxContains", "minContains", "patternProperties", "prefixItems", "propertyNames", "then",
            "unevaluatedItems", "unevaluatedProperties",
        ),
    },
    _3_2: {
        "document": ("$self",),
        "components": ("mediaTypes",),
        "path_item": ("additionalOperations", "query"),
        "media_type": ("itemEncoding", "itemSchema", "prefixEncoding"),
        "example": ("dataValue", "serializedValue"),
        "tag": ("kind", "parent", "summary"),
        "server": ("name",),
        "response": ("summary",),
        "flows": ("deviceAuthorization",),
        "security_scheme": ("deprecated", "oauth2MetadataUrl"),
    },
}  # fmt: skip
"""The version in which members came."""

_UNTIL: dict[SpecificationVersion, dict[Kind, tuple[str, ...]]] = {
    _OLD: {
        "document": (
            "basePath", "consumes", "definitions", "host", "parameters", "produces", "responses", "schemes",
            "securityDefinitions",
        ),
        "operation": ("consumes", "produces", "schemes"),
        "parameter": ("collectionFormat", "type"),
        "header": ("collectionFormat", "type"),
        "response": ("examples", "schema"),
        "security_scheme": ("flow",),
    },
}  # fmt: skip
"""The last version in which members were."""

_VALUES_SINCE: dict[Kind, tuple[str, dict[str, SpecificationVersion]]] = {
    "parameter": ("in", {"cookie": _3_0, "querystring": _3_2}),
    "security_scheme": ("type", {"http": _3_0, "openIdConnect": _3_0, "mutualTLS": _3_1}),
}
"""Members whose values came in different versions, with what came in which."""

_INSTEAD = {
    "basePath": "Put it into the `url` of `servers`.", "components": "Put schemas under `definitions`.",
    "const": "Write `enum` with this one value.", "consumes": "Name media types in `requestBody.content`.",
    "content": "Write `schema`, and name media types in `produces`.", "definitions": "Use `components.schemas`.",
    "examples": "Write one `example`.",
    "flow": "Write `flows: {clientCredentials: {tokenUrl: …, scopes: {}}}`.",
    "host": "Put it into the `url` of `servers`.",
    "nullable": "Write `x-nullable: true`.", "produces": "Name media types in the `content` of responses.",
    "requestBody": "Write a parameter with `in: body`.", "schema": "Put it below a media type in `content`.",
    "securityDefinitions": "Use `components.securitySchemes`.", "servers": "Write `host`, `basePath` and `schemes`.",
    "type": "Put it into `schema`.",
}  # fmt: skip
_WITHOUT_SCHEMA_IN_2_0 = ("cookie", "formData", "header", "path", "query")
_INSTEAD_IN_2_0 = {"schema": "Write `type` and what else stands in `schema` beside `in`."}

_UNREAD: dict[Kind, tuple[str, ...]] = {
    "document": ("jsonSchemaDialect", "schemes"), "operation": ("schemes",), "security_scheme": ("deprecated",),
    "server": ("name",),
}  # fmt: skip
"""Members that change nothing of what is made, be they foreign or not."""


def _foreign() -> dict[SpecificationVersion, dict[Kind, dict[str, SpecificationVersion]]]:
    """Return by the version of a document which members of which kinds belong to which other version."""
    found: dict[SpecificationVersion, dict[Kind, dict[str, SpecificationVersion]]] = {each: {} for each in _ORDER}
    for table, is_foreign in ((_SINCE, int.__lt__), (_UNTIL, int.__gt__)):
        for belongs, kinds in table.items():
            for version in _ORDER:
                if is_foreign(_ORDER.index(version), _ORDER.index(belongs)):
                    for kind, members in kinds.items():
                        found[version].setdefault(kind, {}).update(dict.fromkeys(members, belongs))
    return found


_FOREIGN = _foreign()


def _members() -> dict[Kind, tuple[str, ...]]:
    """Return by kind the members that belong to some version only."""
    found: dict[Kind, dict[str, None]] = {}
    for kinds in (*_SINCE.values(), *_UNTIL.values()):
        for kind, members in kinds.items():
            found.setdefault(kind, {}).update(dict.fromkeys(members))
    for kind, (member, _) in _VALUES_SINCE.items():
        found.setdefault(kind, {})[member] = None
    return {kind: tuple(members) for kind, members in found.items()}


_MEMBERS = _members()


def _check(visit: Visit, context: Context) -> Iterable[Problem]:
    version = context.document.version
    foreign = _FOREIGN[version].get(visit.kind, {})
    for member in [member for member in visit.node if member in foreign]:
        if not _is_ours(visit.kind, member, visit.node, version):
            unread = member in _UNREAD.get(visit.kind, ()) or (member == "schema" and "type" in visit.node)
            yield _problem(member, member, foreign[member], version, read=not unread)
    if visit.kind in _VALUES_SINCE:
        yield from _foreign_value(visit.node, *_VALUES_SINCE[visit.kind], version)


def _foreign_value(
    node: JsonObject, member: str, since: dict[str, SpecificationVersion], version: SpecificationVersion
) -> Iterator[Problem]:
    value = node.get(member)
    belongs = since.get(value) if isinstance(value, str) else None
    if belongs and _ORDER.index(belongs) > _ORDER.index(version):
        yield _problem(member, f"{member}: {value}", belongs, version, read=(version, value) != (_OLD, "querystring"))


def _problem(
    member: str, word: str, belongs: SpecificationVersion, version: SpecificationVersion, *, read: bool
) -> Problem:
    instead = {**_INSTEAD, **(_INSTEAD_IN_2_0 if version is _OLD else {})} if member == word else {}
    becomes = "it is read all the same" if read else "it is not read"
    return Problem(
        message=f"`{word}` is a word of OpenAPI {belongs.value}, and this document says {version.value}; {becomes}.",
        hint=instead.get(member, f"Say `{_saying(belongs.value)}`, or leave it out."),
        at=(member,),
    )


def _is_ours(kind: Kind, member: str, node: JsonObject, version: SpecificationVersion) -> bool:
    """Tell whether a member that looks foreign has its place: 2.0 knows `schema` of a body, 3.x `style` of all."""
    if version is _OLD and kind == "parameter":
        return member == "schema" and node.get("in") not in _WITHOUT_SCHEMA_IN_2_0
    return False


def _saying(version: str) -> str:
    return 'swagger: "2.0"' if version == "2.0" else f"openapi: {version}.0"


RULE = Rule(
    name="version-keywords",
    family=Family.OPENAPI,
    severity=Severity.ERROR,
    conversion=Severity.WARNING,
    kinds=tuple(_MEMBERS),
    members=_MEMBERS,
    what=(
        "No object has members, no parameter an `in` and no security scheme a `type`, of another version of OpenAPI "
        "than the document says it is written in."
    ),
    why="Tools read a document by its version: what belongs to another one is refused, or silently passed over.",
    wrong="""\
openapi: 3.0.3
components: {schemas: {Kind: {const: dog}}}
""",
    right="""\
openapi: 3.0.3
components: {schemas: {Kind: {enum: [dog]}}}
""",
    source="OpenAPI 3.0.4, 4.1; the objects of each version",
    check=_check,
)
