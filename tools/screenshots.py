"""Every screen as a picture, in English and Chinese, light and dark, into ``docs/pictures``.

    python -m tools.screenshots [--out FOLDER] [--size 1280x800] [--languages en zh] [--platform xcb]
        [--unanswered]

The light ones that the user guide shows go to ``resources/guide/pictures`` as well, unless ``--out`` names
another folder. ``--unanswered`` leaves out what a model would have to write.

Nothing is staged: a library is filled with the sample documents and three files that cannot be read, the
installed model answers a sample question, and the supplied letter is checked. All of it happens in a home
folder of its own, which is thrown away.
"""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 600.0  # seconds for one answer
GUIDE = ROOT / "resources" / "guide" / "pictures"
IN_GUIDE = ("welcome", "check", "documents", "preview", "retrieval", "models", "about")
COMPANY = {"en": "Kestrelmont", "zh": "Kestrelmont"}


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--languages", nargs="+", choices=["en", "zh"], default=["en", "zh"])
    parser.add_argument("--platform", default="offscreen", help="Qt platform: offscreen or xcb")
    parser.add_argument("--unanswered", action="store_true", help="without the answers of a model")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
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
        studio = Studio(home, options.out, (width, height), answered=not options.unanswered)
        if options.out == parser.get_default("out"):
            GUIDE.mkdir(parents=True, exist_ok=True)
            studio.guide = GUIDE
        for language in options.languages:
            studio.shoot(language)
        studio.close()


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


def unreadable(folder: Path) -> None:
    """Three files as they turn up in every company: a scan, a broken one, a kind that is not read."""
    import pypdfium2

    scan = pypdfium2.PdfDocument.new()
    page = scan.new_page(595, 842)
    bitmap = pypdfium2.PdfBitmap.new_native(60, 84, 3)  # BGR
    bitmap.fill_rect((235, 238, 240, 255), 0, 0, 60, 84)
    picture = pypdfium2.PdfImage.new(scan)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    scan.save(folder / "scan_0042.pdf")
    (folder / "minutes_old.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic")


