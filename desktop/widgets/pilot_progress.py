"""How far a pilot run is: which answer of which model, how long it will take, pause and stop."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop import icons
from desktop.text import number_words
from desktop.widgets.basic import button, column, label, repolish, row

translate = QCoreApplication.translate


class PilotProgress(QFrame):
    """Says what it is told.

    Signals:
        pause_wanted: stop for now, or go on
        stop_wanted: end here, and see what there is
    """

    pause_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._paused = self._had_focus = False
        self.name = label(kind="title", wrap=True)
        self.words, self.time = label(kind="strong", wrap=True), label(kind="muted", wrap=True)
        self.question, self.note = label(kind="muted", wrap=True), label(kind="caption", wrap=True)
        self.pause, self.stop = button(), button("stop")
        self.pause.clicked.connect(self.pause_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        said = column(gap=0.5)
        for part in (self.words, self.time):
            said.addWidget(part)
        line = row(gap=2)
        line.addLayout(said, 1)
        line.addWidget(self.pause)
        line.addWidget(self.stop)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(self.name)
        layout.addLayout(line)
        layout.addWidget(self.bar)
        layout.addWidget(self.question)
        layout.addWidget(self.note)
        self.retranslate()

    def show_count(self, done: int, total: int) -> None:
        """So much of so much; a total of 0 shows that nobody knows."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_state(self, *, paused: bool, stopping: bool = False) -> None:
        """Whether it works; while it is ending neither button does anything."""
        self._paused = paused
        if stopping:
            self._had_focus = self.pause.hasFocus()
        for part in (self.pause, self.stop):
            part.setEnabled(not stopping)
        self.pause.setProperty("look", "primary" if paused else "normal")
        self.pause.setIcon(icons.icon("play" if paused else "pause", "on_accent" if paused else "text"))
        repolish(self.pause)
        if self._had_focus and not stopping:
            self._had_focus = False
            self.pause.setFocus()  # a button that is closed loses it
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self.pause.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        self.stop.setText(self.tr("Stop and show results"))
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        self.note.setText(
            self.tr(
                "Every answer is kept as soon as it is there: a pause, a stop or a power cut costs only the "
                "one being written. While the run works, the other screens cannot load a model."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def left_words(seconds: float) -> str:
    """How long something will still take, no finer than anybody can know."""
    if seconds < 60:
        return translate("PilotProgress", "less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return translate("PilotProgress", "about {minutes} min left").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    words = translate("PilotProgress", "about {hours} h {minutes} min left")
    return words.format(hours=number_words(hours), minutes=rest)
