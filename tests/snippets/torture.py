"""Requests that are hard to write as a command: values that shells, curl or Windows read as syntax, in every place."""

import urllib.parse
from collections.abc import Iterable

from generator.findings import Place
from generator.request.values import (
    Field,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    PathParameter,
    QueryParameter,
    Request,
    RequestBody,
    TextBody,
    Url,
    Variable,
)

VALUES = [
    "plain",
    "it's",
    "''",
    "'\\''",
    'say "hi"',
    '"',
    '"quoted at both ends"',
    'three\\\\\\"',
    "ends in \\",
    "C:\\dir\\new\\",
    "\\\\server\\share",
    "$HOME ${HOME} $(id) $1",
    "`id`",
    "!history !! !$",
    "100% %PATH% %% %1 %* %~dp0",
    "%CD%%OS%%PATH:~0,3%",
    "%20x%3A",
    "a & b && c | d || e",
    "x > out < in >> log 2>&1",
    '^ ^^ ^& ^"',
    "(group) {brace} [1-3] {a,b}",
    "; semi; colon",
    "~ ~root *.py ?x [ab]",
    "# no comment",
    "@file",
    "@-",
    "-x --help",
    "--",
    "=value",
    "a=b&c=d+e f",
    "two  spaces,\ttab",
    " leading and trailing ",
    "line one\nline two",
    "windows\r\nlines\r\n",
    "\n",
    "ends with newline\n",
    "@'\nhere\n'@\n@\"\nthere\n\"@",
    "EOF\nEOT\n",
    "é ü ñ ß",
    "€ 日本語",
    "emoji 😀 family 👨‍👩‍👧",
    "curly ‘single’ “double” ‚low‛ „low“",
    "\u2028 separator \u00a0 space",
    "bell \x07 escape \x1b[31m delete \x7f",
    "",
    "{{client_secret}}",
    "</script><!-- -->",
    "$(rm -rf /tmp/nothing-here) `touch pwned` ; touch pwned & touch pwned",
    '{"a":"b c","d":["e"]}',
    "x" * 9000,
]
"""What is written by hand; each goes into every place that can hold it."""

ADDRESS = Variable(name="baseUrl", value=("http://127.0.0.1:1",))
_PLACE = Place("torture.yaml", "/paths")


def request(name: str, method: str = "POST", **members) -> Request:
    """Return a request to `/name` below the address."""
    members.setdefault("url", Url(base=(ADDRESS,), path=((name,),)))
    return Request(id=name, name=name, method=method, place=_PLACE, **members)


def with_body(name: str, body: RequestBody, method: str = "POST", **members) -> Request:
    """Return a request with a body and the headers that describe it."""
    headers: tuple[Field, ...] = ()
    if isinstance(body, FormBody):
        headers = (Field(name="Content-Type", value=("application/x-www-form-urlencoded",)),)
    elif not isinstance(body, MultipartBody):
        headers = (Field(name="Content-Type", value=(body.content_type,)),)
    return request(name, method, headers=headers + members.pop("headers", ()), body=body, **members)


def of_value(number: int, value: str) -> Iterable[Request]:
    """Yield a request for each place that can hold `value`."""
    n = f"v{number}"
    encoded = urllib.parse.quote(value, safe="")
    json_value = {value: value, "list": [value, {"deep": value}]}
    yield with_body(f"json-{n}", JsonBody(content_type="application/json", value=json_value))
    yield with_body(f"text-{n}", TextBody(content_type="text/plain", text=value))
    fields = (Field(name="a", value=(value,)), Field(name=value, value=("b",)))
    yield with_body(f"form-{n}", FormBody(fields=fields))
    parts = (
        Part(name="text", text=(value,)),
        Part(name="typed", text=(value,), content_type="application/json"),
        Part(name="doc", text=None, content_type="application/xml", file_name="upload.bin"),
    )
    yield with_body(f"multipart-{n}", MultipartBody(parts=parts))
    query = (QueryParameter(name="q", value=(encoded,)), QueryParameter(name=encoded or "e", value=None))
    yield request(f"query-{n}", "GET", url=Url(base=(ADDRESS,), path=((f"query-{n}",),), query=query))
    if value:
        path = ((f"path-{n}",), (PathParameter(name="p", value=encoded),))
        yield request(f"path-{n}", "DELETE", url=Url(base=(ADDRESS,), path=path))
    if value.isprintable() or "\u200d" in value:
        yield request(f"header-{n}", "GET", headers=(Field(name="X-Value", value=(value,)),))
    if value.isprintable() and ";" not in value and value == value.strip():
        yield request(f"cookie-{n}", "GET", cookies=(Field(name="c", value=(value,)), Field(name="d", value=("2",))))


