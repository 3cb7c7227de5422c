"""What the thresholds would have let through among the answers of the history."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.settings import Settings
from core.types import Level
from desktop.late import Late
from desktop.text import level_word, percent
from desktop.theme import space
from desktop.widgets.basic import column, label

if TYPE_CHECKING:
    from core.report import charts
    from core.report.charts import Drawing, Palette
    from core.review import thresholds
    from core.review.thresholds import Past
    from desktop.widgets import chart
else:
    charts = Late("core.report.charts")
    thresholds = Late("core.review.thresholds")
    chart = Late("desktop.widgets.chart")

_WIDEST = 170  # steps


class ThresholdPicture(QFrame):
    """Two bars: how the answers came out, and how they would have under the thresholds of the settings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past: Past | None = None
        self._settings: Settings | None = None
        self._title, self.words = label(kind="strong"), label(wrap=True)
        self.note = label(kind="caption", wrap=True)
        self._layout = column(self, gap=2)
        for part in (self._title, self.words, self.note):
            self._layout.addWidget(part)
        self._chart: chart.Chart | None = None
        self.retranslate()

    def show_past(self, past: Past) -> None:
        """The answers that the picture is drawn from."""
        self._past = past
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Other thresholds."""
        self._settings = settings
        self.retranslate()

    def retranslate(self) -> None:
        """Say and draw it again."""
        self._title.setText(self.tr("What these thresholds would have let through"))
        past, settings = self._past, self._settings
        if past is None or settings is None:
            self.words.setText(self.tr("Reading the history"))
            self.note.hide()
            return
        if not past.risks:
            self.words.setText(self.tr("No answers yet. The picture is drawn from your own history."))
            self.note.hide()
            return
        medium = settings.medium_from if settings.medium_from >= 0 else past.medium_from
        high = settings.high_from if settings.high_from >= 0 else past.high_from
        told = thresholds.under(past.risks, medium, high)
        self.words.setText(self._sentence(told))
        self.note.setText(self._remark(medium, max(medium, high)))
        self.note.show()
        self._show_chart(Counter(each.level for each in past.risks), told)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _sentence(self, told: Counter[Level]) -> str:
        total = told.total()
        words = self.tr(
            "Of %Ln past answer(s), {free} could have been used at once and {held} held.", "", total
        )
        return words.format(free=told[Level.LOW], held=total - told[Level.LOW])

    def _remark(self, medium: float, high: float) -> str:
        assert self._past is not None
        words = self.tr("Medium from {medium}, high from {high}.").format(
            medium=percent(medium), high=percent(high)
        )
        bound = sum(each.least is not Level.LOW for each in self._past.risks)
        if bound:
            words += self.tr(
                " %Ln answer(s) stay held whatever is set: something in them could not be checked.", "", bound
            )
        return words

    def _show_chart(self, then: Counter[Level], now: Counter[Level]) -> None:
        if self._chart is None:
            self._chart = chart.Chart(space(_WIDEST))
            self._layout.insertWidget(1, self._chart)
        tones = (charts.Tone.SUPPORTED, charts.Tone.NOT_FOUND, charts.Tone.CONTRADICTED)
        legend = [(level_word(level), tone) for level, tone in zip(Level, tones, strict=True)]
        rows = [(self.tr("As it was decided"), then), (self.tr("With these thresholds"), now)]
        stacks = [charts.Stack(name, tuple(told[level] for level in Level)) for name, told in rows]

        def draw(palette: Palette) -> Drawing:
            return charts.stacked_bars("", legend, stacks, palette=palette, width=660)

        self._chart.show_chart(draw, self.words.text())
