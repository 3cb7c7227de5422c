"""The second and third step of calibration: how far labelling is, and the way to what the labels say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from desktop import icons
from desktop.calibration_backend import CalibrationState
from desktop.models.calibrate import progress_words
from desktop.widgets.basic import button, column, label, repolish, rule
from desktop.widgets.flow import Flow


class WorkCard(QFrame):
    """Progress, and what to do next.

    Signals:
        label_wanted: go on labelling
        reviewed_wanted: take over what reviewers said of drawn claims
        result_wanted: see what the labels say
    """

    label_wanted = Signal()
    reviewed_wanted = Signal()
    result_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state: CalibrationState | None = None
        self._label_title, self.progress = label(kind="strong"), label(kind="muted", wrap=True)
        self._result_title, self.result_words = label(kind="strong"), label(kind="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.start, self.reviewed = button("play", "primary"), button("release")
        self.result = button("pilot")
        self.reviewed_note = label(kind="caption", wrap=True)
        for made, signal in (
            (self.start, self.label_wanted),
            (self.reviewed, self.reviewed_wanted),
            (self.result, self.result_wanted),
        ):
            made.clicked.connect(signal)
        deeds, results = Flow(gap=2), Flow(gap=2)
        deeds.add(self.start, self.reviewed)
        results.add(self.result)
        layout = column(self, margin=5, gap=2)
        for part in (self._label_title, self.progress, self.bar, deeds, self.reviewed_note, rule()):
            layout.addWidget(part)
        for part in (self._result_title, self.result_words, results):
            layout.addWidget(part)
        self.retranslate()

    def show_state(self, state: CalibrationState) -> None:
        """How far the work is."""
        self._state = state
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._label_title.setText(self.tr("2  Label them"))
        self._result_title.setText(self.tr("3  See what the labels say"))
        self.result_words.setText(
            self.tr("How honest the risks are, what each threshold misses and holds, what can be promised.")
        )
        self.bar.setAccessibleName(self.tr("Labelled"))
        self.reviewed.setText(self.tr("Take over from review"))
        self.result.setText(self.tr("Show the result"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self) -> None:
        state = self._state
        total, done = (len(state.tasks), state.labelled) if state is not None else (0, 0)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.progress.setText(self._progress_words(done, total))
        self.start.setText(self.tr("Go on labelling") if 0 < done < total else self.tr("Start labelling"))
        if total and done == total:
            self.start.setText(self.tr("Look at the labels again"))
        self._point_to(self.result if total and done == total else self.start)
        self.start.setEnabled(total > 0)
        self.result.setEnabled(done > 0)
        count = state.reviewed if state is not None else 0
        for part in (self.reviewed, self.reviewed_note):
            part.setVisible(count > 0)
        words: str = self.tr("%Ln of the open claims were judged in a review already.", "", count)
        words += " " + self.tr("The verdict was in view there, so these labels are less independent.")
        self.reviewed_note.setText(words)

    def _point_to(self, following: QPushButton) -> None:
        """Make the button stand out that comes next."""
        for each, icon in ((self.start, "play"), (self.result, "pilot")):
            leads = each is following
            each.setProperty("look", "primary" if leads else "normal")
            each.setIcon(icons.icon(icon, "on_accent" if leads else "text"))
            repolish(each)

    def _progress_words(self, done: int, total: int) -> str:
        if not total:
            return self.tr("Nothing is drawn yet. 60 claims take about 20 minutes: one key for each.")
        return progress_words(done, total)
