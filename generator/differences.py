"""Two states of a text as a unified diff."""


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """Return what changed, as `diff -u` writes it, lines with their own ends; empty where nothing did.

    Lines end at a newline and nowhere else: other characters that Python splits at are part of a line.
    """
    import difflib

    if old == new:
        return ""
    told = difflib.unified_diff(_lines(old), _lines(new), old_name, new_name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in told)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])
