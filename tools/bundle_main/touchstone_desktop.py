"""The bundle's window. Spawned children start here too, so Qt and the product are imported late."""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from desktop.__main__ import main  # noqa: TID251 - the bundle holds both faces

    sys.exit(main())
