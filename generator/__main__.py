"""`sendready`, also as `python -m generator`."""

import gc
import sys

COLLECTIONS_PAUSE = 1_000_000
"""How many more containers must be there before the garbage collector looks for cycles; we make next to none."""


def main() -> None:
    """Run the command line. What it imports is thousands of containers, too: the collector is told before."""
    gc.set_threshold(COLLECTIONS_PAUSE)
    try:
        _import_msgspec()
        from generator import cli
    except KeyboardInterrupt:  # later `cli` sees to it
        sys.exit(130)
    cli.main()


def _import_msgspec() -> None:
    """Import msgspec as where `typing_extensions` is not installed: `typing` serves it as well, at half the time."""
    absent = "typing_extensions"
    if absent not in sys.modules:
        sys.modules[absent] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules[absent]


if __name__ == "__main__":
    main()
