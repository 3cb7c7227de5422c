"""Says in words what this machine lacks before anything is installed. Standard library only.

Usage: python tools/check_system.py [build] [window]
"""

from __future__ import annotations

import ctypes
import shutil
import sys

# What Qt's xcb platform needs beside what its wheel brings: library, Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def missing_for_build() -> list[str]:
    """What the first build of llama-cpp-python needs and this machine lacks."""
    problems = []
    if sys.version_info < (3, 11):
        problems.append(
            f"Python 3.11 or newer (this is {sys.version.split()[0]}): make PYTHON=/path/to/python3.11 …"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 - only its presence matters
    except ImportError:
        problems.append("Python's venv module (Debian: apt-get install python3-venv)")
    if not any(shutil.which(compiler) for compiler in ("g++", "clang++", "c++", "cl")):
        problems.append("a C/C++ compiler (Debian: apt-get install build-essential)")
    return problems


def missing_for_window() -> list[str]:
    """The system libraries that Qt needs on Linux and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    absent = [package for name, package in QT_LIBRARIES.items() if not _loads(name)]
    return [f"system libraries for the window (Debian: apt-get install {' '.join(absent)})"] if absent else []


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def main() -> None:
    """Print what is missing and exit 1, or say nothing."""
    wanted = sys.argv[1:] or ["build", "window"]
    problems = missing_for_build() if "build" in wanted else []
    problems += missing_for_window() if "window" in wanted else []
    for problem in problems:
        print(f"missing: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
