"""Pages for people: Markdown for three makers of sites, and one HTML page that needs nothing else."""

import re
from collections.abc import Mapping

from generator.findings import Checked
from generator.option_values import Tabs
from generator.renderers.curl import Snippet
from generator.renderers.markdown import fenced
from generator.renderers.sections import Section, preparations, sections
from generator.renderers.shells import SHELLS
from generator.renderers.templating import render as render_template
from generator.renderers.templating import source
from generator.renderers.values import Page, Prepared


def render_markdown(prepared: Prepared) -> Checked[Page]:
    """Return all requests as a Markdown page."""
    look = prepared.look
    made = sections(prepared)
    text = render_template(
        "docs/page.md.j2",
        look.templates,
        title=prepared.api.title,
        sections=[section for _, members in _groups(made) for section in members],
        commands={section.anchor: tabbed(section.snippet, look.tabs) for section in made},
        tabs=look.tabs.value,
        first=preparations(made, prepared),
    )
    return Checked(Page(text=text))


def render(prepared: Prepared) -> Checked[Mapping[str, str]]:
    """Return the page that `convert` writes beside the collection, by the ending of its name."""
    return Checked({".curl.md": render_markdown(prepared).value.text})


def block(snippet: Snippet, shell: str) -> str:
    """Return the command for one shell (`batch` is cmd's form for a file) as a fenced block, with files it reads."""
    language = next((each.language for each in SHELLS if each.name == shell), "bat")
    text = snippet.batch or snippet.snippets["cmd"] if shell == "batch" else snippet.snippets[shell]
    blocks = [fenced(text, language)]
    if shell in {"cmd", "batch"}:
        blocks += [f"The file `{name}`:\n\n{fenced(content, 'text')}" for name, content in snippet.files.items()]
    if shell == "cmd" and snippet.batch:
        blocks.append(f"In a batch file:\n\n{fenced(snippet.batch, 'bat')}")
    return "\n\n".join(blocks)


def tabbed(snippet: Snippet, tabs: Tabs) -> str:
    """Return the commands for all shells, one under the other or in tabs."""
    parts = [(shell.name, shell.label, block(snippet, shell.name)) for shell in SHELLS]
    if tabs is Tabs.MKDOCS:
        return "\n\n".join(f'=== "{label}"\n\n{_indented(text)}' for _, label, text in parts)
    if tabs is Tabs.DOCUSAURUS:
        items = [f'<TabItem value="{name}" label="{label}">\n\n{text}\n\n</TabItem>' for name, label, text in parts]
        return "\n".join(('<Tabs groupId="shell">', *items, "</Tabs>"))
    return "\n\n".join(f"**{label}**\n\n{text}" for _, label, text in parts)


def _indented(text: str) -> str:
    """Return `text` four columns to the right: what Markdown reads as a line's end counts as one (CommonMark 2.1)."""
    return re.sub(r"(^|\r\n|\r|\n)(?=[^\r\n])", r"\1    ", text)


def render_html(prepared: Prepared) -> Checked[Page]:
    """Return all requests as one HTML page that loads nothing and runs only its own script (CSP level 3, hashes)."""
    from generator.renderers.prose import prose

    look = prepared.look
    style = _as_browsers_read(source("docs/page.css", look.templates) + look.theme)
    script = _as_browsers_read(source("docs/page.js", look.templates))
    made = sections(prepared)
    text = render_template(
        "docs/page.html.j2",
        look.templates,
        api=prepared.api,
        groups=_groups(made),
        shells=[(shell.name, shell.label, shell.language) for shell in SHELLS],
        prose=prose,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        first=preparations(made, prepared),
    )
    return Checked(Page(text=text))


def _groups(made: tuple[Section, ...]) -> list[tuple[str, list[Section]]]:
    """Return the sections by folder, first those in none: below a folder's heading they would seem to be in it."""
    groups: dict[str, list[Section]] = {"": []}
    for section in made:
        groups.setdefault(" / ".join(section.snippet.folder), []).append(section)
    return [(folder, members) for folder, members in groups.items() if members]


def _as_browsers_read(text: str) -> str:
    """Return `text` as it is inside of a page, so that its digest is the one that a browser finds."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _digest(text: str) -> str:
    import base64
    import hashlib

    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
