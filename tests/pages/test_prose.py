"""Descriptions as HTML: what authors write in Markdown is shown as such, and nothing else comes of it."""

import time

import pytest

from generator.renderers.prose import prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **b** `c <d>`", "<p>a <strong>b</strong> <code>c &lt;d&gt;</code></p>"),
        ("# One\n\n- a\n- b", "<h3>One</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("see [x](https://a.example/?b=1&c)", '<a href="https://a.example/?b=1&amp;c" rel="noopener noreferrer">x</a>'),
        ("![logo](https://a.example/l.png)", '<a href="https://a.example/l.png" rel="noopener noreferrer">logo</a>'),
        ("<ul><li>a</li><li>b</li></ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# one<br/>\ntwo</br>", "<h3>one<br /></h3>\n<p>two<br /></p>"),
        ("<strong>a</strong> <em>b</em>", "<strong>a</strong> <em>b</em>"),
        ("<samp>POST /a</samp> <code>&lt;x&gt;</code>", "<p><code>POST /a</code> <code>&lt;x&gt;</code></p>"),
        ("<code>&#96;&lt;b&gt;</code>", "<p>&lt;code&gt;`&lt;b&gt;&lt;/code&gt;</p>"),
        (
            "<a class='x' href=\"https://a.example/?b\">x</a>",
            '<a href="https://a.example/?b" rel="noopener noreferrer">x',
        ),
        ("<a href='javascript:alert(1)'>x</a>", "<p>&lt;a href='javascript:alert(1)'&gt;x&lt;/a&gt;</p>"),
        ("```json\n<br>\n```", '<pre tabindex="0"><code>&lt;br&gt;\n</code></pre>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](/docs)", "<p>[x](/docs)</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_markdown_is_shown(text, shown):
    """CommonMark and the tags that descriptions often hold; headings come below the page's own."""
    assert shown in prose(text, 2)


@pytest.mark.parametrize(
    "piece", ["[", "*a_", "`", "[a](", "> ", "![[", "<b ", "a\n=", "***a", "[a][b]", "<a href=", "<code>a"]
)
def test_no_description_keeps_the_machine_busy(piece):
    """What parsers of Markdown are slow at takes a moment; longer texts are shown as they stand."""
    started = time.process_time()
    prose(piece * (30_000 // len(piece)), 1)
    assert time.process_time() - started < 5
    assert prose(piece * 30_001, 1).startswith("<pre ")
