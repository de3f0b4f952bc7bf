"""The only user of Jinja2: finds templates, renders them, and escapes values for the language they land in."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import generator
from generator.findings import UsageError
from generator.renderers import markdown
from generator.renderers.json_text import javascript_literal

if TYPE_CHECKING:
    import jinja2  # noqa: TID251 - this is the one module that may


def templates_folder() -> Path:
    """Return the folder of the templates: inside the package where installed, beside it in a checkout."""
    package = Path(generator.__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


@cache
def _environment(own: str | None) -> "jinja2.Environment":
    """Return the environment; a user's `own` folder is looked at first."""
    import jinja2  # noqa: TID251 - a check renders nothing

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([own, templates_folder()] if own else templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # In the others, each value passes a filter of its own language.
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=False),
    )
    environment.filters["javascript"] = javascript_literal
    environment.filters["markdown"] = markdown.escaped
    environment.filters["code"] = markdown.code
    environment.filters["fenced"] = markdown.fenced
    return environment


def render(template: str, own: str | None = None, /, **values: object) -> str:
    """Render `template` (a path below the templates folder) with `values`; an unknown name in it is an error.

    `own` is a user's folder whose templates take the place of ours. Raises UsageError where one of those is wrong.
    """
    import jinja2  # noqa: TID251 - a check renders nothing

    try:
        return _environment(own).get_template(template).render(**values)
    except jinja2.TemplateError as error:
        if own is None:
            raise
        raise UsageError(f"--templates {own}: {template}: {error}") from error


def source(name: str, own: str | None = None) -> str:
    """Return a file of the templates folder as it is; `own` as for `render`."""
    folders = [Path(own), templates_folder()] if own else [templates_folder()]
    found = next((folder / name for folder in folders if (folder / name).is_file()), folders[-1] / name)
    return found.read_text(encoding="utf-8")
