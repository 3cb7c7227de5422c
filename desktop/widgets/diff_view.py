"""Two texts as one, with what went and what came marked: struck out or underlined, with a sign, in colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from core.textdiff import Edit, Piece, is_changed, word_diff
from desktop.colors import blend
from desktop.theme import Kind, colors
from desktop.widgets.marked_text import FittedText

SIGNS = {Edit.REMOVED: "\N{MINUS SIGN}", Edit.ADDED: "+"}
_JOINER = "\N{WORD JOINER}"  # keeps the sign on the line of its word
_LINE = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"  # shows a line break that went or came


class DiffView(FittedText):
    """Shows what an edit changes. It cannot be copied from: the signs in it belong to neither text."""

    def __init__(self, kind: Kind = Kind.BODY, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pieces: tuple[Piece, ...] = ()
        self.retranslate()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What stays, went and came."""
        return self._pieces

    @property
    def changed(self) -> bool:
        """Whether the texts differ."""
        return is_changed(self._pieces)

    def show_texts(self, before: str, after: str) -> None:
        """Show the way from one text to the other."""
        self._pieces = word_diff(before, after)
        self.retranslate()
        self.rewrite()

    def retranslate(self) -> None:
        """Say it again to a screen reader."""
        self.setAccessibleName(self.tr("Changes"))
        self.setAccessibleDescription(self._spoken())

    def write(self, cursor: QTextCursor) -> None:
        """Insert the pieces."""
        for piece in self._pieces:
            if piece.edit is Edit.SAME:
                cursor.insertText(piece.text, self.plain())
            else:
                self._write_change(cursor, piece)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _write_change(self, cursor: QTextCursor, piece: Piece) -> None:
        form = self._changed(piece.edit)
        sign = QTextCharFormat(form)
        sign.setFontStrikeOut(False)
        sign.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        sign.setFontWeight(QFont.Weight.DemiBold)
        words = piece.text.lstrip(" ") or piece.text
        cursor.insertText(
            piece.text[: len(piece.text) - len(words)], self.plain()
        )  # the sign stands at a word
        cursor.insertText(SIGNS[piece.edit] + _JOINER, sign)
        went = piece.edit is Edit.REMOVED
        cursor.insertText(words.replace("\n", _LINE if went else f"{_LINE}\n"), form)

    def _changed(self, edit: Edit) -> QTextCharFormat:
        of = colors()
        color = of.contradicted if edit is Edit.REMOVED else of.supported
        form = self.plain()
        form.setForeground(QColor(color))
        form.setBackground(QColor(blend(color, of.surface, 0.1)))
        if edit is Edit.REMOVED:
            form.setFontStrikeOut(True)
        else:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _spoken(self) -> str:
        if not self.changed:
            return self.tr("Nothing is changed.")
        words = {Edit.REMOVED: self.tr("Removed: “{text}”."), Edit.ADDED: self.tr("Added: “{text}”.")}
        changes = (piece for piece in self._pieces if piece.edit is not Edit.SAME)
        return " ".join(words[piece.edit].format(text=piece.text.strip() or piece.text) for piece in changes)
