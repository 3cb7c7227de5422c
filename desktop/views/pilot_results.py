"""The results of a pilot run: questions against models, answers side by side, charts, export."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QSplitter, QWidget

from core.types import Level
from desktop.backend import Backend
from desktop.jobs import call
from desktop.late import Late
from desktop.models.pilot import MatrixRow, PilotModel, matrix
from desktop.text import level_word, number_words
from desktop.theme import space
from desktop.views.base import View
from desktop.views.evidence import EvidencePane
from desktop.views.pilot_answers import AnswersPane
from desktop.widgets.basic import Choice, button, column, label, notice, row
from desktop.widgets.claim_view import ClaimView
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.pilot import charts, export
    from core.pilot.state import RunState
    from core.pilot.types import Run
    from desktop.widgets import chart, pilot_charts
else:
    charts, export = Late("core.pilot.charts"), Late("core.pilot.export")
    chart, pilot_charts = (Late(f"desktop.widgets.{name}") for name in ("chart", "pilot_charts"))

_MODELS_SHARE = 0.6  # of the table's width


class ResultsPage(View):
    """One run at a time; of one that is not whole it says so.

    Signals:
        go_on_wanted: go on with this run; True: ask again where there was no answer
    """

    go_on_wanted = Signal(bool)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.run: Run | None = None
        self._state: RunState | None = None
        self.charts: list[chart.Chart] = []  # levels and times, made with the first run
        self.model = PilotModel(self)
        self._build()
        self.retranslate()

    @property
    def answers(self) -> list[ClaimView]:
        """The answers to the question that is selected, as far as their text may be shown."""
        return self._side.answers

    def show_run(self, run: Run, state: RunState) -> None:
        """Show a run, and whether something of it is missing."""
        self.run, self._state = run, state
        self.model.set_models([model.name for model in run.models])
        self.model.set_rows(matrix(run))
        self._draw(run)
        self._fit()
        self._show_state()
        if self.model.rows:
            self.table.selectRow(0)

    @Slot()
    def choose_target(self) -> None:
        """Ask where the run shall be written."""
        dialog = QFileDialog(self, self.tr("Export the run"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["HTML (*.html)", "PDF (*.pdf)", "XLSX (*.xlsx)", "CSV (*.csv)"])
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self._target_chosen)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the run as a page, a spreadsheet or a table, as the name says."""
        run = self.run
        if run is None:
            return
        writers = {
            ".html": export.export_html,
            ".pdf": export.export_pdf,
            ".xlsx": export.export_xlsx,
            ".csv": export.export_csv,
        }
        write = writers.get(path.suffix.lower(), export.export_html)
        job = call(lambda: write(run, path, self.language))
        job.failed.connect(self.failed)
        job.start()

    def retranslate(self) -> None:
        """Set every word again."""
        self.all_charts.setText(self.tr("All charts…"))
        self.go_on.setText(self.tr("Go on"))
        self.retry.setText(self.tr("Ask again where there was no answer"))
        self.filter.setPlaceholderText(self.tr("Filter questions"))
        self.levels.setAccessibleName(self.tr("Level"))
        for at, level in enumerate(Level, start=1):
            self.levels.setItemText(at, level_word(level))
        self.levels.setItemText(0, self.tr("All levels"))
        self.table.setAccessibleName(self.tr("Questions and models"))
        self._show_state()
        self.model.retranslate()
        if self.run is not None:
            self._draw(self.run)
        self.evidence.clear()

    def _build(self) -> None:
        self._pictures = row(gap=4)
        self.filter, self.levels = FilterBox(), Choice()
        for level in (None, *Level):
            self.levels.addItem("", level)
        self.filter.textChanged.connect(self.model.set_words)
        self.levels.currentIndexChanged.connect(self._level_chosen)
        narrow = row(gap=2)
        narrow.addWidget(self.filter, 1)
        narrow.addWidget(self.levels)
        self.all_charts = button("zoom_in")
        self.all_charts.clicked.connect(self._show_charts)
        narrow.addWidget(self.all_charts)
        self.table = Table(self.model, PilotModel.QUESTION, {PilotModel.NUMBER: 12})
        self.model.modelReset.connect(self._fit)
        self.table.picked.connect(self._picked)
        upper = QWidget()
        inside = column(upper, gap=2)
        inside.addLayout(narrow)
        inside.addWidget(self.table, 1)
        self.evidence = EvidencePane(self.backend)
        self.evidence.failed.connect(self.failed)
        self._side = AnswersPane(self.backend)
        self._side.chosen.connect(self._claim_chosen)
        self.evidence.step.connect(self._side.step)
        below = _split(Qt.Orientation.Horizontal, (self._side, 130), (self.evidence, 130))
        layout = column(self, gap=3)
        layout.addWidget(self._notice())
        layout.addLayout(self._pictures)
        layout.addWidget(_split(Qt.Orientation.Vertical, (upper, 50), (below, 80)), 1)

    def _notice(self) -> QFrame:
        """What is missing, with what can be done about it."""
        self.missing = notice()
        self.missing_words = label(wrap=True)
        self.go_on, self.retry = button("play", "primary"), button("restart")
        self.go_on.clicked.connect(self._go_on)
        self.retry.clicked.connect(self._again)
        line = row(self.missing, margin=3, gap=2)
        line.addWidget(self.missing_words, 1)
        line.addWidget(self.retry)
        line.addWidget(self.go_on)
        return self.missing

    @Slot(str)
    def _target_chosen(self, name: str) -> None:
        self.export_to(Path(name))

    @Slot(int)
    def _level_chosen(self, at: int) -> None:
        self.model.set_level(self.levels.itemData(at))

    @Slot()
    def _go_on(self) -> None:
        self.go_on_wanted.emit(False)

    @Slot()
    def _again(self) -> None:
        self.go_on_wanted.emit(True)

    def _show_state(self) -> None:
        state = self._state
        failed = state is not None and state.failed > 0
        open_ = state is not None and not state.complete
        self.missing.setVisible(failed or open_)
        self.go_on.setVisible(open_)
        self.retry.setVisible(failed and not open_)
        self.missing_words.setText(self._missing_words(state) if state is not None else "")

    def _missing_words(self, state: RunState) -> str:
        if not state.complete:
            words = self.tr("This run is not finished: {done} of {total} answers are there.")
            return words.format(done=number_words(state.done), total=number_words(state.total))
        return self.tr("%Ln question(s) got no answer.", "", state.failed)

    @Slot()
    def _fit(self) -> None:
        """Room for the name of each model, as far as the questions can spare it, and always for a level."""
        models = range(PilotModel.QUESTION + 1, self.model.columnCount())
        spare = round(self.table.width() * _MODELS_SHARE / max(1, len(models)))
        for at in models:
            wanted = self.table.horizontalHeader().sectionSizeHint(at)
            self.table.setColumnWidth(at, max(space(32), min(wanted, spare)))

    def _draw(self, run: Run) -> None:
        draw = (charts.level_chart, charts.time_chart)
        if not self.charts:
            self.charts = [chart.Chart() for _ in draw]
            for each in self.charts:
                self._pictures.addWidget(each, 1)
        for shown, drawn in zip(self.charts, draw, strict=True):
            shown.show_chart(partial(drawn, run, self.language))

    @Slot()
    def _show_charts(self) -> None:
        if self.run is not None:
            pilot_charts.PilotCharts(self.run, self.language, self).open()

    @Slot(object)
    def _picked(self, found: MatrixRow | None) -> None:
        self._show(found)

    def _show(self, found: MatrixRow | None) -> None:
        self.evidence.clear()
        self._side.show_row(found)

    @Slot(int)
    def _claim_chosen(self, index: int) -> None:
        answer = self._side.answer
        if answer is not None:
            self.evidence.show_claim(index, len(answer.claims), answer.claims[index])


def _split(way: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    """Parts beside or above one another, each with its share in steps to begin with."""
    split = QSplitter(way)
    for part, _ in parts:
        split.addWidget(part)
    split.setSizes([space(steps) for _, steps in parts])
    split.setChildrenCollapsible(False)
    split.setHandleWidth(space(3))
    return split