def special() -> Iterable[Request]:
    """Yield requests whose form, rather than a value, is out of the ordinary."""
    json_body = JsonBody(content_type="application/json", value={"a": 1})
    raw = TextBody(content_type="text/plain", text="x")
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "QUERY"):
        yield request(f"bare-{method}", method)
        yield with_body(f"body-{method}", json_body, method)
    yield with_body("empty-form", FormBody(fields=()))
    yield with_body("empty-name", FormBody(fields=(Field(name="", value=("x y",)),)))
    yield with_body("file", FileBody(content_type="application/octet-stream", file_name="upload.bin"))
    yield with_body("file-named", FileBody(content_type="image/png", file_name="it's a;b, file.bin"))
    for number, name in enumerate(('na"me', "na;me", "a=b", "é", "x y", "a\\b")):
        part = Part(name=name, text=("v",), content_type="text/plain")
        upload = Part(name=name, text=None, file_name="it's a;b, file.bin", content_type="image/png")
        yield with_body(f"part-name-{number}", MultipartBody(parts=(part, upload)))
    for number, value in enumerate((None, True, 0, -1.5e300, [], {}, "", [[]], 12345678901234567890, {"": ""})):
        yield with_body(f"json-top-{number}", JsonBody(content_type="application/vnd.x+json", value=value))
    for number, text in enumerate(
        ("\0", "a\0b%s\\n\0", "<a b='c'>\n  <d/>\n</a>\n", 'a,b\r\n1,"2"\r\n', "y" * 140_000)
    ):
        yield with_body(f"text-special-{number}", TextBody(content_type="application/xml", text=text))
    yield with_body("json-long", JsonBody(content_type="application/json", value=["é" * 100] * 1500))
    etag = (Field(name="If-Match", value=('"abc"',)), Field(name="X-Empty", value=("",)))
    yield with_body("etag", json_body, "PUT", headers=etag)
    yield with_body("etag-text", raw, "PUT", headers=etag)
    for number, path in enumerate(("..", ".", "a..b", "[1-3]", "{a,b}", "x;y=1", "~a", "a:b", "(c)", "$d", "!e", "&f")):
        yield request(f"segment-{number}", "GET", url=Url(base=(ADDRESS,), path=((f"s{number}",), (path,), ("end",))))
    twice = (QueryParameter(name="a", value=("1",)), QueryParameter(name="a", value=("2",)))
    yield request("twice", "GET", url=Url(base=(ADDRESS,), path=(("twice",),), query=twice))
    headers = (Field(name="X-Twice", value=("1",)), Field(name="X-Twice", value=("2",)))
    yield request("header-twice", "GET", headers=headers)
    off = (Field(name="X-Off", value=("1",), enabled=False), Field(name="Accept", value=("text/html",)))
    yield request("not-enabled", "GET", headers=off, body=json_body, body_enabled=False)


TORTURE: tuple[Request, ...] = (
    *(made for number, value in enumerate(VALUES) for made in of_value(number, value)),
    *special(),
)
FILES = {"upload.bin": bytes(range(256)), "it's a;b, file.bin": b"\r\n\0--x\xff"}
"""The files that requests upload."""
