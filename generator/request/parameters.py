"""Parameters with sample values in place: path, query, headers, cookies."""

import re
import urllib.parse
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from generator.findings import Finding
from generator.json_values import JsonValue, to_json
from generator.model import Operation, Parameter, ParameterLocation, Style
from generator.request.literals import clean_text, is_token
from generator.request.serialization import (
    encode,
    header_text,
    path_text,
    query_pairs,
    scalar_text,
)
from generator.request.values import Field, PathParameter, QueryParameter, Segment
from generator.samples import Direction, Sampler
from generator.vocabulary import FORM

_COOKIE_SAFE = "".join(map(chr, range(0x21, 0x7F))).translate({ord(c): None for c in '"%,;\\{}'}) + "%"
_LITERAL_SAFE = "-._~!$&'()*+,;=:@%"


class FilledParameters(Struct, frozen=True, kw_only=True):
    """An operation's parameters where they go."""

    path: tuple[Segment, ...]
    query: tuple[QueryParameter, ...]
    headers: tuple[Field, ...]
    cookies: tuple[Field, ...]


def fill_parameters(operation: Operation, sampler: Sampler, findings: list[Finding]) -> FilledParameters:
    """Return the operation's parameters with their sample values; what is to be said goes to `findings`."""
    values = {
        (parameter.location, parameter.name): _value(parameter, sampler, findings) for parameter in operation.parameters
    }

    def of(location: ParameterLocation) -> Iterable[tuple[Parameter, JsonValue]]:
        return (
            (parameter, values[location, parameter.name])
            for parameter in operation.parameters
            if parameter.location is location
        )

    # A fragment never leaves the client (RFC 3986, 3.5); documents use one to tell operations of one address apart.
    template, _, literal_query = operation.path.partition("#")[0].partition("?")
    path = {parameter.name: (parameter, value) for parameter, value in of(ParameterLocation.PATH)}
    return FilledParameters(
        path=tuple(_segment(part, path) for part in template.removeprefix("/").split("/")),
        query=(
            *_literal_query(literal_query, path, {parameter.name for parameter, _ in of(ParameterLocation.QUERY)}),
            *(item for pair in of(ParameterLocation.QUERY) for item in _query(*pair)),
            *(item for pair in of(ParameterLocation.QUERYSTRING) for item in _querystring(*pair)),
        ),
        headers=tuple(item for pair in of(ParameterLocation.HEADER) for item in _header(*pair, findings)),
        cookies=tuple(item for pair in of(ParameterLocation.COOKIE) for item in _cookie(*pair)),
    )


def _value(parameter: Parameter, sampler: Sampler, findings: list[Finding]) -> JsonValue:
    sample = sampler.sample(parameter.schema, parameter.examples, direction=Direction.REQUEST, name=parameter.name)
    findings.extend(sample.findings)
    if sample.value == "" and _must_be_filled(parameter):
        return _text(parameter, sampler)
    if parameter.media_type is not None and not isinstance(sample.value, str):
        return _written(sample.value, parameter.media_type)
    return sample.value


def _must_be_filled(parameter: Parameter) -> bool:
    """Tell whether an empty text will not do: it makes another path; elsewhere servers take it for none at all.

    There an author who gives it as the parameter's own example has his way.
    """
    if parameter.location is ParameterLocation.PATH:
        return True
    is_meant = parameter.allow_empty_value or any(example.value == "" for example in parameter.examples)
    return parameter.required and not is_meant


def _text(parameter: Parameter, sampler: Sampler) -> str:
    """Return a text that is not empty, if the parameter may be one."""
    schema = replace(parameter.schema, node={"allOf": [parameter.schema.node], "minLength": 1})
    examples = tuple(example for example in parameter.examples if example.value != "")
    found = sampler.sample(schema, examples, direction=Direction.REQUEST, name=parameter.name).value
    is_valid = sampler.check(schema, found, direction=Direction.REQUEST) is None
    return found if isinstance(found, str) and is_valid else ""


def _written(value: JsonValue, media_type: str) -> str:
    """Return `value` as text of a parameter's own media type: a form's pairs, each item of a list its own, or JSON."""
    if media_type != FORM or not isinstance(value, dict):
        return to_json(value, indent=False)
    members = ((name, member if isinstance(member, list) else [member]) for name, member in value.items())
    return urllib.parse.urlencode([(name, scalar_text(item)) for name, items in members for item in items])


