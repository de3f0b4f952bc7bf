"""What options and settings offer to choose from, by the words that users write."""

import enum


class ClientAuthentication(enum.Enum):
    """How the client proves itself to the token endpoint (RFC 6749 section 2.3.1).

    `BASIC_RAW` is Basic without form-encoding identifier and secret first, for servers that do not decode them.
    """

    BODY = "body"
    BASIC = "basic"
    BASIC_RAW = "basic-raw"


class Folders(enum.Enum):
    """What the folders of a collection are made from."""

    TAGS = "tags"
    PATHS = "paths"


class Credentials(enum.Enum):
    """Whether snippets read what a user fills in from the shell's variables, or show words to replace."""

    VARIABLES = "variables"
    PLACEHOLDERS = "placeholders"


class Tabs(enum.Enum):
    """How a Markdown page shows the same command for several shells."""

    PLAIN = "plain"
    MKDOCS = "mkdocs"
    DOCUSAURUS = "docusaurus"


FAILING_LEVELS = ("error", "warning")
"""From which severity on a check may fail."""


LONGEST_WILDCARD = 2_000
"""Characters of a pattern with wildcards; to read one takes time by the square of them."""


def values_of(options: type[enum.Enum]) -> tuple[str, ...]:
    """Return what users may write for `options`."""
    return tuple(option.value for option in options)
