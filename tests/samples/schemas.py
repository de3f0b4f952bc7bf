"""Schemas made at random, in all the keywords of JSON Schema 2020-12 that samples have to satisfy."""

from hypothesis import strategies as st

NAMES = st.sampled_from(["id", "name", "email", "status", "tags", "amount", "createdAt"])
SCALARS = st.one_of(
    st.integers(-5, 20),
    st.sampled_from(["a", "abc", "NL", "x1", ""]),
    st.booleans(),
    st.none(),
    st.sampled_from([0.5, 1.5, -2.25]),
)
PATTERNS = st.sampled_from(
    [
        "^[a-z]+$",
        "^[A-Z]{2,5}$",
        "^\\d{4,10}$",
        "[a-z]",
        "^(foo|bar)+$",
        "^[A-Z]{3}-\\d{4}$",
        "^\\+?[1-9]\\d{1,14}$",
        "^[^@\\s]+@[^@\\s]+$",
        "^(?=.*\\d)(?=.*[a-z]).{8,}$",
        "x$",
        "^\\w[\\w.-]*$",
    ]
)
FORMATS = st.sampled_from(
    [
        "date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid",
        "json-pointer", "regex", "byte", "char", "password",
    ]
)  # fmt: skip


def _some(**keywords):
    """Return a strategy for objects with any of `keywords`."""
    return st.fixed_dictionaries({}, optional=keywords)


def _typed(kind, keywords):
    return keywords.map(lambda chosen: {**chosen, "type": kind})


NUMBERS = st.sampled_from(["integer", "number"]).flatmap(
    lambda kind: _typed(
        kind,
        _some(
            minimum=st.integers(-10, 10),
            maximum=st.integers(5, 30),
            exclusiveMinimum=st.integers(-10, 8),
            exclusiveMaximum=st.integers(9, 40),
            multipleOf=st.sampled_from([1, 2, 3, 5, 0.5, 0.25, 7]),
            format=st.sampled_from(["int32", "int64", "float", "double"]),
        ),
    )
)
TEXTS = _typed("string", _some(minLength=st.integers(0, 12), maxLength=st.integers(8, 40), pattern=PATTERNS))
FORMATTED = FORMATS.map(lambda name: {"type": "string", "format": name})
LISTED = st.one_of(
    SCALARS.map(lambda value: {"const": value}),
    st.lists(SCALARS, min_size=1, max_size=4, unique_by=repr).map(lambda values: {"enum": values}),
    st.sampled_from([{"type": ["string", "null"]}, {"type": ["integer", "string"]}, True, {}]),
)


def _arrays(inner):
    return _typed(
        "array",
        _some(
            items=inner,
            minItems=st.integers(0, 4),
            maxItems=st.integers(3, 8),
            uniqueItems=st.booleans(),
            prefixItems=st.lists(inner, min_size=1, max_size=3),
            contains=inner,
            minContains=st.integers(0, 2),
        ),
    )


def _objects(inner):
    return _typed(
        "object",
        _some(
            properties=st.dictionaries(NAMES, inner, max_size=4),
            required=st.lists(NAMES, max_size=3, unique=True),
            additionalProperties=st.one_of(st.booleans(), inner),
            minProperties=st.integers(0, 3),
            maxProperties=st.integers(3, 8),
            propertyNames=st.sampled_from([{"pattern": "^[a-zA-Z]+$"}, {"maxLength": 10}, {"minLength": 2}]),
            patternProperties=st.dictionaries(st.sampled_from(["^x-", "^[a-m]", "d$"]), inner, max_size=2),
            dependentRequired=st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2),
            dependentSchemas=st.dictionaries(NAMES, inner, max_size=1),
        ),
    )


def _both(first, second):
    return {**first, **second} if isinstance(first, dict) and isinstance(second, dict) else first


def _composed(inner):
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        *(some.map(lambda parts, keyword=keyword: {keyword: parts}) for keyword in ("allOf", "oneOf", "anyOf")),
        st.builds(lambda one, other: _both(one, {"not": other}), inner, inner),
        st.builds(lambda one, two, three: {"if": one, "then": two, "else": three}, inner, inner, inner),
        st.builds(
            lambda one, parts: _both(one, {"oneOf": parts}),
            _objects(inner),
            st.lists(_objects(inner), min_size=1, max_size=3),
        ),
    )


SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "integer"}, {"type": "boolean"}, {}]),
    lambda inner: st.one_of(NUMBERS, TEXTS, FORMATTED, LISTED, _arrays(inner), _objects(inner), _composed(inner)),
    max_leaves=8,
)
"""Schemas of JSON Schema 2020-12, satisfiable or not."""


_NAMES_OF_MEMBERS = {"id", "name", "email", "status", "tags", "amount", "createdAt", "^x-", "^[a-m]", "d$"}


def keywords(node):
    """Return the keywords that a schema uses, those of its inner schemas included."""
    found = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            found.update(current)
            waiting += [value for key, value in current.items() if key not in {"const", "enum", "required"}]
        elif isinstance(current, list):
            waiting += current
    return frozenset(found - _NAMES_OF_MEMBERS)
