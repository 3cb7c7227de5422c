"""Calibrate: risks and the threshold fitted to a firm's own documents, from claims that a person labels."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from desktop.backend import Backend
from desktop.typed import Typed
from desktop.views.base import View
from desktop.views.calibrate_result import ResultPage
from desktop.views.calibrate_start import StartPage
from desktop.views.label_claims import LabelPage
from desktop.widgets.basic import column
from desktop.widgets.unlock import Unlock


class CalibrateView(View):
    """Where it stands, the labelling, and what the labels say: one page each."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.start, self.labels, self.result = StartPage(backend), LabelPage(backend), ResultPage(backend)
        self.unlock = Unlock(backend, self)
        self._pages = QStackedWidget()
        for page in (self.start, self.labels, self.result):
            self._pages.addWidget(page)
            page.failed.connect(self.failed)
        column(self, margin=6).addWidget(self._pages)
        self.start.label_wanted.connect(self.label)
        self.start.result_wanted.connect(self.show_result)
        self.labels.left.connect(self.back)
        self.labels.done.connect(self.show_result)
        self.result.left.connect(self.back)
        self.result.stored.connect(self.start.show_state)
        self.unlock.opened.connect(self._begin)
        self.unlock.failed.connect(self.failed)

    def refresh(self) -> None:
        """Read again where calibration stands; nobody is taken away from what they are doing."""
        if self._pages.currentWidget() is self.start:
            self.start.refresh()

    def use_typed(self, typed: Typed) -> None:
        """Keep a reason and a name that were typed."""
        self.start.use_typed(typed)
        self.result.use_typed(typed)

    @Slot()
    def label(self) -> None:
        """Go on labelling; under four eyes only after the passphrase."""
        state = self.start.state
        if state is None or not state.tasks:
            return
        if not self.start.person and not state.secret:
            self.start.who.setFocus()  # labels carry a name
        elif state.secret:
            self.unlock.ask()
        else:
            self._begin(self.start.person)

    @Slot()
    def show_result(self) -> None:
        """What the labels say."""
        self.result.load(self.start.person)
        self._pages.setCurrentWidget(self.result)

    @Slot()
    def back(self) -> None:
        """Back to where calibration stands."""
        self._pages.setCurrentWidget(self.start)
        self.start.work.start.setFocus()
        self.refresh()

    @Slot(str)
    def _begin(self, who: str) -> None:
        state = self.start.state
        if state is not None and state.tasks:
            self.start.who.setText(who)
            self._pages.setCurrentWidget(self.labels)
            self.labels.begin(state.tasks, who)
