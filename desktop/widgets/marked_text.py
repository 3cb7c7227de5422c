"""A text that shows itself as it is, whole and without a frame, with some stretches marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop.theme import Kind, colors, font


class FittedText(QTextEdit):
    """A read-only plain text without a frame that grows to its height. Subclasses write it in ``write``."""

    def __init__(self, kind: Kind = Kind.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quiet")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self._kind = kind

    def write(self, cursor: QTextCursor) -> None:
        """Insert the text."""

    def rewrite(self) -> None:
        """Write the text anew, in the colours and sizes of now."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(_leading())
        self.write(cursor)
        self._fit()

    def plain(self) -> QTextCharFormat:
        """The format of text that nothing is said of."""
        form = QTextCharFormat()
        form.setFont(font(self._kind))
        form.setForeground(QColor(colors().text))
        return form

    def sizeHint(self) -> QSize:
        """As high as its text at the present width."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its text."""
        return QSize(0, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of the text."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.rewrite()

    def _height(self) -> int:
        return int(self.document().size().height()) + 2

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            self.updateGeometry()


class MarkedText(FittedText):
    """Plain text of a document or a claim; the marks are given as spans."""

    def __init__(self, kind: Kind = Kind.BODY, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._text = ""
        self._marks: tuple[tuple[int, int], ...] = ()

    def set_text(self, text: str, marks: Sequence[tuple[int, int]] = ()) -> None:
        """Show a text; ``marks`` are half-open Python offsets, in order."""
        self._text, self._marks = text, tuple(marks)
        self.rewrite()

    def marked(self) -> tuple[str, ...]:
        """The marked stretches, for tests and for a screen reader's description."""
        return tuple(self._text[start:end] for start, end in self._marks)

    def write(self, cursor: QTextCursor) -> None:
        """Insert the text with its marks."""
        plain, marked = self.plain(), self.plain()
        marked.setBackground(QColor(colors().match))
        marked.setFontWeight(QFont.Weight.DemiBold)
        at = 0
        for start, end in self._marks:
            cursor.insertText(self._text[at:start], plain)
            cursor.insertText(self._text[start:end], marked)
            at = end
        cursor.insertText(self._text[at:], plain)


def _leading() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form
