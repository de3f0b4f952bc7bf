"""The only user of MiniJinja, which renders Jinja2's templates: finds them, and escapes values for their language."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import generator
from generator.files import is_file, is_folder, read_limited
from generator.findings import UsageError
from generator.renderers import markdown
from generator.renderers.json_text import javascript_literal

if TYPE_CHECKING:
    import minijinja  # noqa: TID251 - this is the one module that may


FUEL = 200_000_000
"""How many steps a user's template may take, some seconds' worth; ours take some thousands for each operation."""

OWN = ("docs/page.md.j2", "docs/page.html.j2", "docs/page.css", "docs/page.js", "http/requests.http.j2")
"""The files that a user's own may take the place of, by their names in the folder of templates."""


def check_own(folder: str) -> None:
    """Raise UsageError where a user's `folder` of templates is none, or holds none that takes the place of ours."""
    if not is_folder(Path(folder)):
        raise UsageError(f"--templates {folder}: there is no such folder")
    if not any(is_file(Path(folder) / name) for name in OWN):
        raise UsageError(f"--templates {folder}: none of {', '.join(OWN)} is in it; other names are not read")


def check_css(text: str, named: str) -> None:
    """Raise UsageError where a house's CSS, which a message calls `named`, would leave the page's style element.

    Nothing escapes it there: its text ends at the tag, whatever CSS says (HTML Standard, 13.2.5.3, RAWTEXT state).
    """
    if "</style" in text.lower():
        raise UsageError(f"{named}: it has </style>, which would end the page's style; give CSS without HTML")


def check_script(text: str, named: str) -> None:
    """Raise UsageError where a house's script, which a message calls `named`, would leave the page's script element.

    `<!--` begins text in which a script's end is passed over (HTML Standard, 4.12.1.3).
    """
    if found := next((mark for mark in ("</script", "<!--") if mark in text.lower()), ""):
        raise UsageError(f"{named}: it has {found}, where the page's script would end or never end; write \\x3c for <")


def templates_folder() -> Path:
    """Return the folder of the templates: inside the package where installed, beside it in a checkout."""
    package = Path(generator.__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


@cache
def _environment(own: str | None) -> "minijinja.Environment":
    """Return the environment; a user's `own` folder is looked at first, and its templates come to an end."""
    import minijinja  # noqa: TID251 - a check renders nothing

    environment = minijinja.Environment(
        loader=lambda name: _found(name, own),
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # In the others, each value passes a filter of its own language.
        auto_escape_callback=lambda name: "html" if name.endswith(".html.j2") else None,
        filters={
            "javascript": javascript_literal,
            "markdown": markdown.escaped,
            "code": markdown.code,
            "fenced": markdown.fenced,
            "line": markdown.one_line,
        },
    )
    if own is not None:
        environment.fuel = FUEL
    return environment


def render(template: str, own: str | None = None, /, **values: object) -> str:
    """Render `template` (a path below the templates folder) with `values`; an unknown name in it is an error.

    `own` is a user's folder whose templates take the place of ours. Raises UsageError where one of those is wrong.
    """
    import minijinja  # noqa: TID251 - a check renders nothing

    try:
        return _environment(own).render_template(template, **values)
    except minijinja.TemplateError as error:
        if own is None:
            raise
        raise UsageError(f"--templates {own}: {template}: {_reason(error)}") from error


def _reason(error: "minijinja.TemplateError") -> str:
    """Return what is wrong, and where: of a template that another one includes, what is said of that one."""
    if error.kind == "OutOfFuel":
        return f"it does not come to an end within {FUEL:,} steps; is a loop in it endless?"
    causes: list[str] = re.findall(r"^caused by: (.+)$", str(error), re.MULTILINE)
    return causes[-1] if causes else error.message


def source(name: str, own: str | None = None) -> str:
    """Return the page's CSS or script, a file of the templates folder, as it is; `own` as for `render`.

    Raises FileNotFoundError, and UsageError where the text cannot stand in the page.
    """
    text = _found(name, own)
    if text is None:
        raise FileNotFoundError(name)
    check = check_css if name.endswith(".css") else check_script
    check(text, f"--templates {own}: {name}")
    return text


def _found(name: str, own: str | None) -> str | None:
    """Return the text of the file `name` of a folder of templates; None where it is in neither.

    Raises UsageError where it cannot be read, or leads elsewhere: whoever wrote the templates of a repository is not
    to learn what else this machine holds.
    """
    for folder in (Path(own), templates_folder()) if own else (templates_folder(),):
        file = folder / name
        try:
            if not is_file(file):
                continue
            if not file.resolve().is_relative_to(folder.resolve()):
                raise UsageError(
                    f"--templates {own}: {name}: it lies outside of the folder, which templates do not leave"
                )
            return read_limited(file).decode("utf-8-sig")
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"--templates {own}: {name} cannot be read: {error}") from error
    return None
