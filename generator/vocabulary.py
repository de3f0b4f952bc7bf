"""Words of OpenAPI, HTTP and JSON Schema that several rooms go by."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Members of a path item that are operations, in whatever version; validation says which are of another one."""

IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters of these names are ignored (OpenAPI 3.0.4, section 4.7.12.1)."""

HTTP_SCHEMES = ("basic", "bearer", "digest")
"""The schemes of HTTP (RFC 9110, section 11.1) whose credentials a client makes of what a user fills in."""

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
"""The media types of forms (URL Standard, section 5; RFC 7578)."""

SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SCHEMA_MAPS = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
"""Keywords that hold schemas in a list, or by name (JSON Schema 2020-12, core, section 10)."""

DATA_KEYWORDS = frozenset({"const", "default", "enum", "example", "examples"})
"""Keywords that hold data, in which nothing is a schema or a reference."""

STEERING = "\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""For a class of a pattern: characters beyond C0 that a terminal obeys (ECMA-48), that end a line, or that turn the
direction of writing, so that text reads other than it is."""

MOCK_HOST = "virtserver.swaggerhub.com"
"""SwaggerHub's mock: it answers every call with samples."""
