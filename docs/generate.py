"""Writes the pages that are made from the code: one for each rule, their index, the schema of the settings file."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.explaining import index, page  # noqa: E402
from generator.json_values import to_json  # noqa: E402
from generator.settings.schema import settings_schema  # noqa: E402
from generator.validation.rules.catalogue import EXPLAINED_BY_NAME  # noqa: E402


def pages() -> dict[str, str]:
    """Return all made pages by their path in the folder `docs`."""
    made = {f"rules/{rule.name}.md": page(rule) for rule in EXPLAINED_BY_NAME.values()}
    return {**made, "rules/README.md": index(), "settings.schema.json": to_json(settings_schema()) + "\n"}


def main() -> None:
    """Write them, and remove the pages of rules that are gone."""
    folder = ROOT / "docs"
    (folder / "rules").mkdir(exist_ok=True)
    made = pages()
    for path in (folder / "rules").glob("*.md"):
        if f"rules/{path.name}" not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
