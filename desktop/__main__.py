"""The window's program: ``python -m desktop``. Spawned children import this module again: Qt comes late."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Open the window and run until it is closed."""
    multiprocessing.freeze_support()
    from desktop.app import run  # noqa: PLC0415 - after freeze_support, and never in a child

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
