"""The API model: what a specification says, in one shape for all versions of OpenAPI; values only, no logic.

Words are those of OpenAPI 3; the readers translate 2.0 into them. Schemas are JSON Schema 2020-12 whatever the version
was: a reader rewrites `nullable`, boolean `exclusiveMinimum` and the like, and turns each `$ref` of a schema into
`#/$defs/KEY`, where KEY names an entry of `Api.definitions`.
"""

import enum
from collections.abc import Mapping

from msgspec import Struct

from generator.findings import Place
from generator.json_values import JsonObject, JsonValue


class ParameterLocation(enum.Enum):
    """Where a parameter goes (OpenAPI 3.0.4 section 4.7.12; `querystring`: 3.2)."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"


class Style(enum.Enum):
    """How a parameter's value becomes text (OpenAPI 3.0.4 section 4.7.12.3; 2.0's `tsv` is `TAB_DELIMITED`)."""

    MATRIX = "matrix"
    LABEL = "label"
    SIMPLE = "simple"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"
    TAB_DELIMITED = "tabDelimited"


class SchemeType(enum.Enum):
    """The kinds of security scheme (OpenAPI 3.1.1 section 4.8.27); 2.0's `basic` is `HTTP` with scheme `basic`."""

    OAUTH2 = "oauth2"
    HTTP = "http"
    API_KEY = "apiKey"
    OPENID_CONNECT = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"


class Grant(enum.Enum):
    """The OAuth 2.0 grants, by their OpenAPI 3 names; 2.0's `application` and `accessCode` are translated."""

    CLIENT_CREDENTIALS = "clientCredentials"
    AUTHORIZATION_CODE = "authorizationCode"
    IMPLICIT = "implicit"
    PASSWORD = "password"  # noqa: S105 - the name of a grant
    DEVICE_AUTHORIZATION = "deviceAuthorization"


class Schema(Struct, frozen=True, kw_only=True):
    """A schema as JSON Schema 2020-12 (references: `#/$defs/KEY`), and where the document has it."""

    node: JsonObject | bool
    place: Place


class Example(Struct, frozen=True, kw_only=True):
    """An author's example; `name` is its key in `examples`, or None for the one in `example`.

    `serialized` tells that `value` is text as it goes over the wire (3.2's `serializedValue`).
    """

    value: JsonValue
    place: Place
    name: str | None = None
    summary: str = ""
    description: str = ""
    serialized: bool = False


class Parameter(Struct, frozen=True, kw_only=True):
    """A parameter or, in `Response.headers` and `Encoding.headers`, a header.

    With `media_type` set, the value is serialised as that media type (`content`), and style and explode do not count.
    """

    name: str
    location: ParameterLocation
    schema: Schema
    place: Place
    required: bool = False
    deprecated: bool = False
    description: str = ""
    style: Style = Style.FORM
    explode: bool = True
    allow_reserved: bool = False
    allow_empty_value: bool = False
    media_type: str | None = None
    examples: tuple[Example, ...] = ()


class Encoding(Struct, frozen=True, kw_only=True):
    """How one member of a form or multipart body is written (OpenAPI 3.0.4 section 4.7.15); None: not said."""

    content_type: str | None = None
    style: Style | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Parameter, ...] = ()


class MediaType(Struct, frozen=True, kw_only=True):
    """One way in which a body can be written. `schema` None: anything goes. `item_schema` is 3.2's, for sequences.

    `dangling`: the schema is a reference that leads nowhere. `positional`: parts of a multipart body are told apart by
    their places (3.2's `prefixEncoding`, `itemEncoding`).
    """

    name: str
    place: Place
    schema: Schema | None = None
    item_schema: Schema | None = None
    examples: tuple[Example, ...] = ()
    encoding: Mapping[str, Encoding] = {}
    positional: bool = False
    dangling: bool = False


class Body(Struct, frozen=True, kw_only=True):
    """A request body, its media types in the document's order.

    Not `media_types_declared`: the document (of 2.0, without `consumes`) names none, and JSON is assumed.
    """

    media_types: tuple[MediaType, ...]
    place: Place
    media_types_declared: bool = True
    required: bool = False
    description: str = ""


class Link(Struct, frozen=True, kw_only=True):
    """A link of a response (OpenAPI 3.0.4 section 4.7.20): `target` is an operationId or a reference, as written.

    `parameters` maps the target's parameters to constants or runtime expressions.
    """

    name: str
    target: str
    description: str = ""
    parameters: Mapping[str, str] = {}


