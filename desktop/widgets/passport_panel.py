"""A model's passport: reads the file once, then shows what it is made of and what that says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.llm.passport import Passport, Reading
from core.report.passport import Line, Words, passport_words
from core.types import Language
from core.words import say_error
from desktop import icons
from desktop.jobs import Job
from desktop.theme import space
from desktop.widgets.basic import button, card, column, label, row, rule
from desktop.widgets.facts import Facts
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.scroller import Scroller


class PassportPanel(QDialog):
    """Examines one model file in the background; closing stops it.

    ``examine`` yields how far the file has been read, and last the passport.
    """

    def __init__(
        self,
        name: str,
        examine: Callable[[], Iterator[Reading | Passport]],
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Model passport"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(space(190), space(165))
        self._name, self._language = name, language
        self.words: Words | None = None
        self.progress, self._trouble = RunProgress(), label(wrap=True)
        self._body = QWidget()
        self._body.setObjectName("page")
        self._lines = column(self._body, margin=1, gap=2)
        self._build()
        self.progress.begin(self._reading())
        self._job = Job(examine)
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self.progress.end)
        self._job.start()

    @Slot(int)
    def done(self, result: int) -> None:
        """Stop reading when the dialog is closed."""
        self._job.cancel()
        super().done(result)

    def _build(self) -> None:
        close = button("done", "primary")
        close.setText(self.tr("Close"))
        close.clicked.connect(self.accept)
        self.progress.stop_wanted.connect(self.reject)
        self._trouble.hide()
        scroll = Scroller(self._body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        end = row()
        end.addStretch(1)
        end.addWidget(close)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(label(self._name, kind="title", wrap=True, selectable=True))
        layout.addWidget(self.progress)
        layout.addWidget(self._trouble)
        layout.addWidget(scroll, 1)
        layout.addLayout(end)

    def _reading(self) -> str:
        return self.tr("Reading the whole file")

    @Slot(object)
    def _event(self, event: Reading | Passport) -> None:
        if isinstance(event, Reading):
            self.progress.show_count(self._reading(), event.done * 1000 // max(1, event.total), 1000)
            return
        self.progress.hide()
        self.words = passport_words(event, self._language)
        self._show(self.words)

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        self.progress.hide()
        self._trouble.setText(say_error(error, self._language))
        self._trouble.show()

    def _show(self, words: Words) -> None:
        for title, lines in words.findings:
            self._lines.addWidget(self._group(title, lines))
        for title, rows in words.tables:
            frame = card()
            inside = column(frame, margin=4, gap=2)
            facts = Facts()
            facts.show_pairs([(name, _breakable(value)) for name, value in rows])
            inside.addWidget(label(title, kind="strong", wrap=True))
            inside.addWidget(facts)
            self._lines.addWidget(frame)
        self._lines.addWidget(rule())
        self._lines.addWidget(label(words.limits, kind="muted", wrap=True))
        self._lines.addStretch(1)

    def _group(self, title: str, lines: tuple[Line, ...]) -> QFrame:
        frame = card()
        inside: QVBoxLayout = column(frame, margin=4, gap=2)
        inside.addWidget(label(title, kind="strong", wrap=True))
        for line in lines:
            beside = row(gap=2)
            sign = label()
            icon = icons.icon("warning", "not_found") if line.notable else icons.icon("info", "muted")
            sign.setPixmap(icon.pixmap(space(4), space(4)))
            sign.setAccessibleName(self.tr("Ask about this") if line.notable else self.tr("Remark"))
            beside.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(_Wrapped(line.text), 1)
            inside.addLayout(beside)
        return frame


class _Wrapped(QLabel):
    """Text as high as its width asks for; a plain label reserves the height of a narrow one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The height at the width it has."""
        return QSize(space(60), self.heightForWidth(max(self.width(), space(60))))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the width has changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _breakable(value: str) -> str:
    """The value with chances to break inside words of more than 32 characters, such as hashes."""
    return (
        "\u200b".join(value[at : at + 32] for at in range(0, len(value), 32)) if " " not in value else value
    )
