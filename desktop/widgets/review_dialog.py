"""The end of a review: release, with an edit and caveats, or reject for a listed reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QWidget

from core.types import Check, Language
from core.words import say
from desktop.review_backend import Said
from desktop.theme import space
from desktop.widgets.basic import Choice, button, captioned, column, label, row
from desktop.widgets.edit_box import EditBox
from desktop.widgets.pill import Pill, risk_pill
from desktop.widgets.plain_box import PlainBox
from desktop.widgets.summary import coverage_of

if TYPE_CHECKING:
    from core.verify.correction import Correction

# The values of core.review.RejectCode, which the window must not import before it shows; a test compares.
REJECT_CODES = (
    "wrong",
    "unsupported",
    "outdated",
    "off_question",
    "incomplete",
    "confidential",
    "wording",
    "other",
)
_PAUSE = 700  # milliseconds without a key before an edited text is checked again


class ReviewDialog(QDialog):
    """Gathers a decision; the button stays closed until name and reason are there.

    Signals:
        recheck_wanted: the edited text, a moment after the last key
    """

    recheck_wanted = Signal(str)

    def __init__(
        self,
        *,
        release: bool,
        who: str,
        text: str,
        language: Language,
        found: tuple[Correction, ...] = (),
        carried: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``carried``: ``who`` is the name of the open key, and an edit is checked elsewhere, later."""
        super().__init__(parent)
        self._carried = carried
        self.release = release
        self._language = language
        self._checked: tuple[str, Check] | None = None
        self._who, self._reason, self._caveats = QLineEdit(who), PlainBox(), PlainBox()
        self._who.setReadOnly(carried)
        self.codes = Choice()
        self.codes.addItems([say(f"reject.{code}", language) for code in REJECT_CODES])
        self.edit = EditBox(text, found)
        self.risk, self.checked = Pill(), label(kind="caption", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask_check)
        self.ok = button("release" if release else "reject", "primary")
        self._build()
        for box in (self._who, self._reason):
            box.textChanged.connect(self._look)
        self.codes.currentIndexChanged.connect(self._look)
        self.edit.edited.connect(self._edited)
        self.ok.clicked.connect(self.accept)
        self._look()
        (self._reason if who else self._who).setFocus()

    @property
    def said(self) -> Said:
        """The decision as gathered."""
        edited = self.release and self.edit.changed
        fresh = self._checked is not None and self._checked[0] == self.edit.text
        lines = (line.strip() for line in self._caveats.toPlainText().splitlines())
        return Said(
            release=self.release,
            who=self._who.text().strip(),
            reason=self._reason.toPlainText().strip(),
            code=None if self.release else REJECT_CODES[self.codes.currentIndex()],
            final_text=self.edit.text if edited else None,
            caveats=tuple(line for line in lines if line) if self.release else (),
            rechecked=self._checked[1] if edited and fresh and self._checked else None,
        )

    def fill(
        self, who: str, reason: str, *, caveats: str = "", text: str | None = None, code: int = 0
    ) -> None:
        """Type what is asked for, as a person would."""
        self._who.setText(who)
        self._reason.setPlainText(reason)
        self._caveats.setPlainText(caveats)
        self.codes.setCurrentIndex(code)
        if text is not None:
            self.edit.box.replace_all(text)

    def show_check(self, text: str, check: Check) -> None:
        """What the verifier says of the edited text; an older text's result is dropped."""
        if text != self.edit.text:
            return
        self._checked = (text, check)
        risk_pill(check.level, self.risk)
        self.risk.show()
        done, total = coverage_of(check.claims)
        words: str = self.tr(
            "The edited text was checked: {done} of %Ln claim(s) could be checked.", "", total
        )
        self.checked.setText(words.format(done=done))
        self._look()

    def _title(self) -> str:
        return self.tr("Release this answer") if self.release else self.tr("Reject this answer")

    def _build(self) -> None:
        self.setWindowTitle(self._title())
        self.ok.setText(self.tr("Release") if self.release else self.tr("Reject"))
        self.ok.setDefault(True)
        explain = (
            self.tr("It may be used after this. Your name, the time you took and the reason are recorded.")
            if self.release
            else self.tr(
                "It stays closed for good. Your name, the time you took and the reason are recorded."
            )
        )
        if self._carried:
            explain = self.tr(
                "Your decision is signed and written to the file of decisions, with your name, the time you "
                "took and the reason. It counts once it is brought back to the library."
            )
        layout = column(self, margin=6, gap=3)
        layout.addWidget(label(self._title(), "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        self.edit.setVisible(self.release)
        if self.release:
            layout.addWidget(self.edit, 1)
            line = row(gap=2)
            line.addWidget(self.risk)
            line.addWidget(self.checked, 1)
            layout.addLayout(line)
        self.risk.hide()
        layout.addLayout(self._fields())
        layout.addLayout(self._buttons())
        width = space(190 if self.release else 110)
        self.setMinimumWidth(space(110))
        self.resize(width, layout.totalHeightForWidth(width) + (space(10) if self.release else 0))

    def _fields(self) -> QLayout:
        self._reason.setFixedHeight(space(18))
        left = column(gap=3)
        left.addLayout(captioned(self.tr("Your name"), self._who, gap=1))
        if not self.release:
            left.addLayout(captioned(self.tr("Reason"), self.codes, gap=1))
        words = self.tr("Reason") if self.release else self.tr("In your own words")
        left.addLayout(captioned(words, self._reason, gap=1))
        left.addStretch(1)
        if not self.release:
            self._caveats.hide()
            return left
        line = row(gap=4)
        line.addLayout(left, 1)
        words = self.tr("Caveats that go with the answer, one a line (optional)")
        line.addLayout(captioned(words, self._caveats, gap=1), 1)
        return line

    def _buttons(self) -> QLayout:
        line = row(gap=2)
        cancel = button()
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.ok)
        return line

    @Slot()
    def _edited(self) -> None:
        self.risk.hide()
        waits = self.tr("Checking the edited text…")
        later = self.tr("The edited text is checked when your decision is brought back to the library.")
        self.checked.setText((later if self._carried else waits) if self.edit.changed else "")
        if self.edit.changed and not self._carried:
            self._timer.start()
        else:
            self._timer.stop()
        self._look()

    @Slot()
    def _ask_check(self) -> None:
        if self.edit.changed:
            self.recheck_wanted.emit(self.edit.text)

    @Slot()
    def _look(self) -> None:
        said = self.said
        reasoned = bool(said.reason) or (not said.release and said.code != "other")
        waits = said.final_text is not None and said.rechecked is None and not self._carried
        self.ok.setEnabled(bool(said.who) and reasoned and not waits)
