"""The picture of a PDF page with the place of a quote marked on it, and zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from core.types import Box
from desktop.theme import space
from desktop.widgets.basic import column, label, name, row, tool_button

if TYPE_CHECKING:
    from core.documents.render import PageImage

_ZOOMS = (0.75, 1.0, 1.5, 2.0, 3.0)
_LEAST = 60  # steps of height
_AROUND = 150  # steps of the window's height that the claim, the quote and the rest take
_MARGIN = 3.0  # points around the box, so that its frame does not touch the letters


class _Sheet(QWidget):
    """The page itself, at a zoom of its width."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.points = (1.0, 1.0)
        self.box: Box | None = None

    def box_rect(self) -> QRectF:
        """The quote's place in widget coordinates; PDF counts from the lower left."""
        if self.box is None:
            return QRectF()
        width, height = self.points
        x, y = self.width() / width, self.height() / height
        box = self.box
        return QRectF(
            (box.x0 - _MARGIN) * x,
            (height - box.y1 - _MARGIN) * y,
            (box.x1 - box.x0 + 2 * _MARGIN) * x,
            (box.y1 - box.y0 + 2 * _MARGIN) * y,
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self.image)
        if self.box is not None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(self.box_rect(), QColor("#ffe08a"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(QColor("#8a5a00"), 2))
            painter.drawRect(self.box_rect())


class PagePreview(QFrame):
    """A window onto the page that opens at the quote."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setObjectName("sheet")
        self._area.setWidget(self._sheet)
        self._area.setMinimumHeight(space(_LEAST))
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.note = label(kind="caption", wrap=True)
        self._in, self._out = tool_button("zoom_in"), tool_button("zoom_out")
        self._in.clicked.connect(self.zoom_in)
        self._out.clicked.connect(self.zoom_out)
        line = row(gap=1)
        line.addWidget(self.note, 1)
        line.addWidget(self._out)
        line.addWidget(self._in)
        layout = column(self, gap=1)
        layout.addLayout(line)
        layout.addWidget(self._area)
        self._area.hide()
        self.retranslate()

    @property
    def shown(self) -> bool:
        """Whether there is a picture."""
        return not self._sheet.image.isNull()

    def wait(self) -> None:
        """The picture is on its way."""
        self.note.setText(self.tr("Drawing the page"))

    def show_page(self, page: PageImage, box: Box | None) -> None:
        """Show a rendered page and the place on it."""
        stride = 3 * page.width
        image = QImage(page.rgb, page.width, page.height, stride, QImage.Format.Format_RGB888)
        self._sheet.image = image.copy()  # the copy owns its bytes
        self._sheet.points = (page.points_width, page.points_height)
        self._sheet.box = box
        marked = self.tr("The page as it looks; the quote is marked.")
        self.note.setText(marked if box is not None else self.tr("The page as it looks."))
        self._area.show()
        self._lay_out()

    def explain(self, words: str) -> None:
        """There is no picture, and why."""
        self.note.setText(words)
        self._area.hide()

    @Slot()
    def zoom_in(self) -> None:
        """Larger."""
        self._zoom = min(self._zoom + 1, len(_ZOOMS) - 1)
        self._lay_out()

    @Slot()
    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom = max(self._zoom - 1, 0)
        self._lay_out()

    def retranslate(self) -> None:
        """Name the buttons."""
        name(self._in, self.tr("Zoom in"))
        name(self._out, self.tr("Zoom out"))
        self._area.setAccessibleName(self.tr("Picture of the page"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page as wide as the pane at zoom 1."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Room enough to read the lines around the quote."""
        return QSize(space(80), space(70))

    def _lay_out(self) -> None:
        if not self.shown:
            return
        # A tall window has room for more of the page below what stands around the picture.
        self._area.setMinimumHeight(max(space(_LEAST), self.window().height() - space(_AROUND)))
        bar = self._area.verticalScrollBar().sizeHint().width()  # room for it, whether it is there or not
        width = round((self._area.width() - bar - 4) * _ZOOMS[self._zoom])
        points_width, points_height = self._sheet.points
        self._sheet.resize(width, round(width * points_height / points_width))
        self._in.setEnabled(self._zoom < len(_ZOOMS) - 1)
        self._out.setEnabled(self._zoom > 0)
        center: QPoint = self._sheet.box_rect().center().toPoint()
        view = self._area.viewport()
        self._area.ensureVisible(center.x(), center.y(), view.width() // 2, view.height() // 2)
