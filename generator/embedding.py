"""Commands inside of pages that people write: what stands between two marks is made anew, all else stays as it is.

A block begins with `<!-- sendready: OPERATION SHELL -->` (in MDX `{/* sendready: OPERATION SHELL */}`) on a line of its
own and ends with `<!-- /sendready -->`. OPERATION is a request's id or name; SHELL is posix, cmd, batch, powershell or
all.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.differences import difference
from generator.files import read_limited
from generator.findings import OutputError, UsageError
from generator.guesses import closest
from generator.option_values import Tabs
from generator.output import write_file
from generator.pipeline import Snippet
from generator.renderers.docs import block, tabbed

_SHELLS = ("posix", "cmd", "batch", "powershell", "all")
_BEGIN = re.compile(
    r"([ \t]*)(?:<!--|\{/\*) sendready: (.+?)(?: (posix|cmd|batch|powershell|all))? (?:-->|\*/\})[ \t]*"
)
_END = re.compile(r"[ \t]*(?:<!--|\{/\*) /sendready (?:-->|\*/\})[ \t]*")
_NEARLY = re.compile(r"[ \t]*(?:<!--|\{/\*)[ \t]*(?:/[ \t]*)?sendready\b.*", re.IGNORECASE)
"""A line that is meant as a mark, though it may not be one as it stands."""

_NAMED = 20
"""How many operations are named where a mark names none of them."""

_NO_BLOCK = (
    "there is no mark in this page, so nothing of it is refreshed; a block begins with <!-- sendready: OPERATION SHELL "
    "--> and ends with <!-- /sendready -->, each on a line of its own and outside of code"
)

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")


class Page(Struct, frozen=True, kw_only=True):
    """A page as it should be, its marked blocks counted.

    `difference` is a unified diff from what it was, `problems` say what cannot be filled.
    """

    text: str
    blocks: int
    difference: str = ""
    problems: tuple[str, ...] = ()


def refresh_page(path: Path, made: Sequence[Snippet], tabs: Tabs, *, write: bool) -> Page:
    """Refresh the file at `path` and, with `write`, write it where that changes it and nothing is wrong.

    Raises UsageError where it cannot be read, OutputError where it cannot be written.
    """
    try:
        text = read_limited(path).decode("utf-8")
    except OSError as error:
        raise UsageError(f"--into {path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--into {path}: this is not UTF-8: {error}") from error
    page = refresh(text, made, tabs, str(path))
    if not page.blocks and not page.problems:
        page = replace(page, problems=(f"{path}: {_NO_BLOCK}",))
    if write and not page.problems and page.text != text:
        if path.is_symlink():
            raise OutputError(f"--into {path}: this is a link; name the file itself")
        write_file(path, page.text)
    return page


def refresh(text: str, made: Sequence[Snippet], tabs: Tabs, name: str) -> Page:
    """Return `text` with its marked blocks made anew; `name` is what the page is called in messages."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    result: list[str] = []
    problems: list[str] = []
    blocks = 0
    fence = ""
    index = 0
    while index < len(lines):
        line = lines[index].removesuffix("\r")
        result.append(lines[index])
        index += 1
        begin = None if fence else _BEGIN.fullmatch(line)
        if begin is None:
            if not fence and _NEARLY.fullmatch(line):
                problems.append(f"{name}:{index}: {_no_mark(line)}")
            fence = _fence(line, fence)
            continue
        end = _end(lines, index)
        if end is None:
            problems.append(f"{name}:{index}: this block has no end, <!-- /sendready -->")
            continue
        filled = _filled(begin[2], begin[3] or "all", made, tabs)
        if filled is None:
            problems.append(f"{name}:{index}: {_unknown(begin[2], made)}")
            result.extend(lines[index:end])
        else:
            result.extend(_laid_out(filled, begin[1], newline))
            blocks += 1
        result.append(lines[end])
        index = end + 1
    new = "\n".join(result)
    changed = difference(text, new, name, f"{name} (refreshed)")
    return Page(text=new, blocks=blocks, difference=changed, problems=tuple(problems))


def _end(lines: Sequence[str], index: int) -> int | None:
    """Return the number of the line that ends the block of which `index` is the first; None where another begins.

    What looks like a mark inside of a fence is part of a command.
    """
    fence = ""
    for number in range(index, len(lines)):
        line = lines[number].removesuffix("\r")
        if not fence and _END.fullmatch(line):
            return number
        if not fence and _BEGIN.fullmatch(line):
            return None
        fence = _fence(line, fence)
    return None


def _no_mark(line: str) -> str:
    if _END.fullmatch(line):
        return "this ends a block, and none has begun"
    return "this is no mark as it stands; one is <!-- sendready: OPERATION SHELL --> or <!-- /sendready -->, each alone"


def _fence(line: str, fence: str) -> str:
    """Return the fence that is open after `line` (CommonMark 4.5): marks inside of one are an example, not a mark."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    closes = found[1][0] == fence[0] and len(found[1]) >= len(fence) and not line[found.end() :].strip()
    return "" if closes else fence


def _filled(operation: str, shell: str, made: Sequence[Snippet], tabs: Tabs) -> str | None:
    snippet = next((s for s in made if s.id == operation), None) or next((s for s in made if s.name == operation), None)
    if snippet is None:
        return None
    return tabbed(snippet, tabs) if shell == "all" else block(snippet, shell)


def _laid_out(text: str, indent: str, newline: str) -> list[str]:
    """Return a block's lines between empty ones, indented as its mark is."""
    carriage = newline.removesuffix("\n")
    lines = ["", *text.split("\n"), ""]
    # A lone CR ends a line for Markdown, too (CommonMark 2.1): what follows must not leave the block.
    return [(indent + line.replace("\r", f"\r{indent}") if line else "") + carriage for line in lines]


def missing_imports(text: str) -> tuple[str, ...]:
    """Return the lines that a page of Docusaurus needs for the tabs in it, and does not have."""
    if '<Tabs groupId="shell">' not in text:
        return ()
    lines = (f"import {name} from '@theme/{name}';" for name in ("Tabs", "TabItem"))
    return tuple(line for line in lines if not re.search(rf"^import {line.split()[1]}\b", text, re.MULTILINE))


def _unknown(operation: str, made: Sequence[Snippet]) -> str:
    names = [name for snippet in made for name in (snippet.id, snippet.name)]
    before, _, last = operation.rpartition(" ")
    if before in names:
        return f"there is no shell {last!r}; it is {', '.join(_SHELLS[:-1])} or {_SHELLS[-1]}"
    if sharing := [name for name in names if name.startswith(f"{operation} (")]:
        return f"several operations are called {operation!r}; name one of {', '.join(map(repr, sharing))}"
    near = closest(operation, names)
    further = f" and {len(made) - _NAMED} more" if len(made) > _NAMED else ""
    there = f"; there is {', '.join(snippet.id for snippet in made[:_NAMED])}{further}" if made else ""
    guess = f"; did you mean {near!r}?" if near else there
    return f"there is no operation {operation!r} in the specification{guess}"
