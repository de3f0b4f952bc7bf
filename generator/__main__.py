"""`sendready`, also as `python -m generator`."""

import gc

COLLECTIONS_PAUSE = 1_000_000
"""How many more containers must be there before the garbage collector looks for cycles; we make next to none."""


def main() -> None:
    """Run the command line. What it imports is thousands of containers, too: the collector is told before."""
    gc.set_threshold(COLLECTIONS_PAUSE)
    from generator import cli

    cli.main()


if __name__ == "__main__":
    main()
