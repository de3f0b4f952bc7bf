"""The HTML page in a real browser: switch, copy, search, deep link, nothing loaded, nothing run that is not ours."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.findings import UsageError
from generator.pipeline import Look, Options, SnippetFormat, snippets
from tests.conftest import OK, SPECS, api, document_at, document_of
from tests.pages.hostile import hostile
from tests.skips import CHROMIUM, NODE, REPOSITORY, program

pytestmark = pytest.mark.e2e


def html(document, **look) -> str:
    """Return the page of a document."""
    return snippets(document, Options(look=Look(**look)), SnippetFormat.HTML).value or ""


def chromium(node: str) -> tuple[str, dict[str, str]]:
    """Return the path of a Chromium, the system's or else the locked one, and the environment to run it in."""
    environment = {**os.environ, "NODE_PATH": str(REPOSITORY / "node_modules")}
    if found := shutil.which("chromium"):
        return found, environment
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip(CHROMIUM)
    command = [node, str(REPOSITORY / "tests/pages/browser.mjs")]
    found = subprocess.run(command, capture_output=True, check=True, text=True, timeout=180).stdout.strip()
    return found, {**environment, "LD_LIBRARY_PATH": f"{Path(found).parent}/al2023/lib"}


def drive(text: str, folder, anchor: str) -> dict:
    """Return what a visitor with Chromium saw."""
    node = program("node", NODE)
    if not (REPOSITORY / "node_modules/playwright-core").is_dir():
        pytest.skip(NODE)
    page = folder / "page.html"
    page.write_text(text, encoding="utf-8")
    browser, environment = chromium(node)
    command = [node, str(REPOSITORY / "tests/pages/drive.cjs"), browser, page.as_uri(), anchor]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, timeout=180)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def check(seen: dict) -> None:
    """What holds of every page."""
    assert seen["errors"] == []
    assert seen["requests"] == []
    assert seen["violations"] == []
    assert not seen["ran"]
    assert not seen["wider"]
    total = seen["total"]
    assert seen["shown"] == {"posix": [total, 0, 0], "cmd": [0, total, 0], "powershell": [0, 0, total]}
    assert (seen["first"], seen["windows"], seen["remembered"]) == ("posix", "powershell", "powershell")
    assert seen["copied"] == seen["source"]
    assert (seen["none"], seen["all"]) == (0, total)
    assert seen["told"]
    assert seen["followed"]
    assert seen["linked"]


def test_a_visitor_can_use_the_page(tmp_path):
    """The sample's page works with mouse and keyboard, wide and narrow, light and dark."""
    path = next(path for path in SPECS if path.name == "parcel-tracking.yaml")
    check(drive(html(document_at(path)), tmp_path, "get-access-token"))


class Tags(HTMLParser):
    """Gathers tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Keep one."""
        self.found.append((tag, dict(attrs)))


def test_a_hostile_specification_adds_no_markup_of_its_own():
    """Of the document only CommonMark's own tags come out; no attribute of its own, links to the web only."""
    found = Tags(html(document_of(hostile()))).found
    ours = Tags(html(document_of(api({"/x": {"get": {"responses": OK}}})))).found
    known = re.compile(r"p|h[2-6]|a|em|strong|code|pre|[uo]l|li|blockquote|table|thead|tbody|t[rhd]|hr|br|d[ltd]")
    assert all(known.fullmatch(tag) for tag in {tag for tag, _ in found} - {tag for tag, _ in ours})
    names = {name for _, attributes in found for name in attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"style", "src", "srcdoc", "action"})
    links = {str(attributes["href"]) for tag, attributes in found if tag == "a"}
    assert all(link.startswith(("#", "https://", "http://", "mailto:")) for link in links)


def test_a_hostile_specification_runs_nothing(tmp_path):
    """No text of a document becomes markup, script or style, and the page works all the same."""
    text = html(document_of(hostile()))
    assert text.count("<script>") == 1
    assert "<img" not in text
    check(drive(text, tmp_path, "json"))


def test_a_theme_and_templates_are_the_houses_own(tmp_path):
    """A house's CSS comes after ours and is allowed by the policy; its templates take the place of ours."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md.j2").write_text("House of {{ title | markdown }}\n")
    text = html(document_at(SPECS[-1]), theme=":root { --accent: #00a300; }\r\n")
    assert text.endswith("</html>\n")
    assert ":root { --accent: #00a300; }\n</style>" in text
    made = snippets(document_at(SPECS[-1]), Options(look=Look(templates=str(tmp_path))), SnippetFormat.MARKDOWN).value
    assert (made or "").startswith("House of ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.css", "a { color: red } </STYLE ><script>alert(1)</script>"),
        ("page.js", "const text = '</script>';"),
        ("page.js", "const text = '<!--<script>';"),
    ],
)
def test_css_and_scripts_that_would_leave_their_element_are_refused(name, text, tmp_path):
    """Whichever way a house's own text comes, one that would end its element is refused, and its file is named."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text(text)
    with pytest.raises(UsageError, match=rf"^--templates {re.escape(str(tmp_path))}: docs/{name}: it has </?[!sS]"):
        html(document_at(SPECS[-1]), templates=str(tmp_path))
    if name == "page.css":
        with pytest.raises(UsageError, match=r"^theme: it has </style>, which would end the page"):
            Look(theme=text)


def test_a_mark_of_byte_order_is_no_part_of_a_house_s_own_text(tmp_path):
    """CSS and templates as Windows' editors write them begin with what they say, so that the first rule holds."""
    (tmp_path / "docs").mkdir()
    for name, text in (("page.css", "a { color: red }"), ("page.md.j2", "House")):
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8-sig")
    assert "<style>a { color: red }</style>" in html(document_at(SPECS[-1]), templates=str(tmp_path))
    look = Look(templates=str(tmp_path))
    assert snippets(document_at(SPECS[-1]), Options(look=look), SnippetFormat.MARKDOWN).value == "House"


@pytest.mark.parametrize("names", [(), ("page.md.j2",), ("docs/page.md",)])
def test_templates_that_nothing_reads_are_refused(names, tmp_path):
    """A folder that holds none of the names that are read has no effect, which is told with these names."""
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("House")
    with pytest.raises(UsageError, match=r"none of docs/page\.md\.j2, .* is in it"):
        Look(templates=str(tmp_path))
