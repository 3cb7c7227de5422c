"""The bundle's command line. Spawned children start here too, so the product is imported late."""

from __future__ import annotations

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from core.cli import main

    main()
