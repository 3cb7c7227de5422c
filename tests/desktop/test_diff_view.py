from __future__ import annotations

from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from desktop.widgets.diff_view import DiffView


def formats(view: DiffView) -> dict[str, QTextCharFormat]:
    """Each run of the document with its format."""
    found = {}
    block = view.document().begin()
    while block.isValid():
        for piece in block:
            found[piece.fragment().text()] = piece.fragment().charFormat()
        block = block.next()
    return found


def test_what_went_is_struck_out_and_what_came_underlined_each_with_its_sign(qtbot: QtBot) -> None:
    view = DiffView()
    qtbot.addWidget(view)
    view.show_texts("The fee is £38,400.", "The fee is £36,900.")
    assert view.toPlainText() == "The fee is £\N{MINUS SIGN}\u206038,400+\u206036,900."
    seen = formats(view)
    assert seen["38,400"].fontStrikeOut()
    assert seen["36,900"].underlineStyle() is QTextCharFormat.UnderlineStyle.SingleUnderline
    assert not seen["The fee is £"].fontStrikeOut()


def test_a_screen_reader_is_told_each_change(qtbot: QtBot, dressed) -> None:
    view = DiffView()
    qtbot.addWidget(view)
    view.show_texts("应当提前通知。", "可以提前通知。")
    assert view.accessibleDescription() == "Removed: “应当”. Added: “可以”."
    view.show_texts("a", "a")
    assert view.accessibleDescription() == "Nothing is changed."
    assert not view.changed


def test_a_changed_line_break_is_seen_and_nothing_can_be_copied(qtbot: QtBot) -> None:
    view = DiffView()
    qtbot.addWidget(view)
    view.show_texts("one\ntwo", "one two")
    assert "↵" in view.toPlainText()
    view.selectAll()
    assert not view.textInteractionFlags()


def test_text_is_never_read_as_markup(qtbot: QtBot) -> None:
    view = DiffView()
    qtbot.addWidget(view)
    view.show_texts("<b>fee</b>", "<b>price</b>")
    assert "<b>" in view.toPlainText()