class Response(Struct, frozen=True, kw_only=True):
    """A described response; `status` as the document writes it: a code, a range such as `4XX`, or `default`."""

    status: str
    place: Place
    description: str = ""
    headers: tuple[Parameter, ...] = ()
    media_types: tuple[MediaType, ...] = ()
    links: tuple[Link, ...] = ()


class ServerVariable(Struct, frozen=True, kw_only=True):
    """A variable in a server's URL; `enum` empty: any value."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str = ""


class Server(Struct, frozen=True, kw_only=True):
    """A server; `url` may hold `{variable}`s and may be relative. 2.0's schemes × host + basePath become these."""

    url: str
    place: Place
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()


class Flow(Struct, frozen=True, kw_only=True):
    """One OAuth 2.0 flow of a scheme; an address that the document does not give is empty."""

    grant: Grant
    place: Place
    token_url: str = ""
    authorization_url: str = ""
    refresh_url: str = ""
    device_authorization_url: str = ""
    scopes: Mapping[str, str] = {}


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """A declared security scheme. Which members count depends on `type`:

    `OAUTH2`: `flows`; `HTTP`: `http_scheme` (lower case) and `bearer_format`; `API_KEY`: `parameter_name` and
    `parameter_location`; `OPENID_CONNECT`: `openid_connect_url`.
    `metadata_url` is 3.2's `oauth2MetadataUrl`. `discovered`: what it, or OpenID Connect's address, holds is in the
    flows; `undiscovered` says why not, where that is known.
    """

    name: str
    type: SchemeType
    place: Place
    description: str = ""
    flows: tuple[Flow, ...] = ()
    http_scheme: str = ""
    bearer_format: str = ""
    parameter_name: str = ""
    parameter_location: ParameterLocation = ParameterLocation.HEADER
    openid_connect_url: str = ""
    metadata_url: str = ""
    discovered: bool = False
    undiscovered: str = ""


class SchemeUse(Struct, frozen=True, kw_only=True):
    """One member of a security requirement: a scheme's name and the scopes asked for."""

    scheme: str
    scopes: tuple[str, ...] = ()


class SecurityRequirement(Struct, frozen=True, kw_only=True):
    """One alternative: all of `uses` together. Without uses (`{}`) it allows anonymous calls."""

    uses: tuple[SchemeUse, ...]
    place: Place


class ExternalDocumentation(Struct, frozen=True, kw_only=True):
    """A link to further documentation."""

    url: str
    description: str = ""


class Tag(Struct, frozen=True, kw_only=True):
    """A declared tag; `summary`, `parent` and `kind` are 3.2's."""

    name: str
    summary: str = ""
    kind: str = ""
    description: str = ""
    external_documentation: ExternalDocumentation | None = None
    parent: str | None = None


class IncomingKind(enum.Enum):
    """What makes the API call its user (OpenAPI 3.1.1 sections 4.8.18 and 4.8.1.1)."""

    CALLBACK = "callback"
    WEBHOOK = "webhook"


class Incoming(Struct, frozen=True, kw_only=True):
    """Marks an operation that the API sends: the callback or webhook `name`, for callbacks of the operation `of`."""

    kind: IncomingKind
    name: str
    of: str = ""


class Operation(Struct, frozen=True, kw_only=True):
    """An operation, with what its path item and the document lend it already merged in.

    `security` keeps the OR of ANDs whole: None where neither operation nor document says anything, `()` where
    the operation is public on purpose (`security: []`). `servers` is empty where the document's servers apply.
    With `incoming`, the API is who sends it, and `path` is a callback's runtime expression or a webhook's name.
    """

    method: str
    path: str
    place: Place
    operation_id: str | None = None
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    servers: tuple[Server, ...] = ()
    external_documentation: ExternalDocumentation | None = None
    incoming: Incoming | None = None


class Api(Struct, frozen=True, kw_only=True):
    """A whole API; `incoming` are the operations that it sends itself, its callbacks and webhooks.

    `definitions` holds, by KEY, every schema that some `#/$defs/KEY` refers to.
    A KEY is the reference's target as `URI#POINTER` (the URI left out for the entry document), so that it is also a
    place; in a `$ref` it is written with the escapes of a JSON pointer and of a URI fragment.
    `size` is that of the document in bytes; `left_out` the first operation that is not here, since there is too much.
    """

    title: str
    version: str
    place: Place
    summary: str = ""
    description: str = ""
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    operations: tuple[Operation, ...] = ()
    incoming: tuple[Operation, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = {}
    external_documentation: ExternalDocumentation | None = None
    definitions: Mapping[str, JsonObject | bool] = {}
    size: int = 0
    left_out: Operation | None = None
