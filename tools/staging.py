"""The real window over the real core, brought to each screen in turn and pictured there."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import csv
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tools.staging_trust import TrustScenes

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from core.settings import Theme
    from desktop.app import Desktop
    from desktop.views.ask import AskView
    from desktop.views.base import View
    from desktop.views.check import CheckView
    from desktop.widgets.evidence_card import EvidenceCard

LIMIT = 600.0  # seconds for one answer
IN_GUIDE = (
    *("welcome", "check", "documents", "preview", "retrieval", "models", "about", "labelling", "calibration"),
)
COMPANY = "Kestrelmont"
PILOT_QUESTIONS = 4
EXPECTED = {"en": "Within 30 days of the return.", "zh": "每人每天100元。"}  # answers to the first ones
# What another tool might have said to sample questions, given by their place in the list.
REPLIES = {
    "en": (
        (0, "An expense claim must be submitted within 60 days of the return from the trip."),
        (6, "Kestrelmont grants 14 weeks of parental leave."),
        (4, "The KT-110-F temperature probe costs £58 in the price list 2025."),
    ),
    "zh": (
        (1, "普通员工到上海出差，住宿费标准是每晚600元。"),
        (8, "科思蒙公司的年终奖发两个月工资。"),
        (2, "临澜市水务有限公司的年度服务费为268,000元。"),
    ),
}


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


class Stage(TrustScenes):
    """Takes the pictures that are wanted; what must have happened before one is done when it is needed."""

    def __init__(self, home: Path, out: Path, size: tuple[int, int], scenes: Sequence[str]) -> None:
        from core.offline import go_offline
        from desktop.app import application

        self.home, self.out, self.size, self.scenes = home, out, size, scenes
        self.guide: Path | None = None
        self.app = application([])
        go_offline()
        self.desktops: list[Desktop] = []
        self.done: set[str] = set()

    def shoot(self, language: str) -> None:
        """The pictures in one language."""
        self.open(language)
        for name in self.scenes:
            getattr(self, name.replace("-", "_"))()
        self.window.close()

    def open(self, language: str) -> None:
        """A window in this language over an empty library."""
        from core.sample import sample_files
        from core.settings import Settings, Speech, Theme, save_settings
        from core.types import Language
        from desktop.app import Desktop
        from desktop.core_backend import CoreBackend

        self.folder = self.home / "Documents" / COMPANY
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for path in sample_files(Language(language)):
            shutil.copyfile(path, self.folder / path.name)
        settings = Settings(language=Speech(language), theme=Theme.LIGHT, reviewer="Ada Marsh")
        save_settings(settings)
        self.library = self.home / "Touchstone" / f"library-{language}"
        desktop = Desktop(self.app, CoreBackend(self.library, settings))
        self.desktops.append(desktop)
        self.window, self.errors, self.language = desktop.window, desktop.errors, language
        self.done.clear()
        self.window.resize(*self.size)
        desktop.show()
        self.until(lambda: self.window._model is not None and self.window._readiness is not None)

    def once(self, prepare: Callable[[], None]) -> None:
        """Do what later pictures need, in this language the first time only."""
        if prepare.__name__ not in self.done:
            self.done.add(prepare.__name__)
            prepare()

    def questions(self) -> tuple[str, ...]:
        """The questions of the sample."""
        from core.sample import sample_questions
        from core.types import Language

        return sample_questions(Language(self.language))

    def filled(self) -> None:
        """The library holds the documents."""
        documents = self.window.documents
        unreadable(self.folder)
        self.window.open_screen(documents)
        documents.add([self.folder])
        self.until(lambda: not documents.running and bool(documents.model.rows))

    def checked(self) -> None:
        """The supplied letter was checked."""
        from core.sample import SAMPLE

        self.once(self.filled)
        check = self.window.check
        self.window.open_screen(check)
        check.text.setPlainText((SAMPLE / f"letter_{self.language}.md").read_text(encoding="utf-8"))
        check.start()
        self.until(lambda: not check.result.running)
        self.pages(check)

    def welcome(self) -> None:
        """The first start."""
        self.both("welcome", self.window.welcome)

    def documents(self) -> None:
        """The list, with a file that cannot be read."""
        self.once(self.filled)
        documents = self.window.documents
        names = [Path(row.document.path).name for row in documents.model.rows]
        documents.table.selectRow(names.index("scan_0042.pdf"))
        self.both("documents", documents)
        self.window._status(self.window.backend.readiness())

    def preview(self) -> None:
        """What was read from a workbook."""
        self.once(self.filled)
        documents = self.window.documents
        books = [row for row in documents.model.rows if row.document.path.endswith(".xlsx")]
        documents.preview(books[-1].document)
        self.until(lambda: bool(documents.reading.model.rows))
        self.both("preview", documents)
        documents.show_list()

    def retrieval(self) -> None:
        """The passages that a question finds."""
        self.once(self.filled)
        documents = self.window.documents
        documents.test_retrieval()
        documents.retrieval.question.setText(self.questions()[1])
        documents.retrieval.search()
        self.until(lambda: bool(documents.retrieval.cards))
        self.both("retrieval", documents)
        documents.show_list()

    def ask_empty(self) -> None:
        """Before the first question."""
        self.once(self.filled)
        self.both("ask-empty", self.window.ask)

    def ask(self) -> None:
        """An answer while it is written, and checked."""
        self.once(self.filled)
        ask = self.window.ask
        self.window.open_screen(ask)
        ask.ask(self.questions()[1])
        self.until(lambda: bool(ask.result.text.toPlainText()) or not ask.result.running)
        self.snap("ask-running", "light")
        self.until(lambda: not ask.result.running)
        self.pages(ask)
        self.both("ask", ask)

    def check_empty(self) -> None:
        """Before a text is checked."""
        self.once(self.filled)
        self.both("check-empty", self.window.check)

    def check(self) -> None:
        """The supplied letter, checked."""
        self.once(self.checked)
        self.both("check", self.window.check)

    def release(self) -> None:
        """The dialog of a release, with a correction from the evidence put in."""
        from core.settings import Theme

        self.once(self.checked)
        uses = self.window.check.result.uses
        self.window.open_screen(self.window.check)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            uses.ask_release()
            dialog = uses.dialog
            assert dialog is not None
            dialog.edit.put_in()
            wait(400)
            self.grab("release", theme.value, dialog)
            dialog.reject()

    def history(self) -> None:
        """Past answers."""
        self.once(self.checked)
        window = self.window
        window.open_screen(window.history)
        self.until(lambda: bool(window.history.model.rows))
        self.both("history", window.history)

    def models(self) -> None:
        """Installed models and what the chosen one needs."""
        window = self.window
        window.open_screen(window.models)
        self.until(window.models.details.runner.memory.isVisible)
        self.both("models", window.models)

    def server(self) -> None:
        """Describing a model on a server of the firm, and the model before its host is allowed."""
        from core.settings import Theme
        from desktop.server_backend import ServerWish

        models, backend = self.window.models, self.window.backend
        self.window.open_screen(models)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            models.ask_for_server()
            dialog = models.dialog
            assert dialog is not None
            dialog.fill("https://llm.kestrelmont.example:8443", "Qwen2.5-7B-Instruct")
            wait(150)
            self.grab("server-add", theme.value, dialog)
            dialog.reject()
        entry = backend.add_server(ServerWish("https://llm.kestrelmont.example:8443", "Qwen2.5-7B-Instruct"))
        models.refresh()
        self.until(lambda: entry in models.model.rows)
        models.table.selectRow(models.model.rows.index(entry))
        self.both("server", models)
        backend.remove_server(entry.name)

    def passport(self) -> None:
        """What one model file is made of."""
        from core.settings import Theme

        models = self.window.models
        self.window.open_screen(models)
        self.until(lambda: bool(models.model.rows))
        models.table.selectRow(0)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            models.details.show_passport()
            panel = models.details.passport
            self.until(lambda panel=panel: panel.words is not None)
            wait(150)
            self.grab("passport", theme.value, panel)
            panel.accept()

    def settings(self) -> None:
        """The settings."""
        self.both("settings", self.window.settings)

    def thresholds(self) -> None:
        """What other thresholds would have let through."""
        from PySide6.QtWidgets import QScrollArea

        self.once(self.checked)
        settings = self.window.settings
        self.window.open_screen(settings)
        self.until(settings.thresholds.note.isVisible)
        settings.findChild(QScrollArea).ensureWidgetVisible(settings.thresholds, 0, 200)
        self.both("thresholds", settings)

    def about(self) -> None:
        """The network with its figures, and the parts."""
        about = self.window.about
        self.window.open_screen(about)
        self.until(lambda: about._state is not None and bool(about.text.toPlainText()))
        self.both("about", about)

    def help(self) -> None:
        """The guide."""
        help_ = self.window.help
        self.window.open_screen(help_)
        help_.open_page("03-documents.md")
        self.both("help", help_)

    def review(self) -> None:
        """The queue, and an answer of it."""
        self.once(self.checked)
        backend, review = self.window.backend, self.window.review
        for place, reply in REPLIES[self.language]:
            for _ in backend.check_text(reply, self.questions()[place]):
                pass
        self.window.open_screen(review)
        self.until(lambda: len(review.queue.rows) > 1)
        backend.assign(review.queue.rows[1].answer_id, backend.settings.reviewer)
        review.queue.table.selectRow(0)
        self.both("review", review)
        letter = next(row for row in review.queue.rows if row.question is None)
        review.open(letter)
        self.until(lambda: review.page.answer is not None)
        self.drawn(review.page.evidence.cards)
        self.both("review-answer", review)
        review.back()
        self.review_files()

    def review_files(self) -> None:
        """The same answers on another computer: what goes along, a decision there, and what comes back."""
        from core import identity
        from core.identity import Role
        from core.store.database import Library
        from desktop.review_backend import Said

        review, secret = self.window.review, "correct horse battery"
        with Library.open(self.library) as library:
            identity.add_user(library, "Ada Marsh", Role.ADMINISTRATOR, secret)
        review.files.choose_answers()
        self.until(lambda: review.files.dialog is not None)
        self.grab("review-take", "light", review.files.dialog)
        review.files.dialog.reject()
        path = self.home / "Documents" / f"review-{self.language}.json"
        ids = [row.answer_id for row in review.queue.rows]
        review.backend.take_along(path, ids, ())
        file = review.backend.open_carried(path)
        file.unlock("Ada Marsh", secret)
        review.show_carried(file)
        self.until(lambda: bool(review.carried.queue.rows))
        self.both("review-file", review)
        review.carried.open(review.carried.queue.rows[0])
        self.until(lambda: review.carried.page.answer is not None)
        self.both("review-file-answer", review)
        for answer_id in ids[:2]:
            file.decide(answer_id, Said(True, "Ada Marsh", "compared with the policy"))
        with file.out.open("a", encoding="utf-8") as out:
            out.write(file.out.read_text(encoding="utf-8").splitlines()[0] + "\n")
        review.close_carried()
        review.files.bring_back(str(file.out))
        self.until(lambda: bool(review.brought.rows) and not review.brought.running)
        self.both("review-brought", review)
        review.brought.leave()

    def pilot(self) -> None:
        """A run of the first sample questions through every installed model."""
        self.once(self.filled)
        folder, pilot = self.home / f"pilot-{self.language}", self.window.pilot
        self.run_pilot(folder)
        self.window.open_screen(pilot)
        wait(150)
        pilot.open(folder)
        self.until(lambda: bool(pilot.results.answers))
        pilot.results.answers[0].step(1)
        self.drawn(pilot.results.evidence.cards)
        self.both("pilot", pilot)

    def pilot_new(self) -> None:
        """A run that is put together."""
        self.once(self.filled)
        pilot = self.window.pilot
        self.window.open_screen(pilot)
        pilot.new()
        pilot.setup.set.read(self.question_set())
        self.until(lambda: bool(pilot.setup.set.asked and pilot.setup.models.bars))
        self.until(lambda: all(bar.isVisible() for bar in pilot.setup.models.bars.values()))
        for tick in pilot.setup.models.ticks.values():
            tick.setChecked(True)
        pilot.setup.options.stability.setValue(1)
        self.both("pilot-new", pilot)

    def pilot_running(self) -> None:
        """A run that works on its third answer, and is stopped then."""
        from core.settings import Theme

        self.once(self.filled)
        if self.window.pilot.setup.wish is None:
            self.pilot_new()
        pilot = self.window.pilot
        for name, tick in pilot.setup.models.ticks.items():
            tick.setChecked(name == min(pilot.setup.models.ticks, key=self.size_of))
        pilot.setup.options.stability.setValue(0)
        pilot.setup.begin()
        self.until(lambda: pilot.running._at is not None and pilot.running._at[0] > 1)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            self.snap("pilot-running", theme.value)
        pilot.running.stop()
        self.until(lambda: pilot.results.run is not None)

    def size_of(self, name: str) -> int:
        """How large a model's file is."""
        return next(model.size for model in self.window.pilot.setup.models._models if model.name == name)

    def question_set(self) -> Path:
        """The first sample questions as a set, one of them with the answer that is expected."""
        table = self.home / f"questions-{self.language}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = [[each, ""] for each in self.questions()[:PILOT_QUESTIONS]]
            rows[0][1] = EXPECTED[self.language]
            csv.writer(file).writerows([["question", "expected"], *rows])
        return table

    def run_pilot(self, folder: Path) -> None:
        """As the command line does it."""
        from core.assistant import open_encoders
        from core.llm import catalog
        from core.pilot.run import Pilot
        from core.pilot.sets import read_set
        from core.pilot.start import Options, start
        from core.settings import load_settings

        table = self.question_set()
        embedder, checker = open_encoders()
        models = catalog.installed()
        start(folder, read_set(table), models, self.library, load_settings(), Options(), embedder, checker)
        for _ in Pilot(folder, embedder, checker).work():
            pass

    def pages(self, view: AskView | CheckView) -> None:
        """Wait for the pictures of pages beside an answer."""
        self.drawn(view.result.evidence.cards)

    def drawn(self, cards: Sequence[EvidenceCard]) -> None:
        """Wait for the pictures of pages on cards."""
        previews = [card.preview for card in cards if not card.preview.isHidden()]
        self.until(lambda: all(preview.shown for preview in previews))

    def both(self, name: str, view: View) -> None:
        """A screen in both themes."""
        from core.settings import Theme

        self.window.open_screen(view)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            wait(150)
            self.snap(name, theme.value)

    def dress(self, theme: Theme) -> None:
        """Put a theme on the window."""
        self.window.apply_settings(replace(self.window.backend.settings, theme=theme))

    def snap(self, name: str, theme: str) -> None:
        """The window as it is."""
        wait(100)
        picture = self.grab(name, theme, self.window)
        if self.guide is not None and theme == "light" and name in IN_GUIDE:
            picture.save(str(self.guide / f"{name}-{self.language}.png"))

    def grab(self, name: str, theme: str, widget: QWidget) -> QPixmap:
        """One picture."""
        path = self.out / f"{name}-{self.language}-{theme}.png"
        picture = widget.grab()
        picture.save(str(path))
        print(path.name, file=sys.stderr)
        return picture

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
            shiboken6.delete(desktop.window)


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)
