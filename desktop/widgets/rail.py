"""The navigation rail: one button a screen, always in view, reachable with Ctrl+1 … Ctrl+9."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QPushButton, QScrollArea, QWidget

from desktop import icons
from desktop.theme import space
from desktop.widgets.basic import button, column, label, row

_STEPS, _EDGE = 48, 3  # of the spacing scale: its width, and the room at its edges
_NUMBERED = 9  # screens with a shortcut of their own


class Rail(QFrame):
    """A column of screens with the name of the product above and the state of the machine below.

    Signals:
        chosen: the index of the screen that was chosen
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._clicked)
        layout = column(self, margin=_EDGE, gap=1)
        layout.addLayout(self._brand())
        layout.addSpacing(space(4))
        layout.addWidget(self._list(), 1)
        self.status = label(kind="caption", wrap=True)
        layout.addWidget(self.status)

    def add(self, icon: str) -> QPushButton:
        """Add a screen's button at the end; its words are set by the window."""
        index = len(self._group.buttons())
        made = button(icon)
        made.setCheckable(True)
        made.setIconSize(QSize(space(5), space(5)))
        self._group.addButton(made, index)
        self._buttons.addWidget(made)
        if index < _NUMBERED:
            QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self).activated.connect(made.click)
        return made

    def select(self, index: int) -> None:
        """Show which screen is open, without asking for it."""
        self._group.button(index).setChecked(True)

    def words(self, words: list[str]) -> None:
        """Name the buttons, in order."""
        for index, text in enumerate(words):
            found = self._group.button(index)
            found.setText(f"  {text}")
            found.setAccessibleName(text)
            found.setToolTip(f"Ctrl+{index + 1}" if index < _NUMBERED else text)
        self.fit()

    def fit(self) -> None:
        """As wide as its longest word needs, and never narrower than planned."""
        edges = 2 * space(_EDGE)
        words = [self.brand.sizeHint().width() + space(9)]
        words += [each.sizeHint().width() for each in self._group.buttons()]
        self.setFixedWidth(max(space(_STEPS), max(words) + edges + 1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._group.buttons():
            self.fit()

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self.chosen.emit(index)

    def _list(self) -> QScrollArea:
        """The buttons; with large text or a low window they scroll, and the focus brings them into view."""
        page = QWidget()
        page.setObjectName("page")
        outer = column(page)
        self._buttons = column(gap=1)
        outer.addLayout(self._buttons)
        outer.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _brand(self) -> QLayout:
        line = row(gap=2)
        mark = label()
        mark.setPixmap(icons.logo().pixmap(space(7), space(7)))
        self.brand = label(kind="title")
        line.addWidget(mark)
        line.addWidget(self.brand, 1)
        return line
