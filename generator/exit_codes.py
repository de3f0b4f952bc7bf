"""How the command line ends: done; findings at or above the failing level; wrong usage, unreadable input, cannot write;
Ctrl-C."""

from generator.findings import FatalError

DONE, FOUND, FAILED, INTERRUPTED = 0, 1, FatalError.exit_code, 130
