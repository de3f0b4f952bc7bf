"""The look of pages as the command line says it: whose words, which tabs, a house's own CSS and templates."""

from generator.findings import UsageError
from generator.options import Arguments
from generator.pipeline import Credentials, Look, Tabs


def chosen_look(arguments: Arguments, credentials: str) -> Look:
    """Return the look; `credentials` is what holds where the command line says nothing of them.

    Raises UsageError where a file or folder that is named cannot be read.
    """
    if arguments.templates is not None and not arguments.templates.is_dir():
        raise UsageError(f"--templates {arguments.templates}: there is no such folder")
    theme = ""
    if arguments.theme is not None:
        try:
            theme = arguments.theme.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--theme {arguments.theme}: cannot be read: {error}") from error
    return Look(
        credentials=Credentials(arguments.credentials or credentials),
        tabs=Tabs(arguments.tabs or "plain"),
        theme=theme,
        templates=str(arguments.templates) if arguments.templates else None,
    )
