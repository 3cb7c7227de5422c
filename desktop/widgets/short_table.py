"""A table that is as high as its rows, up to a bound from which it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from desktop.models.tables import Row, RowsModel, row_height
from desktop.widgets.table import Table


class ShortTable(Table[Row]):
    """For lists of a few rows beside other things. ``most`` rows are shown at once."""

    def __init__(
        self,
        model: RowsModel[Row],
        stretch: int,
        widths: dict[int, int],
        most: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, stretch, widths, parent)
        self._most = most
        model.modelReset.connect(self._fit)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    @Slot()
    def _fit(self) -> None:
        rows = max(1, min(self._most, self.model().rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * row_height() + 2 * self.frameWidth())
