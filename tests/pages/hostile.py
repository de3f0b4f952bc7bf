"""A specification whose every text tries to run something: in a page, in a shell, in Markdown."""

from tests.conftest import api

PAGE = "</script></style></code></pre><script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
SHELL = "'; touch pwned; \" & echo x> pwned & $(touch pwned) `touch pwned` %PATH% $env:PATH\n'@\ntouch pwned\n"
MARKDOWN = (
    "```\n</details>\n<script>window.pwned=1</script>\n[x](javascript:window.pwned=1) <!-- /sendready --> {alert(1)}"
)
LINKS = """

# Title <b onclick=alert(1)>

[a](JaVaScRiPt:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc) ![e](https://evil.example/pixel.png)
<https://x.example/"onmouseover="x> <ul><li style=x onclick=x>one</li></ul>

| <img src=x> | b |
|---|---|
| [f](https://x.example "t\\"onload=x") | `</code>` |

    </pre><script>x</script>
"""
EVIL = PAGE + SHELL + MARKDOWN + LINKS


def hostile() -> dict:
    """Return the document."""
    parameters = [
        {
            "in": place,
            "name": name,
            "required": True,
            "description": EVIL,
            "schema": {"type": "string"},
            "example": EVIL,
        }
        for place, name in (
            ("query", EVIL),
            ("query", "q"),
            ("header", "X-Value"),
            ("header", "X-Evil\r\nInjected: yes"),
            ("cookie", "c"),
        )
    ]
    schema = {"type": "object", "properties": {EVIL: {"type": "string", "description": EVIL}}}
    example = {EVIL: EVIL}
    operation = {
        "operationId": EVIL,
        "summary": EVIL,
        "description": EVIL,
        "tags": [EVIL],
        "parameters": parameters,
        "responses": {"200": {"description": EVIL, "content": {"application/json": {"example": example}}}},
    }
    bodies = {
        "/json": {"application/json": {"schema": schema, "example": example}},
        "/text": {"text/plain": {"schema": {"type": "string"}, "example": EVIL}},
        "/form": {"application/x-www-form-urlencoded": {"schema": schema, "example": example}},
        "/multipart": {"multipart/form-data": {"schema": schema, "example": example}},
    }
    paths = {
        path: {"post": {**operation, "operationId": path, "requestBody": {"content": content}}}
        for path, content in bodies.items()
    }
    paths["/plain"] = {"get": operation}
    return api(paths, info={"title": EVIL, "version": EVIL, "description": EVIL}, tags=[{"name": EVIL}])
