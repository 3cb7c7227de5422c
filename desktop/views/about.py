"""About: what is installed in which version, whose licences, and what is known about the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QPlainTextEdit

from core import __version__
from core.offline import NetworkState
from desktop import crash
from desktop.backend import Backend, Readiness
from desktop.jobs import call, start_call
from desktop.models.parts import PartsModel
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.network_card import NetworkCard
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.parts import Part

_EVERY = 3000  # milliseconds between two looks at the network


class AboutView(View):
    """Versions, licences, the network, and diagnostics to copy."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._readiness: Readiness | None = None
        self._state: NetworkState | None = None
        self._looking = False
        self._reading: Part | None = None
        self.model = PartsModel(self)
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY)
        self._clock.timeout.connect(self.look)
        self.retranslate()

    def refresh(self) -> None:
        """Look at the network now, and list the parts once."""
        self.look()
        if not self.model.all_rows:
            start_call(self.backend.parts, self._listed, self.failed)

    @Slot()
    def look(self) -> None:
        """Look at the network, unless a look is under way."""
        if self._looking:
            return
        self._looking = True
        job = call(self.backend.network)
        job.yielded.connect(self._looked)
        job.failed.connect(self.failed)
        job.finished.connect(self._look_over)
        job.start()

    def show_readiness(self, readiness: Readiness) -> None:
        """How much the library holds, for the diagnostics: figures only."""
        self._readiness = readiness

    def diagnostics(self) -> str:
        """Versions, settings, figures and the network, without a word of any document, question or name."""
        return crash.diagnostics(self.backend.settings, self._readiness, self._state)

    @Slot()
    def copy_diagnostics(self) -> None:
        """Put the diagnostics on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self.diagnostics())
        self._copied.setText(self.tr("Copied. It holds no text of documents, questions or answers."))

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("About Touchstone"))
        self._version.setText(
            self.tr("Version {version}. Apache-2.0. Made to run without a network.").format(
                version=__version__
            )
        )
        self._copy.setText(self.tr("Copy diagnostics"))
        self._copied.setText("")
        self._parts.setText(self.tr("Parts and their licences"))
        self.table.setAccessibleName(self.tr("Parts and their licences"))
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setPlaceholderText(self.tr("Choose a part to read its licence."))
        self.model.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again and again while the screen is in view."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of view nobody reads it."""
        super().hideEvent(event)
        self._clock.stop()

    def _build(self) -> None:
        self.network = NetworkCard()
        self._parts = label(kind="title")
        layout = column(self, margin=6, gap=3)
        layout.addLayout(self._build_head())
        layout.addSpacing(space(1))
        layout.addWidget(self.network)
        layout.addSpacing(space(1))
        layout.addWidget(self._parts)
        layout.addLayout(self._build_parts(), 1)

    def _build_head(self) -> QLayout:
        self._title, self._version = label(kind="display"), label(kind="muted")
        self._copied = label(kind="caption")
        self._copy = button("copy")
        self._copy.clicked.connect(self.copy_diagnostics)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._version)
        head = row(gap=3)
        head.addLayout(words, 1)
        head.addWidget(self._copied)
        head.addWidget(self._copy)
        return head

    def _build_parts(self) -> QLayout:
        widths = {PartsModel.VERSION: 22, PartsModel.LICENCE: 42}
        self.table = Table(self.model, PartsModel.NAME, widths)
        self.table.picked.connect(self._picked)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        line = row(gap=4)
        line.addWidget(self.table, 5)
        line.addWidget(self.text, 5)
        return line

    @Slot(object)
    def _looked(self, state: NetworkState) -> None:
        self._state = state
        self.network.show_state(state)

    @Slot()
    def _look_over(self) -> None:
        self._looking = False

    @Slot(object)
    def _listed(self, parts: tuple[Part, ...]) -> None:
        self.model.set_rows(parts)
        self.table.selectRow(0)

    @Slot(object)
    def _picked(self, part: Part | None) -> None:
        if part is None or part == self._reading:
            return
        self._reading = part
        start_call(lambda: (part, self.backend.licence_text(part)), self._read, self.failed)

    @Slot(object)
    def _read(self, read: tuple[Part, str]) -> None:
        part, text = read
        if part == self._reading:  # else another row was chosen meanwhile
            self.text.setPlainText(text)
