"""Asks for the name and the reason of a release or rejection; a release may edit the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QWidget

from desktop.theme import space
from desktop.typed import Box, Typed
from desktop.widgets.basic import button, captioned, column, label, row
from desktop.widgets.edit_box import EditBox
from desktop.widgets.plain_box import PlainBox

if TYPE_CHECKING:
    from core.verify.correction import Correction


class DecisionDialog(QDialog):
    """A held answer is decided by a named person with a reason; the button stays closed without both.

    ``text`` is the answer's text, which a release may edit; None where it must not be read here. ``found``
    are corrections that the evidence holds; they are offered.
    """

    def __init__(
        self,
        *,
        release: bool,
        who: str,
        text: str | None = None,
        found: tuple[Correction, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.release = release
        self._who, self._reason, self._caveats = QLineEdit(who), PlainBox(), PlainBox()
        self._reason.setFixedHeight(space(20))
        self._caveats.setMinimumHeight(space(20))
        self.edit = EditBox(text, found) if release and text is not None else None
        self._names: list[str] = []
        self._typed: Typed | None = None
        self.setWindowTitle(self._title())
        self.ok = button("release" if release else "reject", "primary")
        self.ok.setText(self.tr("Release") if release else self.tr("Reject"))
        self.ok.setDefault(True)
        self._build()
        self._who.textChanged.connect(self._look)
        self._reason.textChanged.connect(self._look)
        if self.edit is not None:
            self.edit.edited.connect(self._look)
        self._look()
        (self._reason if who else self._who).setFocus()

    @property
    def who(self) -> str:
        """The name as typed."""
        return self._who.text().strip()

    @property
    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.toPlainText().strip()

    @property
    def caveats(self) -> tuple[str, ...]:
        """The caveats as typed, one a line; they go with the released text."""
        lines = (line.strip() for line in self._caveats.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    @property
    def final_text(self) -> str | None:
        """The edited text; None where nothing was edited."""
        return self.edit.text if self.edit is not None and self.edit.changed else None

    def fill(self, who: str, reason: str, caveats: str = "", text: str | None = None) -> None:
        """Type what is asked for, as a person would."""
        self._who.setText(who)
        self._reason.setPlainText(reason)
        self._caveats.setPlainText(caveats)
        if self.edit is not None and text is not None:
            self.edit.box.replace_all(text)

    def keep(self, typed: Typed, answer_id: str) -> None:
        """Keep what is typed through a crash, and go on where the last one cut it off."""
        self._typed = typed
        deed = "release" if self.release else "reject"
        boxes: dict[str, Box] = {"reason": self._reason, "caveats": self._caveats}
        if self.edit is not None:
            boxes["text"] = self.edit.box
        for part, box in boxes.items():
            name = f"{deed} {answer_id} {part}"
            left = typed.left(name)
            if left and isinstance(box, PlainBox):
                box.replace_all(left)
            typed.settle(name)
            typed.watch(name, box)
            self._names.append(name)

    def done_with(self) -> None:
        """The decision is written or given up: nothing of it is kept."""
        for name in self._names:
            if self._typed is not None:
                self._typed.forget(name)
        self.deleteLater()

    def _title(self) -> str:
        return self.tr("Release this answer") if self.release else self.tr("Reject this answer")

    def _explain(self) -> str:
        if self.release:
            return self.tr(
                "The answer may be used after this. Your name, the time and the reason go into the audit log."
            )
        return self.tr(
            "The answer stays closed for good. Your name, the time and the reason go into the audit log."
        )

    def _build(self) -> None:
        layout = column(self, margin=6, gap=3)
        layout.addWidget(label(self._title(), "title"))
        layout.addWidget(label(self._explain(), "muted", wrap=True))
        layout.addSpacing(space(1))
        if self.edit is not None:
            layout.addWidget(self.edit, 1)
        layout.addLayout(self._fields())
        layout.addSpacing(space(2))
        layout.addLayout(self._buttons())
        self.setMinimumWidth(space(110))
        width = space(190 if self.edit is not None else 110)
        self.resize(width, layout.totalHeightForWidth(width) + (space(10) if self.edit is not None else 0))

    def _fields(self) -> QLayout:
        who = captioned(self.tr("Your name"), self._who)
        reason = captioned(self.tr("Reason"), self._reason)
        left = column(gap=3)
        left.addLayout(who)
        left.addLayout(reason)
        left.addStretch(1)
        if not self.release:
            return left
        words = self.tr("Caveats that go with the answer, one a line (optional)")
        line = row(gap=4)
        line.addLayout(left, 1)
        line.addLayout(captioned(words, self._caveats), 1)
        return line

    def _buttons(self) -> QLayout:
        cancel = button()
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.accept)
        line = row(gap=2)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.ok)
        return line

    @Slot()
    def _look(self) -> None:
        empty = self.edit is not None and not self.edit.text.strip()
        self.ok.setEnabled(bool(self.who and self.reason) and not empty)
