"""The answer's text with its claims marked by colour, underline style and an icon.

While the text is a draft it stands grey and can be neither selected nor copied; the gate opens that later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from core.types import Claim, Language
from core.words import say_reason
from desktop.text import verdict_word
from desktop.widgets.basic import tip
from desktop.widgets.claim_marks import (
    ICON,
    UNDERLINES,
    claim_format,
    insert_claim,
    leading,
    marked,
    plain_format,
    tint,
    units,
)


class Phase(Enum):
    """How far the text has come."""

    DRAFT = "draft"
    CLOSED = "closed"  # checked, but the gate is shut
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A claim's stretch of the document, in Qt's positions."""

    start: int
    end: int


class ClaimView(QTextEdit):
    """Shows one answer. Arrow keys walk through its claims while it has the focus.

    Signals:
        chosen: the index of the claim that was clicked or reached by keyboard
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("claims")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self.setTabChangesFocus(True)
        self.language = Language.EN
        self._text = ""
        self._phase = Phase.DRAFT
        self._claims: tuple[Claim, ...] = ()
        self._pieces: list[_Piece] = []
        self._current: int | None = None
        self._reset("", Phase.DRAFT)
        self._write()

    @property
    def phase(self) -> Phase:
        """Whether the text is a draft, held or open."""
        return self._phase

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that are marked, in order; a greeting is none."""
        return self._claims

    @property
    def current(self) -> int | None:
        """The index of the claim that is selected."""
        return self._current

    def begin(self) -> None:
        """An empty draft."""
        self._reset("", Phase.DRAFT)
        self._write()

    def add_draft(self, text: str) -> None:
        """A further piece of the unchecked draft."""
        self._text += text
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, plain_format(draft=True))
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def mark(self, claim: Claim) -> None:
        """Mark a claim of the draft whose verdict has just come."""
        if claim.verdict not in UNDERLINES or self._text[claim.start : claim.end] != claim.text:
            return  # no claim, or the draft was trimmed before the check: the finished answer marks it
        self._claims = (*self._claims, claim)
        piece = _Piece(units(self._text[: claim.start]), units(self._text[: claim.end]))
        self._pieces.append(piece)
        cursor = QTextCursor(self.document())
        cursor.setPosition(piece.start)
        cursor.setPosition(piece.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(claim_format(claim, draft=True))

    def show_text(self, text: str, claims: tuple[Claim, ...], phase: Phase) -> None:
        """The checked text with its claims."""
        self._reset(text, phase)
        self._claims = tuple(claims[number] for number in marked(claims))
        self._write()

    def select(self, index: int) -> None:
        """Point at a claim and bring it into view."""
        if not 0 <= index < len(self._pieces):
            return
        self._current = index
        self._point()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._pieces[index].start)
        keep = self.textCursor()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if self._phase is Phase.OPEN and keep.hasSelection():
            self.setTextCursor(keep)
        self.setAccessibleDescription(self._spoken(index))

    def step(self, by: int) -> None:
        """Choose the next or previous claim."""
        if not self._pieces:
            return
        at = -1 if self._current is None and by > 0 else self._current or 0
        index = max(0, min(len(self._pieces) - 1, at + by))
        self.select(index)
        self.chosen.emit(index)

    def claim_at(self, point: QPoint) -> int | None:
        """The claim under a point of the viewport."""
        position = (
            self.document()
            .documentLayout()
            .hitTest(
                point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
                Qt.HitTestAccuracy.ExactHit,
            )
        )
        return next((i for i, p in enumerate(self._pieces) if p.start <= position < p.end), None)

    def plain_selection(self) -> str:
        """What the selection would put on the clipboard: empty until the gate is open."""
        if self._phase is not Phase.OPEN:
            return ""
        chosen = self.textCursor().selectedText()
        return chosen.replace(ICON, "").replace("\u2029", "\n").replace("\u2028", "\n")

    def copy(self) -> None:
        """Put the selection on the clipboard, where the gate lets it. As text and not by ``QTextEdit.copy``:
        data made in Python must not stay on the clipboard, which outlives Python and would crash at the end.
        """
        text = self.plain_selection()
        if text:
            QGuiApplication.clipboard().setText(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is dragged out: plain text only, and nothing at all while the gate is shut."""
        data = QMimeData()
        text = self.plain_selection()
        if text:
            data.setText(text)
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the claims; everything else but copying is left to Qt."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.step(by)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the verdict and its reason under the pointer."""
        super().mouseMoveEvent(event)
        index = self.claim_at(event.position().toPoint())
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor
        )
        if index is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), tip(self._spoken(index)), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press is ours also where nothing can be selected."""
        super().mousePressEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click too."""
        super().mouseDoubleClickEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a claim chooses it; a drag selects text where that is allowed."""
        super().mouseReleaseEvent(event)
        event.accept()
        index = self.claim_at(event.position().toPoint())
        if index is not None and not self.textCursor().hasSelection():
            self.select(index)
            self.chosen.emit(index)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, the text size and the language."""
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange)
        if event.type() in kinds:
            self._write()

    def _reset(self, text: str, phase: Phase) -> None:
        self._text = text
        self._phase = phase
        self._claims = ()
        self._pieces = []
        self._current = None
        flags = Qt.TextInteractionFlag.NoTextInteraction
        if phase is Phase.OPEN:
            flags = Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription("")

    def _write(self) -> None:
        draft, ratio = self._phase is Phase.DRAFT, self.devicePixelRatioF()
        plain = plain_format(draft=draft)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(leading())
        self._pieces = []
        at = 0
        for claim in self._claims:
            cursor.insertText(self._text[at : claim.start], plain)
            start = cursor.position()
            insert_claim(cursor, self._text, claim, draft=draft, ratio=ratio)
            self._pieces.append(_Piece(start, cursor.position()))
            at = claim.end
        cursor.insertText(self._text[at:], plain)
        self._point()

    def _point(self) -> None:
        """Tint the selected claim, without touching the text."""
        if self._current is None or self._current >= len(self._pieces):
            self.setExtraSelections([])
            return
        piece = self._pieces[self._current]
        chosen = QTextEdit.ExtraSelection()
        chosen.cursor = QTextCursor(self.document())
        chosen.cursor.setPosition(piece.start)
        chosen.cursor.setPosition(piece.end, QTextCursor.MoveMode.KeepAnchor)
        chosen.format.setBackground(tint(self._claims[self._current].verdict, 0.16))
        self.setExtraSelections([chosen])

    def _spoken(self, index: int) -> str:
        claim = self._claims[index]
        head = self.tr("Claim {number} of {total}: {verdict}").format(
            number=index + 1, total=len(self._claims), verdict=verdict_word(claim.verdict)
        )
        reasons = " ".join(say_reason(reason, self.language) for reason in claim.reasons)
        return f"{head}. {reasons}".strip()
