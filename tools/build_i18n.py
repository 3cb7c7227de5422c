"""The window's catalogues: ``build_i18n.py`` compiles the .ts files to .qm; ``--update`` first takes the
words that the code holds now into the .ts files (new ones arrive as unfinished).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
BIN = Path(sys.executable).parent
CATALOGUES = {
    "touchstone_zh.ts": [],
    "touchstone_en.ts": ["-pluralonly"],  # English is the code's own language: only its plurals are told
}


def update(folder: Path = FOLDER) -> None:
    """Merge the code's words into the catalogues of a folder."""
    sources = [str(path) for path in sorted((ROOT / "desktop").rglob("*.py"))]
    for name, options in CATALOGUES.items():
        _run(
            "pyside6-lupdate",
            *options,
            "-no-obsolete",
            "-locations",
            "none",
            *sources,
            "-ts",
            str(folder / name),
        )


def compile_all(folder: Path = FOLDER) -> None:
    """Write each catalogue's .qm beside it. A window that is open has the old one mapped into its memory, and
    would crash if that were written over: the new one takes its name instead.
    """
    for name in CATALOGUES:
        path = folder / name
        made = path.with_suffix(".new")
        _run("pyside6-lrelease", "-silent", str(path), "-qm", str(made))
        made.replace(path.with_suffix(".qm"))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(BIN / tool), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)  # noqa: S603


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--update", action="store_true", help="take the code's words into the .ts files first"
    )
    if parser.parse_args().update:
        update()
    compile_all()


if __name__ == "__main__":
    main()
