"""Pilot: the results of a run. Questions against models, answers side by side, charts, export."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSplitter, QStackedWidget, QWidget

from core.settings import home
from core.types import Decision, Level
from desktop.backend import Backend
from desktop.jobs import call, start_call
from desktop.late import Late
from desktop.models.pilot import MatrixRow, PilotModel, cell_words, matrix
from desktop.text import level_word
from desktop.theme import space
from desktop.views.base import View
from desktop.views.evidence import EvidencePane
from desktop.widgets.basic import Choice, button, card, column, label, row
from desktop.widgets.claim_view import ClaimView, Phase
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.pilot import charts, export, store
    from core.pilot.types import Run, RunRow
    from desktop.widgets import chart
else:
    charts, export, store = (Late(f"core.pilot.{name}") for name in ("charts", "export", "store"))
    chart = Late("desktop.widgets.chart")

_HIGHEST = 60  # steps of an answer's height
_MODELS_SHARE = 0.6  # of the table's width


class PilotView(View):
    """One run at a time, opened from its folder."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.run: Run | None = None
        self.charts: list[chart.Chart] = []  # levels and times, made with the first run
        self.answers: list[ClaimView] = []
        self._answer: ClaimView | None = None  # whose claim is shown beside
        self._shown: MatrixRow | None = None
        self.model = PilotModel(self)
        self._build()
        self.retranslate()

    def open(self, folder: Path) -> None:
        """Load a run."""
        start_call(lambda: store.load_run(folder), self._loaded, self.failed)

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
        self._title.setText(self.tr("Pilot"))
        self._explain.setText(self.tr("What came of a set of questions, model by model."))
        self._open.setText(self.tr("Open a run…"))
        self._export.setText(self.tr("Export…"))
        self.filter.setPlaceholderText(self.tr("Filter questions"))
        self.levels.setAccessibleName(self.tr("Level"))
        for at, level in enumerate(Level, start=1):
            self.levels.setItemText(at, level_word(level))
        self.levels.setItemText(0, self.tr("All levels"))
        self.table.setAccessibleName(self.tr("Questions and models"))
        self._empty.say(
            self.tr("No run is open"),
            self.tr("Start one with “touchstone pilot run”, then open its folder here."),
        )
        self.model.retranslate()
        if self.run is not None:
            self._draw(self.run)
        self._show(self._shown)

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        self._open, self._export = button("folder", "primary"), button("export")
        self._open.clicked.connect(self._choose)
        self._export.clicked.connect(self._choose_target)
        self._export.setEnabled(False)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        head = row(gap=2)
        head.addLayout(words, 1)
        head.addWidget(self._export)
        head.addWidget(self._open)
        self._empty = Empty("pilot")
        blank = card()
        column(blank).addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(blank)
        self._pages.addWidget(self._results())
        layout = column(self, margin=6, gap=3)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)

    def _results(self) -> QWidget:
        self._pictures = row(gap=4)
        self.filter, self.levels = FilterBox(), Choice()
        for level in (None, *Level):
            self.levels.addItem("", level)
        self.filter.textChanged.connect(self.model.set_words)
        self.levels.currentIndexChanged.connect(self._level_chosen)
        narrow = row(gap=2)
        narrow.addWidget(self.filter, 1)
        narrow.addWidget(self.levels)
        self.table = Table(self.model, PilotModel.QUESTION, {PilotModel.NUMBER: 12})
        self.model.modelReset.connect(self._fit)
        self.table.picked.connect(self._picked)
        upper = QWidget()
        inside = column(upper, gap=2)
        inside.addLayout(narrow)
        inside.addWidget(self.table, 1)
        self.evidence = EvidencePane(self.backend)
        self.evidence.failed.connect(self.failed)
        self.evidence.step.connect(self._step)
        below = _split(Qt.Orientation.Horizontal, (self._answers(), 130), (self.evidence, 130))
        page = QWidget()
        layout = column(page, gap=3)
        layout.addLayout(self._pictures)
        layout.addWidget(_split(Qt.Orientation.Vertical, (upper, 50), (below, 80)), 1)
        return page

    def _answers(self) -> QScrollArea:
        self._side = QWidget()
        self._side.setObjectName("page")
        self._cards = column(self._side, gap=3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._side)
        return area

    @Slot()
    def _choose(self) -> None:
        runs = home() / "pilots"
        dialog = QFileDialog(self, self.tr("Open a run"), str(runs if runs.is_dir() else home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.open(Path(name))

    @Slot()
    def _choose_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the run"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["HTML (*.html)", "PDF (*.pdf)", "XLSX (*.xlsx)", "CSV (*.csv)"])
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self._target_chosen)
        dialog.open()

    @Slot(str)
    def _target_chosen(self, name: str) -> None:
        self.export_to(Path(name))

    @Slot(int)
    def _level_chosen(self, at: int) -> None:
        self.model.set_level(self.levels.itemData(at))

    @Slot(object)
    def _loaded(self, run: Run) -> None:
        self.run = run
        self._export.setEnabled(True)
        self.model.set_models([model.name for model in run.models])
        self.model.set_rows(matrix(run))
        self._draw(run)
        self._pages.setCurrentIndex(1)
        self._fit()
        if self.model.rows:
            self.table.selectRow(0)

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

    @Slot(object)
    def _picked(self, found: MatrixRow | None) -> None:
        self._show(found)

    def _show(self, found: MatrixRow | None) -> None:
        """The answers to one question, one beneath the other, each as it was checked."""
        self._shown = found
        self.evidence.clear()
        self.answers, self._answer = [], None
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if found is None:
            return
        self._cards.addWidget(label(found.question.text, kind="strong", wrap=True, selectable=True))
        if found.question.expected:
            expected = self.tr("Expected: {answer}").format(answer=found.question.expected)
            self._cards.addWidget(label(expected, kind="muted", wrap=True, selectable=True))
        for name, answer in found.answers.items():
            self._cards.addWidget(self._card(name, answer))
        self._cards.addStretch(1)

    def _card(self, name: str, answer: RunRow) -> QWidget:
        frame = card()
        inside = column(frame, margin=3, gap=2)
        inside.addWidget(label(name, kind="caption", wrap=True))
        inside.addWidget(label(cell_words(answer), kind="strong"))
        held = answer.decision is not Decision.USABLE
        if answer.check is None or (held and not self.backend.settings.show_held_text):
            return frame
        view = ClaimView()
        view.language = self.language
        view.document().documentLayout().documentSizeChanged.connect(partial(_fit_height, view))
        view.show_text(answer.answer, answer.check.claims, Phase.CLOSED if held else Phase.OPEN)
        view.setAccessibleName(name)
        view.chosen.connect(self._claim_chosen)
        self.answers.append(view)
        inside.addWidget(view)
        return frame

    @Slot(int)
    def _claim_chosen(self, index: int) -> None:
        view = self.sender()
        if isinstance(view, ClaimView) and 0 <= index < len(view.claims):
            self._answer = view
            self.evidence.show_claim(index, len(view.claims), view.claims[index])

    @Slot(int)
    def _step(self, by: int) -> None:
        """The claim before or after the one whose evidence is shown, in the same answer."""
        if self._answer is not None and self._answer in self.answers:
            self._answer.step(by)


def _split(way: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    """Parts beside or above one another, each with its share in steps to begin with."""
    split = QSplitter(way)
    for part, _ in parts:
        split.addWidget(part)
    split.setSizes([space(steps) for _, steps in parts])
    split.setChildrenCollapsible(False)
    split.setHandleWidth(space(3))
    return split


def _fit_height(view: ClaimView, size: QSizeF) -> None:
    """An answer as high as it is, up to a height from which it is scrolled."""
    view.setFixedHeight(min(round(size.height()) + space(1), space(_HIGHEST)))
