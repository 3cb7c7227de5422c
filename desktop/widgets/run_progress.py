"""Progress of a long run: what is happening, how long it has taken, and a Stop button."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from core.assistant.events import Stage, StageName
from desktop.text import seconds_words, stage_word
from desktop.widgets.basic import button, column, label, row

# Where each stage begins on the bar, in percent: rough shares of the time that an answer takes.
_BEGIN = {
    StageName.RETRIEVING: 0,
    StageName.LOADING: 5,
    StageName.READING: 15,
    StageName.WRITING: 40,
    StageName.SAMPLING: 75,
    StageName.CHECKING: 80,
}
_END = {
    StageName.RETRIEVING: 5,
    StageName.LOADING: 15,
    StageName.READING: 40,
    StageName.WRITING: 75,
    StageName.SAMPLING: 80,
    StageName.CHECKING: 100,
}

_GUESS_AFTER = 3.0  # seconds
_GUESS_FROM = 0.03  # of the work


class RunProgress(QFrame):
    """A line of words, the elapsed time, Stop, and a bar.

    Signals:
        stop_wanted: the user asked to end the run
    """

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label(kind="strong")
        self._time = label(kind="caption")
        self._stop = button("stop")
        self._stop.clicked.connect(self._ask_to_stop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        line = row(gap=3)
        line.addWidget(self._words)
        line.addWidget(self._time, 1)
        line.addWidget(self._stop)
        layout = column(self, gap=2)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        layout.addStretch(1)
        self._share = 0.0
        self._clock = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show_time)
        self.retranslate()

    @property
    def words(self) -> str:
        """What is happening, as shown."""
        return self._words.text()

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return self._clock.elapsed() / 1000

    def begin(self, words: str) -> None:
        """A run begins."""
        self._clock.start()
        self._tick.start()
        self._bar.setRange(0, 100)
        self._bar.setValue(0)
        self._share = 0.0
        self._stop.setEnabled(True)
        self._say(words)
        self._show_time()

    def end(self) -> None:
        """The run is over."""
        self._tick.stop()

    def show_stage(self, stage: Stage) -> None:
        """An answer has come to a stage."""
        share = stage.done / stage.total if stage.total else 0.0
        begin, end = _BEGIN[stage.name], _END[stage.name]
        self._bar.setValue(max(self._bar.value(), round(begin + share * (end - begin))))
        self._say(stage_word(stage))

    def show_count(self, words: str, done: int, total: int) -> None:
        """So much of so much; a total of 0 shows that nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._share = done / total if total else 0.0
        self._say(words)

    def retranslate(self) -> None:
        """Set the words again."""
        self._stop.setText(self.tr("Stop"))
        self._bar.setAccessibleName(self.tr("Progress"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._say(self.tr("Stopping"))
        self.stop_wanted.emit()

    @Slot()
    def _show_time(self) -> None:
        words = seconds_words(self.seconds)
        left = remaining(self.seconds, self._share)
        if left is not None:
            words = self.tr("{passed}, about {left} left").format(passed=words, left=seconds_words(left))
        self._time.setText(words)

    def _say(self, words: str) -> None:
        self._words.setText(words)


def remaining(seconds: float, share: float) -> float | None:
    """How long the rest will take if it goes on as before; None while that is anybody's guess."""
    if seconds < _GUESS_AFTER or not _GUESS_FROM <= share < 1:
        return None
    return float(round(seconds * (1 - share) / share))
