"""How long the window takes to show: seconds of the clock and of computing, from the start of the program.

    python -m bench.start [--runs 5] [--platform offscreen|xcb]

Each run is a program of its own with an empty home. ``painted`` is the first time that the window is drawn,
``known`` when library and model have been looked up too. On a busy machine read the seconds of computing:
the clock counts what other programs take as well.
"""

# Qt and the core are imported late: their import is what is measured.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from desktop.backend import Backend

BEGUN = "TOUCHSTONE_BENCH_BEGUN"  # the moment at which the program was started


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--platform", default="offscreen", help="Qt platform: offscreen or xcb")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child()
        return
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    runs = [run(options.platform) for _ in range(options.runs)]
    print(f"{'':10} {'clock s':>8} {'computing s':>12}   (median of {len(runs)}, in brackets the best)")
    for moment in ("painted", "known"):
        clock, cpu = ([each[moment][kind] for each in runs] for kind in ("clock", "cpu"))
        print(f"{moment:10} {median(clock):8.2f} {median(cpu):12.2f}   ({min(clock):.2f}, {min(cpu):.2f})")


def run(platform_name: str) -> dict[str, Any]:
    """One start in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        # The system tells when a process began from a boot time in whole seconds: up to one second wrong.
        environment = {"TOUCHSTONE_HOME": home, "QT_QPA_PLATFORM": platform_name, BEGUN: repr(time.time())}
        done = subprocess.run(
            [sys.executable, "-m", "bench.start", "--child"],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def child() -> None:
    """What ``python -m desktop`` does, with a note of the time at two moments."""
    from desktop.app import Desktop, application
    from desktop.late_backend import LateBackend

    app = application([])
    from PySide6.QtCore import QEvent, QObject, QTimer

    from core.offline import go_offline
    from core.settings import Settings, default_library

    seen: dict[str, dict[str, float]] = {}
    go_offline()
    desktop = Desktop(app, cast("Backend", LateBackend(default_library(), Settings())))

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
            if event.type() is QEvent.Type.Paint and "painted" not in seen:
                seen["painted"] = now()
            return super().eventFilter(watched, event)

    watch = Watch()
    desktop.window.centralWidget().installEventFilter(watch)
    desktop.show()

    def look() -> None:
        if desktop.window._readiness is not None and desktop.window._model is not None:
            seen["known"] = now()
            desktop.window.close()
            app.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    app.exec()
    print(json.dumps(seen))
    sys.stdout.flush()
    os._exit(0)  # nothing after the figures counts


def now() -> dict[str, float]:
    """Seconds since the start of the program, by the clock and of computing."""
    return {"clock": time.time() - float(os.environ[BEGUN]), "cpu": time.process_time()}


if __name__ == "__main__":
    main()
