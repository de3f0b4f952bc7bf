"""`python -m generator` is `sendready`."""

from generator.cli import main

if __name__ == "__main__":
    main()
