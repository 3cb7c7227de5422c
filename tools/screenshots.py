"""Every screen as a picture, in English and Chinese, light and dark, into ``docs/pictures``.

    python -m tools.screenshots [--out FOLDER] [--size 1280x800] [--scale 2] [--languages en zh]
        [--platform xcb] [--only SCREEN …] [--unanswered]

The light ones that the user guide shows go to ``resources/guide/pictures`` as well, unless ``--out`` names
another folder. ``--only`` takes just the screens that are named, ``--unanswered`` leaves out what a model
would have to write. ``--size`` is that of the window in logical pixels; ``--scale 2`` takes pictures of twice
as many, as on a screen of 200 %.

Nothing is staged: a library is filled with the sample documents and three files that cannot be read, the
installed models answer sample questions, and texts from elsewhere are checked. All of it happens in a home
folder of its own, which is thrown away.
"""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "resources" / "guide" / "pictures"
WRITTEN = ("ask", "pilot-running", "pilot")  # a model writes what they show
# In this order: an earlier one must not show what a later one has left in the library.
SCENES = (
    *("welcome", "documents", "preview", "retrieval", "ask-empty", "ask", "check-empty", "check", "release"),
    *("history", "models", "server", "passport", "settings", "thresholds", "about", "help", "review"),
    *("pilot-new", "pilot-running", "pilot"),
    *("labelling", "calibration", "calibrate", "standing"),
)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="pixels of the picture for one of the window"
    )
    parser.add_argument("--languages", nargs="+", choices=["en", "zh"], default=["en", "zh"])
    parser.add_argument("--platform", default="offscreen", help="Qt platform: offscreen or xcb")
    parser.add_argument(
        "--only", nargs="+", choices=SCENES, default=SCENES, metavar="SCREEN", help=", ".join(SCENES)
    )
    parser.add_argument("--unanswered", action="store_true", help="without the answers of a model")
    options = parser.parse_args()
    scenes = [name for name in SCENES if name in options.only]
    if options.unanswered:
        scenes = [name for name in scenes if name not in WRITTEN]
    os.environ["QT_QPA_PLATFORM"] = options.platform
    os.environ["QT_SCALE_FACTOR"] = f"{options.scale:g}"
    width, height = (int(number) for number in options.size.split("x"))
    options.out.mkdir(parents=True, exist_ok=True)
    models = installed()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["HOME"] = str(home)
        os.environ["TOUCHSTONE_HOME"] = str(home / "Touchstone")
        (home / "Touchstone" / "models").mkdir(parents=True)
        for path in models:
            link(path, home / "Touchstone" / "models" / path.name)
        from tools.staging import Stage

        stage = Stage(home, options.out, (width, height), scenes)
        if options.out == parser.get_default("out"):
            GUIDE.mkdir(parents=True, exist_ok=True)
            stage.guide = GUIDE
        for language in options.languages:
            stage.shoot(language)
        stage.close()


def installed() -> list[Path]:
    """The model files of the user's folder and of the program."""
    from core.llm import catalog

    return [model.path for model in catalog.installed()]


def link(source: Path, target: Path) -> None:
    """A second name for a large file, or a copy where the disk has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