def describe(parameter: Parameter) -> str:
    """Return the parameter's description, with a word before it where it is required or deprecated."""
    marks = [
        word for word, holds in (("Required.", parameter.required), ("Deprecated.", parameter.deprecated)) if holds
    ]
    described = " ".join((*marks, parameter.description.strip())).strip()
    named = [f"`{example.name}`: {scalar_text(example.value)}" for example in parameter.examples if example.name]
    return f"{described}\n\nExamples: {'; '.join(named)}".strip() if len(named) > 1 else described


def _segment(text: str, parameters: dict[str, tuple[Parameter, JsonValue]]) -> Segment:
    parts: list[str | PathParameter] = []
    for index, part in enumerate(re.split(r"\{([^{}]*)\}", text)):
        if index % 2 and part in parameters:
            parameter, value = parameters[part]
            encoded = path_text(part, value, parameter.style, explode=parameter.explode)
            parts.append(PathParameter(name=part, value=encoded, description=describe(parameter)))
        elif part or index % 2:
            parts.append(urllib.parse.quote(f"{{{part}}}" if index % 2 else part, safe=_LITERAL_SAFE))
    return tuple(parts)


def _literal_query(
    query: str, path: dict[str, tuple[Parameter, JsonValue]], declared: set[str]
) -> Iterable[QueryParameter]:
    """Yield the pairs that a path key itself has; those that the operation declares as parameters come from there.

    A template in it is a path parameter's.
    """
    for pair in filter(None, query.split("&")):
        name, equals, value = pair.partition("=")
        template = value[1:-1] if value[:1] == "{" and value[-1:] == "}" else ""
        if name in declared:
            continue
        if template in path:
            parameter, sample = path[template]
            described = describe(parameter)
            yield QueryParameter(name=encode(name), value=(encode(scalar_text(sample)),), description=described)
        else:
            safe = urllib.parse.quote(value, safe=_LITERAL_SAFE + "/?")
            yield QueryParameter(name=urllib.parse.quote(name, safe="-._~%"), value=(safe,) if equals else None)


def _query(parameter: Parameter, value: JsonValue) -> Iterable[QueryParameter]:
    pairs = query_pairs(
        parameter.name, value, parameter.style, explode=parameter.explode, reserved=parameter.allow_reserved
    )
    for name, text in pairs:
        yield QueryParameter(name=name, value=(text,), enabled=parameter.required, description=describe(parameter))


def _querystring(parameter: Parameter, value: JsonValue) -> Iterable[QueryParameter]:
    """Yield the pairs of a parameter that is the whole query string (OpenAPI 3.2 section 4.12.1)."""
    text = value if isinstance(value, str) else to_json(value, indent=False)
    form = parameter.media_type == FORM
    pairs = urllib.parse.parse_qsl(text, keep_blank_values=True) if form else [(text, None)]
    for name, item in pairs:
        yield QueryParameter(
            name=encode(name),
            value=None if item is None else (encode(item),),
            enabled=parameter.required,
            description=describe(parameter),
        )


def _header(parameter: Parameter, value: JsonValue, findings: list[Finding]) -> Iterable[Field]:
    if not is_token(parameter.name):
        findings.append(_unsendable_name(parameter))
        return
    text = header_text(value, parameter.style, explode=parameter.explode)
    yield Field(
        name=parameter.name,
        value=(clean_text(text, parameter.place, findings, header=True),),
        enabled=parameter.required,
        description=describe(parameter),
    )


def _unsendable_name(parameter: Parameter) -> Finding:
    from generator.validation.rules.conversion import header_name

    return header_name.RULE.finding(
        parameter.place,
        f"The header `{parameter.name!r}` cannot be sent and is left out.",
        "Correct the name of the parameter: letters, digits and !#$%&'*+-.^_`|~ can stand there.",
    )


def _cookie(parameter: Parameter, value: JsonValue) -> Iterable[Field]:
    """Yield the cookies of a parameter.

    Style cookie is not percent-encoded (3.2, section 4.12.3), but for what no cookie can hold (RFC 6265 section 4.1.1).
    """
    pairs = query_pairs(parameter.name, value, parameter.style, explode=parameter.explode)
    for name, text in pairs:
        plain = parameter.style is Style.COOKIE
        written = urllib.parse.quote(urllib.parse.unquote(text), safe=_COOKIE_SAFE) if plain else text
        yield Field(name=name, value=(written,), enabled=parameter.required, description=describe(parameter))
