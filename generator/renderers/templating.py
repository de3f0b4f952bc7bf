"""The only user of Jinja2: finds templates, renders them, and escapes values for the language they land in."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import generator
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
def _environment() -> "jinja2.Environment":
    import jinja2  # noqa: TID251 - a check renders nothing

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no template makes HTML; each value passes a filter of its own language
    )
    environment.filters["javascript"] = javascript_literal
    environment.filters["markdown"] = markdown.escaped
    environment.filters["code"] = markdown.code
    environment.filters["fenced"] = markdown.fenced
    return environment


def render(template: str, **values: object) -> str:
    """Render `template` (a path below the templates folder) with `values`; an unknown name in it is an error."""
    return _environment().get_template(template).render(**values)
