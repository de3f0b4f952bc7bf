"""What a user decides about a page."""

import enum

from msgspec import Struct

from generator.renderers.filling import Credentials


class Tabs(enum.Enum):
    """How a Markdown page shows the same command for several shells."""

    PLAIN = "plain"
    MKDOCS = "mkdocs"
    DOCUSAURUS = "docusaurus"


class Look(Struct, frozen=True, kw_only=True):
    """What a page looks like: whose words stand for credentials, how tabs are written, a house's own CSS, templates."""

    credentials: Credentials = Credentials.VARIABLES
    tabs: Tabs = Tabs.PLAIN
    theme: str = ""
    templates: str | None = None
