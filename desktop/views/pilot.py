"""Pilot: a set of questions through several models, from putting a run together to its results."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from core.settings import home
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.pilot_backend import PilotWish
from desktop.views.base import View
from desktop.views.pilot_results import ResultsPage
from desktop.views.pilot_running import RunningPage
from desktop.views.pilot_setup import SetupPage
from desktop.widgets.basic import button, card, column, label, row
from desktop.widgets.empty import Empty

if TYPE_CHECKING:
    from core.pilot.state import RunState
    from core.pilot.types import Run

V = TypeVar("V", bound=View)


class PilotView(View):
    """A run is put together, works, and is shown: one page each. One run at a time."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.folder: Path | None = None  # of the run that is shown
        self._build()
        self.results = self._add(ResultsPage(backend))
        self.results.go_on_wanted.connect(self.go_on)
        self._export.clicked.connect(self.results.choose_target)
        self.retranslate()

    # The pages of a new run are built when they are first wanted: the window's start waits for none.

    @cached_property
    def setup(self) -> SetupPage:
        """Where a run is put together."""
        page = self._add(SetupPage(self.backend))
        page.start_wanted.connect(self.begin)
        page.left.connect(self._back)
        return page

    @cached_property
    def running(self) -> RunningPage:
        """Where it works."""
        page = self._add(RunningPage(self.backend))
        page.refused.connect(self._refused)
        page.left.connect(self.open)
        page.busy_changed.connect(self._show)
        return page

    @Slot(object)
    def open(self, folder: Path) -> None:
        """Show the results of the run in this folder, as far as it is."""
        start_call(lambda: (folder, *self.backend.load_pilot(folder)), self._loaded, self.failed)

    @Slot()
    def new(self) -> None:
        """Put a run together."""
        self._turn(self.setup)
        self.setup.refresh()
        self.setup.set.choose.setFocus()

    @Slot(object)
    def begin(self, wish: PilotWish) -> None:
        """Begin a run."""
        self._turn(self.running)
        self.running.begin(wish)
        self.running.progress.pause.setFocus()

    @Slot(bool)
    def go_on(self, retry: bool) -> None:
        """Go on with the run that is shown."""
        if self.folder is None or self.results.run is None:
            return
        self._turn(self.running)
        self.running.resume(self.folder, self.results.run, retry=retry)
        self.running.progress.pause.setFocus()

    def refresh(self) -> None:
        """What is installed and free may have changed while a run is put together."""
        if "setup" in self.__dict__ and self._pages.currentWidget() is self.setup:
            self.setup.refresh()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Pilot"))
        self._explain.setText(self.tr("A set of questions through several models, and what came of it."))
        self._new.setText(self.tr("New run…"))
        self._open.setText(self.tr("Open a run…"))
        self._export.setText(self.tr("Export…"))
        self._empty.say(
            self.tr("No run is open"),
            self.tr(
                "Choose “New run…” to ask your own questions of several models on your documents, or open "
                "the folder of a run, also of one that “touchstone pilot run” began."
            ),
        )

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        self._new, self._open, self._export = button("add", "primary"), button("folder"), button("export")
        self._new.clicked.connect(self.new)
        self._open.clicked.connect(self._choose)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        head = row(gap=2)
        head.addLayout(words, 1)
        for part in (self._export, self._open, self._new):
            head.addWidget(part)
        self._empty = Empty("pilot")
        self._blank = card()
        column(self._blank).addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._blank)
        self._pages.currentChanged.connect(self._show)
        layout = column(self, margin=6, gap=3)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)

    def _add(self, page: V) -> V:
        page.failed.connect(self.failed)
        self._pages.addWidget(page)
        self._show()
        return page

    def _turn(self, page: View) -> None:
        self._pages.setCurrentWidget(page)

    @Slot()
    def _show(self) -> None:
        """What can be done now: nothing else while a run works."""
        shown = self._pages.currentWidget()
        busy = "running" in self.__dict__ and self.running.running
        self._new.setEnabled(not busy and not isinstance(shown, SetupPage))
        self._open.setEnabled(not busy)
        self._export.setVisible(isinstance(shown, ResultsPage))

    @Slot()
    def _choose(self) -> None:
        runs = home() / "pilots"
        dialog = QFileDialog(self, self.tr("Open a run"), str(runs if runs.is_dir() else home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.open(Path(name))

    @Slot(object)
    def _loaded(self, found: tuple[Path, Run, RunState]) -> None:
        self.folder, run, state = found
        self._turn(self.results)
        self.results.show_run(run, state)

    @Slot()
    def _back(self) -> None:
        """Back to what was shown before."""
        if self.results.run is None:
            self._pages.setCurrentWidget(self._blank)
        else:
            self._turn(self.results)
        self._new.setFocus()

    @Slot()
    def _refused(self) -> None:
        """The dialog says why; what was put together is still there."""
        if "setup" in self.__dict__ and self.running.folder != self.folder:
            self._turn(self.setup)
        else:
            self._back()
