"""The window's program: ``python -m desktop``. Spawned children import this module again, so Qt comes late."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Open the window and run until it is closed."""
    multiprocessing.freeze_support()
    from desktop.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
