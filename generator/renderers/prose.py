"""Descriptions, which are CommonMark (OpenAPI 3.0.4, 4.4), as HTML that can do nothing but be read.

markdown-it-py makes it, with HTML switched off: what a document writes as HTML comes out as text. Of the tags that
descriptions often hold, those for lists, lines and stress become Markdown first.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 30_000
"""Characters of a description that are read as Markdown; what is longer is shown as it stands."""
_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(br|p|ul|ol|li|b|strong|i|em|dl|dt|dd|div)(?:\s[^<>]{0,200})?\s*/?>", re.IGNORECASE)
_INLINE_CODE = re.compile(r"<(code|samp|kbd|tt|var)>([^<>`\n]{1,300})</\1>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"""<a\s[^<>]{0,200}?\bhref=["'](https?://[^"'<>\s]{1,2000})["'][^<>]{0,200}>([^<>\[\]\n]{1,300})</a>""",
    re.IGNORECASE,
)
_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", re.DOTALL)
_BREAK = "\ue000"
"""Stands for a line's end, also where Markdown has none (headings, tables), until all else is HTML."""
_OPENING = {"br": _BREAK, "li": "\n- ", "dt": "\n\n**", "dd": "\n\n"}
_STRESS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


@lru_cache(maxsize=4096)
def prose(text: str, above: int) -> str:
    """Return `text` as HTML whose headings come below a heading of level `above`."""
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return f'<pre tabindex="0">{_escaped(stripped)}</pre>\n'
    tokens = _parser().parse(_without_tags(stripped))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + above, 6)}"
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {})).replace(_BREAK, "<br />")


def _without_tags(text: str) -> str:
    """Return `text` with common tags as Markdown; code stays as it is."""
    if "<" not in text:
        return text
    linked = "".join(piece if number % 2 else _inline(piece) for number, piece in enumerate(_CODE.split(text)))
    pieces = _CODE.split(linked)
    return "".join(piece if number % 2 else _TAG.sub(_as_markdown, piece) for number, piece in enumerate(pieces))


def _inline(piece: str) -> str:
    """Return text outside of code with whole elements for links and code as Markdown."""
    return _ANCHOR.sub(r"[\2](<\1>)", _INLINE_CODE.sub(_as_code, piece))


def _as_code(found: re.Match[str]) -> str:
    import html

    text = html.unescape(found[2])
    return found[0] if "`" in text else f"`{text}`"


def _as_markdown(found: re.Match[str]) -> str:
    closing, tag = found[1] == "/", found[2].lower()
    if tag in _STRESS:
        return _STRESS[tag]
    if closing:
        return {"dt": "**", "li": "", "br": _BREAK}.get(tag, "\n\n")
    return _OPENING.get(tag, "\n\n")


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")
    made.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]
    made.add_render_rule("image", _image)
    made.add_render_rule("link_open", _link)
    made.add_render_rule("fence", _block)
    made.add_render_rule("code_block", _block)
    return made


def _link(_renderer: object, tokens: "list[Token]", index: int, _options: object, _environment: object) -> str:
    return f'<a href="{_escaped(str(tokens[index].attrs["href"]))}" rel="noopener noreferrer">'


def _image(_renderer: object, tokens: "list[Token]", index: int, _options: object, _environment: object) -> str:
    """A picture is named and linked: the page itself loads nothing."""
    token = tokens[index]
    address = _escaped(str(token.attrs["src"]))
    return f'<a href="{address}" rel="noopener noreferrer">{_escaped(token.content) or address}</a>'


def _block(_renderer: object, tokens: "list[Token]", index: int, _options: object, _environment: object) -> str:
    return f'<pre tabindex="0"><code>{_escaped(tokens[index].content)}</code></pre>\n'


def _escaped(text: str) -> str:
    import html

    return html.escape(text)
