"""Name and value pairs in two columns, for a detail panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.theme import space
from desktop.widgets.basic import label


class Facts(QWidget):
    """Shows pairs; values can be selected and are never interpreted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(1.5))
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self.pairs: tuple[tuple[str, str], ...] = ()

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these pairs in place of the others. What stays the same is left alone: some are shown anew
        every second, and a selection must survive that.
        """
        self.pairs = tuple(pairs)
        while len(self._labels) < len(pairs):
            self._add()
        for at, (name, value) in enumerate(self._labels):
            shown = at < len(pairs)
            for part, words in zip((name, value), pairs[at] if shown else ("", ""), strict=True):
                if part.text() != words:
                    part.setText(words)
                part.setVisible(shown)
            value.setAccessibleName(name.text())

    def _add(self) -> None:
        name, value = label(kind="caption"), label(wrap=True, selectable=True)
        at = len(self._labels)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1)
        self._labels.append((name, value))
