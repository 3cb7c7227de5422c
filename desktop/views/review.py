"""The screen Review: what waits here, an opened review file, and what came of decisions brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from desktop.backend import Backend
from desktop.views.review_brought import BroughtPage
from desktop.views.review_carried import CarriedReview
from desktop.views.review_files import ReviewFiles
from desktop.views.reviewing import Reviewing

if TYPE_CHECKING:
    from desktop.carry_backend import CarriedFile


class ReviewView(Reviewing):
    """Reviewing of the library's own queue, and the ways to another computer and back."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.files = ReviewFiles(backend, self.queue)
        self.brought = BroughtPage(backend)
        self.carried: CarriedReview | None = None
        self._pages.addWidget(self.brought)
        self.queue.take_along.clicked.connect(self.files.choose_answers)
        self.queue.open_file.clicked.connect(self.files.choose_file)
        self.queue.bring_back.clicked.connect(self.bring_back)
        self.files.written.connect(self.queue.say_written)
        self.files.opened.connect(self.show_carried)
        self.files.brought.connect(self._bring)
        self.brought.left.connect(self.back)
        self.brought.ended.connect(self.refresh)
        for part in (self.files, self.brought):
            part.failed.connect(self.failed)

    @Slot(object)
    def show_carried(self, file: CarriedFile) -> None:
        """Look at a review file instead of the library until it is closed."""
        self._drop_carried()
        self.carried = CarriedReview(file)
        self.carried.failed.connect(self.failed)
        self.carried.closed.connect(self.close_carried)
        self._pages.addWidget(self.carried)
        self._pages.setCurrentWidget(self.carried)
        self.carried.refresh()

    @Slot()
    def close_carried(self) -> None:
        """Back to the library's own queue."""
        self._drop_carried()
        self.back()

    @Slot()
    def bring_back(self) -> None:
        """Ask for a file of decisions, or show how far the one is that is being taken."""
        if self.brought.running:
            self._pages.setCurrentWidget(self.brought)
        else:
            self.files.choose_decisions()

    def _drop_carried(self) -> None:
        if self.carried is not None:
            self._pages.removeWidget(self.carried)
            self.carried.deleteLater()
            self.carried = None

    @Slot(object)
    def _bring(self, path: Path) -> None:
        self.brought.begin(path)
        self._pages.setCurrentWidget(self.brought)
