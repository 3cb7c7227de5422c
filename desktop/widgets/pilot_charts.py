"""Every chart of a run at full size, with what its words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from core.pilot.charts import charts
from core.report.charts import Drawing, Palette
from core.types import Language
from core.words import say
from desktop.theme import space
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.chart import Chart
from desktop.widgets.scroller import Scroller

if TYPE_CHECKING:
    from core.pilot.types import Run


class PilotCharts(QDialog):
    """Levels, times, and, where the set tells enough right or wrong, told risk and risk by coverage."""

    def __init__(self, run: Run, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Charts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(space(240), space(190))
        self.charts: list[Chart] = []
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, margin=1, gap=4)
        grid = QGridLayout()
        grid.setSpacing(space(4))
        for at in range(len(charts(run, language))):
            shown = Chart()
            shown.show_chart(_Nth(run, language, at))
            self.charts.append(shown)
            grid.addWidget(shown, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(grid)
        inside.addWidget(label(say("pilot_page.wrong", language), kind="muted", wrap=True, selectable=True))
        inside.addStretch(1)
        close = button("done", "primary")
        close.setText(self.tr("Close"))
        close.clicked.connect(self.accept)
        end = row()
        end.addStretch(1)
        end.addWidget(close)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(Scroller(page), 1)
        layout.addLayout(end)


class _Nth:
    """One chart of a run, drawn in the palette that the theme asks for."""

    def __init__(self, run: Run, language: Language, at: int) -> None:
        self._run, self._language, self._at = run, language, at

    def __call__(self, palette: Palette) -> Drawing:
        return charts(self._run, self._language, palette)[self._at]
