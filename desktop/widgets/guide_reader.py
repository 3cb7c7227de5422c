"""Shows a page of our own guide. It loads nothing but the guide's pictures and opens nothing outside."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.guide import picture
from desktop.theme import SCALE, Kind, colors, space

_LEADING = 135  # percent of the line's height
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_HEADINGS = {1: Kind.DISPLAY, 2: Kind.TITLE, 3: Kind.STRONG}
_PICTURE = "\ufffc"  # what stands in the text where a picture is
_EDGE = 6  # steps of the spacing scale around the text
_WIDEST = 200  # steps: longer lines are hard to read


class GuideReader(QTextBrowser):
    """Markdown in the type scale of the window.

    Signals:
        page_wanted: the file name of another page of the guide
        outside_wanted: an address outside the guide, to be shown but never opened
    """

    page_wanted = Signal(str)
    outside_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._clicked)
        self._text = ""
        self._drawn_for = 0

    def show_text(self, text: str) -> None:
        """Show a page from its beginning."""
        self._text = text
        self._draw()
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the guide, as wide as there is room; nothing else is ever loaded."""
        path = picture(QUrl(name).path())
        if kind != QTextDocument.ResourceType.ImageResource.value or path is None:
            return None
        image, ratio = QImage(str(path)), self.devicePixelRatioF()
        width = min(self._room(), image.width())
        scaled = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        return scaled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text and pictures follow the width; the reader stays at the place."""
        super().resizeEvent(event)
        if self._text and self.viewport().width() != self._drawn_for:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self._draw()
            bar.setValue(round(share * bar.maximum()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text size."""
        super().changeEvent(event)
        if self._text and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()

    @Slot(QUrl)
    def _clicked(self, link: QUrl) -> None:
        if link.isRelative() and link.path().endswith(".md"):
            self.page_wanted.emit(link.path())
        else:
            self.outside_wanted.emit(link.toString())

    def _room(self) -> int:
        return max(space(40), min(space(_WIDEST), self.viewport().width() - 2 * space(_EDGE)))

    def _draw(self) -> None:
        """Lay the page out. A document keeps the pictures that it has drawn, by their names: the width in the
        name brings them anew when there is another room for them.
        """
        self._drawn_for = self.viewport().width()
        read = QTextDocument()
        read.setDefaultFont(self.font())
        read.setMarkdown(self._text.replace(".png)", f".png?{self._room()})"), _FEATURES)
        # By way of HTML: Markdown set a second time keeps the first block of the page before, and its size.
        document = self.document()
        document.setDefaultFont(self.font())
        self.setHtml(read.toHtml())
        self._set_frame(document)
        for table in document.rootFrame().childFrames():
            if isinstance(table, QTextTable):
                self._dress_table(table)
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()

    def _set_frame(self, document: QTextDocument) -> None:
        form = QTextFrameFormat(document.rootFrame().frameFormat())
        side = space(_EDGE)
        form.setLeftMargin(side)
        form.setTopMargin(side)
        form.setBottomMargin(side)
        form.setRightMargin(max(side, self.viewport().width() - side - self._room()))
        document.rootFrame().setFrameFormat(form)

    def _dress(self, block: QTextBlock) -> None:
        """Give a block its place on the type scale and room around it."""
        form = QTextBlockFormat()
        level = block.blockFormat().headingLevel()
        inside_table = QTextCursor(block).currentTable() is not None
        picture = _PICTURE in block.text()
        form.setLineHeight(100 if picture else 120 if level else _LEADING, _PROPORTIONAL)
        form.setTopMargin(space(5 if level == 2 else 3) if level > 1 else 0)
        form.setBottomMargin(space(1 if inside_table else 1.5 if block.textList() else 2.5))
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(form)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(self._heading(level))

    def _heading(self, level: int) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontPointSize(self.font().pointSizeF() * SCALE[_HEADINGS.get(level, Kind.STRONG)])
        form.setFontWeight(QFont.Weight.DemiBold)
        form.setForeground(QColor(colors().text))
        return form

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setCellPadding(space(1.5))
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QBrush(QColor(colors().border)))
        form.setBottomMargin(space(3))
        table.setFormat(form)