class Studio:
    """The real window over the real core."""

    def __init__(self, home: Path, out: Path, size: tuple[int, int], *, answered: bool) -> None:
        from core.offline import go_offline
        from desktop.app import application

        self.home, self.out, self.size, self.answered = home, out, size, answered
        self.guide: Path | None = None
        self.app = application([])
        go_offline()
        self.desktops: list[object] = []

    def shoot(self, language: str) -> None:
        """All pictures in one language."""
        from core.sample import sample_files
        from core.settings import Settings, Speech, Theme, save_settings
        from core.types import Language
        from desktop.app import Desktop
        from desktop.core_backend import CoreBackend

        folder = self.home / "Documents" / COMPANY[language]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in sample_files(Language(language)):
            shutil.copyfile(path, folder / path.name)
        settings = Settings(language=Speech(language), theme=Theme.LIGHT, reviewer="Ada Marsh")
        save_settings(settings)
        desktop = Desktop(self.app, CoreBackend(self.home / "Touchstone" / f"library-{language}", settings))
        self.desktops.append(desktop)
        self.window, self.errors, self.language = desktop.window, desktop.errors, language
        self.window.resize(*self.size)
        desktop.show()
        self.until(lambda: self.window._model is not None and self.window._readiness is not None)
        self.both("welcome", self.window.welcome)
        unreadable(folder)
        self.fill(folder)
        self.answer()
        self.lists()
        self.window.close()

    def fill(self, folder: Path) -> None:
        """Documents."""
        window = self.window
        window.open_screen(window.documents)
        window.documents.add([folder])
        self.until(lambda: not window.documents.running and bool(window.documents.model.rows))
        names = [Path(row.document.path).name for row in window.documents.model.rows]
        window.documents.table.selectRow(names.index("scan_0042.pdf"))
        self.both("documents", window.documents)
        self.preview([name for name in names if name.endswith(".xlsx")][-1])
        self.retrieval()
        window._status(window.backend.readiness())

    def preview(self, name: str) -> None:
        """What was read from a workbook."""
        documents = self.window.documents
        row = next(row for row in documents.model.rows if row.document.path.endswith(name))
        documents.preview(row.document)
        self.until(lambda: bool(documents.reading.model.rows))
        self.both("preview", documents)

    def retrieval(self) -> None:
        """The passages that a question finds."""
        from core.sample import sample_questions
        from core.types import Language

        documents = self.window.documents
        documents.test_retrieval()
        documents.retrieval.question.setText(sample_questions(Language(self.language))[1])
        documents.retrieval.search()
        self.until(lambda: bool(documents.retrieval.cards))
        self.both("retrieval", documents)
        documents.show_list()

    def answer(self) -> None:
        """Ask, and check a text."""
        from core.sample import SAMPLE, sample_questions
        from core.types import Language

        window = self.window
        ask, check = window.ask, window.check
        self.both("ask-empty", ask)
        if self.answered:
            ask.ask(sample_questions(Language(self.language))[1])
            self.until(lambda: bool(ask.result.text.toPlainText()) or not ask.result.running)
            self.snap("ask-running", "light")
            self.until(lambda: not ask.result.running)
            self.pages(ask)
            self.both("ask", ask)
        self.both("check-empty", check)
        check.text.setPlainText((SAMPLE / f"letter_{self.language}.md").read_text(encoding="utf-8"))
        check.start()
        self.until(lambda: not check.result.running)
        self.pages(check)
        self.both("check", check)
        self.release(check)

    def release(self, view: object) -> None:
        """The dialog of a release, with a correction from the evidence put in."""
        from core.settings import Theme

        uses = view.result.uses  # type: ignore[attr-defined]
        for theme in (Theme.DARK, Theme.LIGHT):
            self.window.apply_settings(replace(self.window.backend.settings, theme=theme))
            uses.ask_release()
            dialog = uses.dialog
            dialog.edit.put_in()
            wait(400)
            dialog.grab().save(str(self.out / f"release-{self.language}-{theme.value}.png"))
            dialog.reject()

    def lists(self) -> None:
        """History, models, settings."""
        window = self.window
        window.open_screen(window.history)
        self.until(lambda: bool(window.history.model.rows))
        self.both("history", window.history)
        window.open_screen(window.models)
        self.until(window.models.runner.memory.isVisible)
        self.both("models", window.models)
        self.both("settings", window.settings)
        self.thresholds()
        self.about_and_help()

    def thresholds(self) -> None:
        """What other thresholds would have let through."""
        from PySide6.QtWidgets import QScrollArea

        settings = self.window.settings
        self.until(settings.thresholds.note.isVisible)
        settings.findChild(QScrollArea).ensureWidgetVisible(settings.thresholds, 0, 200)
        self.both("thresholds", settings)

    def about_and_help(self) -> None:
        """The network with its figures, and the guide."""
        window = self.window
        window.open_screen(window.about)
        self.until(lambda: window.about._state is not None and bool(window.about.text.toPlainText()))
        self.both("about", window.about)
        window.open_screen(window.help)
        window.help.open_page("03-documents.md")
        self.both("help", window.help)

    def pages(self, view: object) -> None:
        """Wait for the pictures of pages."""
        cards = view.result.evidence.cards  # type: ignore[attr-defined]
        drawn = [card.preview for card in cards if not card.preview.isHidden()]
        self.until(lambda: all(preview.shown for preview in drawn))

    def both(self, name: str, view: object) -> None:
        """A screen in both themes."""
        from core.settings import Theme

        window = self.window
        window.open_screen(view)  # type: ignore[arg-type]
        for theme in (Theme.DARK, Theme.LIGHT):
            window.apply_settings(replace(window.backend.settings, theme=theme))
            wait(150)
            self.snap(name, theme.value)

    def snap(self, name: str, theme: str) -> None:
        """One picture."""
        wait(100)
        path = self.out / f"{name}-{self.language}-{theme}.png"
        picture = self.window.grab()
        picture.save(str(path))
        if self.guide is not None and theme == "light" and name in IN_GUIDE:
            picture.save(str(self.guide / f"{name}-{self.language}.png"))
        print(path.name, file=sys.stderr)

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the event loop run until something holds."""
        started = time.monotonic()
        while not holds():
            if self.errors.dialog is not None:
                sys.exit(self.errors.dialog.message.text())
            if time.monotonic() - started > LIMIT:
                sys.exit("the window did not come to where the picture is taken")
            wait(30)

    def close(self) -> None:
        """Let the windows go before Qt does."""
        import shiboken6

        for desktop in self.desktops:
            shiboken6.delete(desktop.window)  # type: ignore[attr-defined]


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)


if __name__ == "__main__":
    main()
