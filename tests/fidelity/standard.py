"""The standard's own reading of styles, written apart from the package: OpenAPI 3.0.4, 4.7.12, and RFC 6570.

Everything here is decoded: what a server sees after it has taken a path, a query, a header or a cookie apart and has
removed the percent-encoding.
"""

import json


def text(value) -> str:
    """Return a scalar as it is written, JSON's way for numbers, truth values and null's empty text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _flat(value) -> list[str]:
    return [text(part) for pair in value.items() for part in pair]


def in_path(name: str, value, style: str = "simple", explode: bool = False) -> str:
    """Return what stands in the path."""
    prefix, between = {"simple": ("", ","), "label": (".", "."), "matrix": (";", ";")}[style]
    if isinstance(value, list):
        items = [text(item) for item in value]
        if style == "matrix":
            return "".join(f";{name}={item}" for item in items) if explode else f";{name}={','.join(items)}"
        return prefix + (between if explode else ",").join(items)
    if isinstance(value, dict):
        if explode:
            return prefix + between.join(f"{key}={text(item)}" for key, item in value.items())
        return (f";{name}=" if style == "matrix" else prefix) + ",".join(_flat(value))
    return f";{name}={text(value)}" if style == "matrix" else prefix + text(value)


DELIMITERS = {"form": ",", "cookie": ",", "spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


def in_query(name: str, value, style: str = "form", explode: bool = True) -> list[tuple[str, str]]:
    """Return the pairs of a query, a form or a cookie."""
    if style == "deepObject" and isinstance(value, dict):
        return [
            pair
            for key, item in value.items()
            for pair in (
                [(f"{name}[{key}]", text(one)) for one in item]
                if isinstance(item, list)
                else [(f"{name}[{key}]", text(item))]
            )
        ]
    delimiter = DELIMITERS.get(style, ",")
    if isinstance(value, list):
        if explode:
            return [(name, text(item)) for item in value]
        return [(name, delimiter.join(text(item) for item in value))]
    if isinstance(value, dict):
        if explode:
            return [(key, text(item)) for key, item in value.items()]
        return [(name, delimiter.join(_flat(value)))]
    return [(name, text(value))]


def in_header(value, explode: bool = False) -> str:
    """Return a header's value."""
    if isinstance(value, list):
        return ",".join(text(item) for item in value)
    if isinstance(value, dict):
        return ",".join(f"{key}={text(item)}" for key, item in value.items()) if explode else ",".join(_flat(value))
    return text(value)
