"""`sendready snippets`: print the curl commands of all specifications as one text, or refresh them in pages."""

import json
from collections.abc import Sequence
from pathlib import Path

from generator import leftovers
from generator.cli_options import Arguments
from generator.cli_values import document_settings, look_of
from generator.commands.steps import exit_code, select, tasks_for, work
from generator.embedding import missing_imports, refresh_page
from generator.exit_codes import FOUND
from generator.findings import UsageError
from generator.jobs.outcome import Outcome
from generator.jobs.tasks import EmbedJob, ScriptsJob, SnippetsJob
from generator.json_values import to_json
from generator.renderers.values import Look
from generator.settings.file import find_settings
from generator.source import Selection
from generator.targets import check_distinct, check_no_input, working_folder
from generator.terminal import put, say, say_error, say_warning
from generator.text_layout import plural


def run(arguments: Arguments) -> int:
    """Print the curl commands of all specifications as one text, or refresh them in pages."""
    _check_usage(arguments)
    flags = document_settings(arguments, None)
    settings = find_settings(working_folder(), arguments.config)
    selection = select(arguments)
    look = look_of(arguments, settings.credentials or "variables")

    def done(job: EmbedJob | ScriptsJob | SnippetsJob) -> list[Outcome]:
        return work(tasks_for(selection, job, settings, flags, arguments), processes=1)

    if arguments.into:
        return _into(arguments, done(EmbedJob(look=look)), selection, look)
    output, snippet_format = arguments.output or "-", arguments.format or "md"
    if snippet_format == "files":
        check_distinct(selection.files, Path(output), "")
        outcomes = done(ScriptsJob(output=Path(output), look=look))
        for outcome in outcomes:
            if outcome.written:
                say(f"Written: {len(outcome.written)} files in {outcome.written[0].parent}\n")
                if left := leftovers.told(leftovers.scripts(outcome.written[0].parent, outcome.written)):
                    say_warning(left)
        return exit_code(outcomes, selection, strict=False)
    check_no_input("-o", output, selection.files)
    outcomes = done(SnippetsJob(format=snippet_format, look=look, alone=output == "-"))
    text = _joined([outcome.text for outcome in outcomes if outcome.text is not None], snippet_format)
    if output == "-" or text:  # where nothing could be made, an earlier file stays
        put(output, text, {name: file for outcome in outcomes for name, file in outcome.files.items()})
    return exit_code(outcomes, selection, strict=False)


def _check_usage(arguments: Arguments) -> None:
    """Raise UsageError, with all messages, where options do not go with each other."""
    snippet_format = arguments.format or "md"
    if arguments.into:
        if arguments.format or arguments.output or arguments.theme or arguments.templates:
            raise UsageError(
                "--into refreshes a page in its place; --format, -o, --theme and --templates do not go with it"
            )
        return
    wrong = {
        "--theme is for the HTML page: it goes with --format html": arguments.theme and snippet_format != "html",
        "--templates is for pages: it does not go with --format json or files": arguments.templates
        and snippet_format in {"json", "files"},
        "--tabs is for Markdown: it goes with --format md, or with --into": arguments.tabs and snippet_format != "md",
        "--check goes with --into: it says whether a page is stale": arguments.check,
        "--format files writes scripts into a folder; name it with -o": snippet_format == "files"
        and (arguments.output or "-") == "-",
    }
    if messages := [message for message, is_so in wrong.items() if is_so]:
        raise UsageError(*messages)


def _into(arguments: Arguments, outcomes: list[Outcome], selection: Selection, look: Look) -> int:
    """Refresh the pages, or tell which are stale; a page with a marker that cannot be filled is left as it is."""
    code = exit_code(outcomes, selection, strict=False)
    made = [snippet for outcome in outcomes for snippet in outcome.snippets]
    for path in arguments.into or ():
        page = refresh_page(Path(path), made, look.tabs, write=not arguments.check)
        for problem in page.problems:
            say_error(problem)
        put("-", page.difference if arguments.check else "")
        if not arguments.check and not page.problems:
            say(f"{'Refreshed' if page.difference else 'Already up to date'}: {path}, {plural(page.blocks, 'block')}\n")
            if missing := missing_imports(page.text):
                say(f"{path}: add {' and '.join(f'`{line}`' for line in missing)} at its top, or it will not build\n")
        if page.problems or (arguments.check and page.difference):
            code = max(code, FOUND)
    return code


def _joined(texts: Sequence[str], snippet_format: str) -> str:
    """Return the texts of several specifications as one, in the same format."""
    if len(texts) <= 1:
        return "".join(texts)
    if snippet_format == "html" or snippet_format.startswith("http"):
        page = "HTML page" if snippet_format == "html" else ".http file"
        raise UsageError(f"one {page} holds one specification; name them one by one")
    if snippet_format == "md":
        return "\n".join(texts)
    return to_json([entry for text in texts for entry in json.loads(text)]) + "\n"
