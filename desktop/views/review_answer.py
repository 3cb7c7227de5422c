"""One answer under review: claim by claim with its evidence, to a decision under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLayout, QSplitter, QWidget

from core.errors import CoreError
from core.types import Answer, Check, Verdict
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.late import Late
from desktop.models.review import place_words, question_words
from desktop.theme import space
from desktop.views.base import View
from desktop.views.evidence import EvidencePane
from desktop.widgets.basic import button, card, column, label, name, row, rule, tool_button
from desktop.widgets.claim_marks import marked
from desktop.widgets.claim_view import ClaimView, Phase
from desktop.widgets.flow import Flow
from desktop.widgets.judge_bar import CHOICES, JudgeBar
from desktop.widgets.passphrase_dialog import PassphraseDialog
from desktop.widgets.review_dialog import ReviewDialog
from desktop.widgets.review_head import ReviewHead
from desktop.widgets.unlock import Unlock

if TYPE_CHECKING:
    from core.review import QueueItem
    from core.store.reviews import ClaimLabel
    from core.verify import correction
else:
    correction = Late("core.verify.correction")


class AnswerPage(View):
    """The answer on the left, the evidence of one claim on the right.

    Signals:
        shown: another answer has come onto the page
        left: the queue is wanted
        step: the answer before (-1) or after (1) this one in the queue is wanted
        decided: the Answer that has just been released or rejected
    """

    shown = Signal()
    left = Signal()
    step = Signal(int)
    decided = Signal(object)

    def __init__(self, backend: Backend, parent: QWidget | None = None, *, carried: bool = False) -> None:
        """``carried``: a review file stands in for the library, and every decision is signed."""
        super().__init__(backend, parent)
        self._carried = carried
        self._unlock = Unlock(backend, self, carried=True)
        self._releases = True  # what is asked for once the key is open
        self.item: QueueItem | None = None
        self.answer: Answer | None = None
        self.dialog: ReviewDialog | None = None
        self._wanted: QueueItem | None = None
        self._opened_at = ""
        self._said: dict[int, Verdict] = {}  # by the place of the claim among those that the text marks
        self._numbers: list[int] = []  # of the claims that the text marks, as the check counts them
        self._build()
        self._connect()
        self._connect_keys()
        self.retranslate()

    def load(self, item: QueueItem) -> None:
        """Look at an answer."""
        self._wanted, backend = item, self.backend
        start_call(
            lambda: (item, backend.load_answer(item.answer_id), backend.claim_labels(item.answer_id)),
            self._loaded,
            self.failed,
        )

    def leave(self) -> None:
        """Look at nothing."""
        self._wanted = self.item = self.answer = None

    def show_place(self, at: int | None, total: int) -> None:
        """Where the answer stands in the queue, from 0; None: it is not there."""
        self._place.setText("" if at is None else place_words(at + 1, total))
        self._earlier.setEnabled(at is not None and at > 0)
        self._later.setEnabled(at is not None and at < total - 1)
        self._next.setEnabled(total > 0)

    @Slot(object)
    def judge(self, verdict: Verdict) -> None:
        """Keep a verdict on the claim that is shown, and go to the next one that has none."""
        at, answer = self.text.current, self.answer
        if at is None or answer is None or self._done:
            return
        number, reason = self._numbers[at], self.judge_bar.reason
        self._said[at] = verdict
        start_call(
            lambda: self.backend.label_claim(answer.id, number, verdict, reason),
            self._labelled,
            self._not_labelled,
        )
        following = [*range(at + 1, len(self.text.claims)), *range(at)]
        self.choose(next((each for each in following if each not in self._said), at))

    @Slot(int)
    def choose(self, index: int) -> None:
        """Show a claim with its evidence."""
        self.text.select(index)
        claims = self.text.claims
        self.evidence.show_claim(index, len(claims), claims[index])
        self.judge_bar.show_claim(index, len(claims), claims[index], self._said.get(index))
        self._show_progress()

    @Slot()
    def ask_release(self) -> None:
        """Ask for what a release needs."""
        self._begin(release=True)

    @Slot()
    def ask_reject(self) -> None:
        """Ask for what a rejection needs."""
        self._begin(release=False)

    @property
    def key_dialog(self) -> PassphraseDialog | None:
        """The dialog that asks for the passphrase of a carried key, while it is open."""
        return self._unlock.dialog

    def retranslate(self) -> None:
        """Set every word again."""
        self._back.setText(self.tr("Queue"))
        name(self._earlier, self.tr("Previous answer (Ctrl+P)"))
        name(self._later, self.tr("Next answer (Ctrl+N)"))
        self.text.setAccessibleName(self.tr("Answer"))
        self.text.language = self.language
        self._release.setText(self.tr("Release…"))
        self._reject.setText(self.tr("Reject…"))
        self._next.setText(self.tr("Next answer"))
        self._keys.setText(
            self.tr("Keys: C confirm · O overrule · 1–5 verdict · N next claim · P previous claim")
        )
        self._show_head()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(space(4))
        split.setChildrenCollapsible(False)
        self.evidence = EvidencePane(self.backend, carried=self._carried)
        layout = column(self, gap=3)
        layout.addLayout(self._build_head())
        layout.addWidget(split, 1)
        split.addWidget(self._build_left())
        split.addWidget(self.evidence)
        split.setSizes([1100, 900])

    def _build_head(self) -> QLayout:
        self._back = button("back", "plain")
        self._question = label(kind="title", wrap=True, selectable=True)
        self._place = label(kind="caption")
        self._earlier, self._later = tool_button("previous"), tool_button("next")
        head = row(gap=2)
        head.addWidget(self._back)
        head.addWidget(self._question, 1)
        for part in (self._place, self._earlier, self._later):
            head.addWidget(part)
        return head

    def _build_left(self) -> QWidget:
        left = card()
        self.head, self.text, self.judge_bar = ReviewHead(), ClaimView(), JudgeBar()
        self._keys = label(kind="caption", wrap=True)
        self._release, self._reject = button("release", "primary"), button("reject")
        self._next = button("next", "primary")
        deeds = Flow()
        deeds.add(self._release, self._reject, self._next)
        layout = column(left, margin=5, gap=3)
        layout.addWidget(self.head)
        layout.addWidget(self.text, 1)
        for part in (rule(), self.judge_bar, self._keys, rule(), deeds):
            layout.addWidget(part)
        return left

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._earlier.clicked.connect(self._to_earlier)
        for later in (self._later, self._next):
            later.clicked.connect(self._to_later)
        self.text.chosen.connect(self.choose)
        self.evidence.step.connect(self.text.step)
        self.evidence.failed.connect(self.failed)
        self.judge_bar.judged.connect(self.judge)
        self._release.clicked.connect(self.ask_release)
        self._reject.clicked.connect(self.ask_reject)
        self._unlock.opened.connect(self._key_open)
        self._unlock.failed.connect(self.failed)
        self.judge_bar.why.setHidden(self._carried)  # a carried decision takes verdicts, not their reasons

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], None] | SignalInstance] = {
            "N": self._next_claim,
            "P": self._earlier_claim,
            "C": self.judge_bar.confirm_shown,
            "O": self.judge_bar.overrule,
            "Ctrl+N": self._to_later,
            "Ctrl+P": self._to_earlier,
            "Esc": self.left,
        }
        for number, verdict in enumerate(CHOICES, start=1):
            keys[str(number)] = self.judge_bar.buttons[verdict].click
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def _done(self) -> bool:
        """Whether the answer on the page was decided here."""
        return self.answer is not None and self.answer.decided_at is not None

    @Slot(object)
    def _loaded(self, found: tuple[QueueItem, Answer, tuple[ClaimLabel, ...]]) -> None:
        item, answer, labels = found
        if self._wanted is not item:
            return  # the person has gone on meanwhile
        self.item, self.answer = item, answer
        self._opened_at = datetime.now(UTC).isoformat(timespec="microseconds")
        self.shown.emit()
        self.text.show_text(answer.text, answer.check.claims, Phase.CLOSED)
        self._numbers = marked(answer.check.claims)
        before = {label.claim: label.verdict for label in labels}
        self._said = {at: before[number] for at, number in enumerate(self._numbers) if number in before}
        self._show_head()
        self._show_first()
        self.text.setFocus()

    def _show_first(self) -> None:
        """The first claim of which nothing was said, where the answer claims anything."""
        total = len(self.text.claims)
        if total:
            self.choose(next((at for at in range(total) if at not in self._said), 0))
        else:
            self.judge_bar.show_claim(0, 0, None, None)
            self.evidence.clear()

    @Slot(object)
    def _labelled(self, label: ClaimLabel) -> None:  # noqa: ARG002
        self._show_progress()

    @Slot(object)
    def _not_labelled(self, error: CoreError) -> None:
        self.failed.emit(error)
        if self.item is not None:
            self.load(self.item)  # what is kept, not what was hoped

    def _show_head(self) -> None:
        answer, item = self.answer, self.item
        if answer is None or item is None:
            return
        self._question.setText(question_words(item))
        done = self._done
        self.head.show_answer(answer, self.language, hidden=item.level is None, done=done)
        for part in (self._release, self._reject, self.judge_bar, self._keys):
            part.setVisible(not done)
        self._next.setVisible(done)
        self._show_progress()

    def _show_progress(self) -> None:
        self.head.show_progress(len(self._said), len(self.text.claims))

    def _begin(self, *, release: bool) -> None:
        """The passphrase comes before the dialog, so that a wrong one costs nothing that was typed."""
        self._releases = release
        if self._carried:
            self._unlock.ask()
        else:
            self._ask(self.backend.settings.reviewer)

    @Slot(str)
    def _key_open(self, who: str) -> None:
        self._ask(who)

    def _ask(self, who: str) -> None:
        answer = self.answer
        if answer is None or self._done:
            return
        found = tuple(one for claim in answer.check.claims for one in correction.corrections(claim))
        self.dialog = ReviewDialog(
            release=self._releases,
            who=who,
            text=answer.text,
            language=self.language,
            found=found,
            carried=self._carried,
            parent=self,
        )
        self.dialog.recheck_wanted.connect(self._recheck)
        self.dialog.accepted.connect(self._decide)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot(str)
    def _recheck(self, text: str) -> None:
        question = self.answer.question if self.answer else None
        start_call(lambda: (text, self.backend.recheck(text, question)), self._rechecked, self.failed)

    @Slot(object)
    def _rechecked(self, found: tuple[str, Check]) -> None:
        if self.dialog is not None:
            self.dialog.show_check(*found)

    @Slot()
    def _decide(self) -> None:
        if self.dialog is None or self.answer is None:
            return
        said, answer_id = replace(self.dialog.said, opened_at=self._opened_at), self.answer.id
        start_call(lambda: self.backend.decide(answer_id, said), self._decided, self._refused)

    @Slot(object)
    def _refused(self, error: CoreError) -> None:
        """What was typed comes back with the reason why it was not taken."""
        if self.dialog is not None:
            self.dialog.open()
        self.failed.emit(error)

    @Slot(int)
    def _closed(self, outcome: int) -> None:
        if outcome == QDialog.DialogCode.Rejected:
            self._drop_dialog()

    def _drop_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _decided(self, answer: Answer) -> None:
        self._drop_dialog()
        self.answer = answer
        self._show_head()
        self.decided.emit(answer)
        self._next.setFocus()

    @Slot()
    def _to_later(self) -> None:
        self.step.emit(1)

    @Slot()
    def _to_earlier(self) -> None:
        self.step.emit(-1)

    @Slot()
    def _next_claim(self) -> None:
        self.text.step(1)

    @Slot()
    def _earlier_claim(self) -> None:
        self.text.step(-1)
