"""Calibrate: risks and the threshold fitted to a firm's own documents, from claims that a person labels."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

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

V = TypeVar("V", bound=View)


class CalibrateView(View):
    """Where it stands, the labelling, and what the labels say: one page each."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._typed: Typed | None = None
        self._pages = QStackedWidget()
        column(self, margin=6).addWidget(self._pages)
        self.start = self._add(StartPage(backend))
        self.start.label_wanted.connect(self.label)
        self.start.result_wanted.connect(self.show_result)
        self.unlock = Unlock(backend, self)
        self.unlock.opened.connect(self._begin)
        self.unlock.failed.connect(self.failed)

    # The pages behind the first one are built when they are first wanted: the window's start waits for none.

    @cached_property
    def labels(self) -> LabelPage:
        """Where claims are labelled."""
        page = self._add(LabelPage(self.backend))
        page.left.connect(self.back)
        page.done.connect(self.show_result)
        return page

    @cached_property
    def result(self) -> ResultPage:
        """What the labels say."""
        page = self._add(ResultPage(self.backend))
        page.left.connect(self.back)
        page.stored.connect(self.start.show_state)
        if self._typed is not None:
            page.use_typed(self._typed)
        return page

    def refresh(self) -> None:
        """Read again where calibration stands; nobody is taken away from what they are doing."""
        if self._pages.currentWidget() is self.start:
            self.start.refresh()

    def use_typed(self, typed: Typed) -> None:
        """Keep a reason and a name that were typed."""
        self._typed = typed
        self.start.use_typed(typed)

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

    def _add(self, page: V) -> V:
        page.failed.connect(self.failed)
        self._pages.addWidget(page)
        return page

    @Slot(str)
    def _begin(self, who: str) -> None:
        state = self.start.state
        if state is not None and state.tasks:
            self.start.who.setText(who)
            self._pages.setCurrentWidget(self.labels)
            self.labels.begin(state.tasks, who)
