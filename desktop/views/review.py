"""Review: what waits for a person, one answer at a time, claim by claim, to a decision under a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QWidget

from core.types import Answer, Check, Level, Verdict
from core.words import say_reason
from desktop.backend import Backend
from desktop.jobs import call
from desktop.late import Late
from desktop.models.review import ReviewModel, place_words, question_words
from desktop.review_backend import Said
from desktop.text import date_words, decision_word, level_word
from desktop.theme import space
from desktop.views.base import View
from desktop.views.evidence import EvidencePane
from desktop.widgets.basic import Choice, button, card, column, label, name, notice, row, rule, tool_button
from desktop.widgets.claim_marks import UNDERLINES
from desktop.widgets.claim_view import ClaimView, Phase
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.flow import Flow
from desktop.widgets.judge_bar import CHOICES, JudgeBar
from desktop.widgets.passphrase_dialog import PassphraseDialog
from desktop.widgets.pill import Pill, risk_pill
from desktop.widgets.review_dialog import ReviewDialog
from desktop.widgets.summary import reasons_of
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.review import QueueItem
    from core.store.reviews import ClaimLabel
    from core.verify import correction
else:
    correction = Late("core.verify.correction")


class ReviewView(View):
    """The queue, and the answer that is looked at.

    Signals:
        counted: how many answers wait
        decided: an Answer that has just been released or rejected here
    """

    counted = Signal(int)
    decided = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.model = ReviewModel(self)
        self.answer: Answer | None = None
        self.dialog: ReviewDialog | None = None
        self.key_dialog: PassphraseDialog | None = None
        self._item: QueueItem | None = None
        self._opened_at = ""
        self._said: dict[int, Verdict] = {}
        self._numbers: list[int] = []  # of the claims that the text marks, as the check counts them
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_queue())
        self._pages.addWidget(self._build_answer())
        column(self, margin=6).addWidget(self._pages)
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        """Read the queue again."""
        self._do(call(self.backend.review_queue), self._listed)

    @Slot(object)
    def open(self, item: QueueItem) -> None:
        """Look at one answer; under four eyes only after the passphrase."""
        self._item = item
        if self.backend.settings.four_eyes:
            self._do(call(lambda: (self.backend.unlocked(),)), self._unlock_known)
        else:
            self._load()

    @Slot()
    def back(self) -> None:
        """Back to the queue."""
        self.answer = self._item = None
        self._pages.setCurrentIndex(0)
        self.table.setFocus()
        self.refresh()

    def step(self, by: int) -> None:
        """The next or previous answer of the queue."""
        rows = self.model.rows
        ids = [row.answer_id for row in rows]
        here = self._item.answer_id if self._item else None
        at = ids.index(here) + by if here in ids else 0
        if rows and 0 <= at < len(rows):
            self.open(rows[at])

    @Slot(object)
    def judge(self, verdict: Verdict) -> None:
        """Keep a verdict on the claim that is shown, and go to the next one that has none."""
        at, answer = self.text.current, self.answer
        if at is None or answer is None or self._done:
            return
        number = self._numbers[at]
        reason = self.judge_bar.reason
        self._said[at] = verdict
        job = call(lambda: self.backend.label_claim(answer.id, number, verdict, reason))
        job.failed.connect(self._not_labelled)
        self._do(job, self._labelled)
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
        self._ask(release=True)

    @Slot()
    def ask_reject(self) -> None:
        """Ask for what a rejection needs."""
        self._ask(release=False)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Review"))
        self._explain.setText(
            self.tr(
                "Held answers, the most pressing first, and a few that had passed, drawn by chance and mixed "
                "in. Some do not show their level, so that nobody is led by it."
            )
        )
        self.filter.setPlaceholderText(self.tr("Filter by question or reviewer"))
        self.table.setAccessibleName(self.tr("Answers that wait"))
        self._fill(self._levels, [self.tr("All levels"), *(level_word(level) for level in Level)])
        self._fill(self._whose, [self.tr("All reviewers"), self.tr("Mine"), self.tr("Nobody's yet")])
        self._take.setText(self.tr("Assign to me"))
        self._give.setText(self.tr("Assign to nobody"))
        self._start.setText(self.tr("Start reviewing"))
        self._empty.say(
            self.tr("Nothing waits for you"),
            self.tr("Answers that are held come here, and a small random share of those that had passed."),
        )
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
        self.model.retranslate()
        self._show_head()

    def _build_queue(self) -> QWidget:
        page = QWidget()
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        self.filter, self._levels, self._whose = FilterBox(), Choice(), Choice()
        self._start = button("check", "primary")
        line = row(gap=2)
        line.addWidget(self.filter, 1)
        for part in (self._levels, self._whose, self._start):
            line.addWidget(part)
        widths = {ReviewModel.RISK: 34, ReviewModel.WAITING: 30, ReviewModel.REVIEWER: 40}
        self.table = Table(self.model, ReviewModel.QUESTION, widths)
        self._empty = Empty("done")
        empty_card = card()
        column(empty_card).addWidget(self._empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(empty_card)
        self._lists.addWidget(self.table)
        self._take, self._give = button("release"), button("clear")
        below = row(gap=2)
        for part in (self._take, self._give):
            below.addWidget(part)
        below.addStretch(1)
        layout = column(page, gap=3)
        layout.addWidget(self._title)
        layout.addWidget(self._explain)
        layout.addSpacing(space(1))
        layout.addLayout(line)
        layout.addWidget(self._lists, 1)
        layout.addLayout(below)
        return page

    def _build_answer(self) -> QWidget:
        page = self._answer_page = QWidget()
        self._back = button("back", "plain")
        self._question = label(kind="title", wrap=True, selectable=True)
        self._place = label(kind="caption")
        self._earlier, self._later = tool_button("previous"), tool_button("next")
        head = row(gap=2)
        head.addWidget(self._back)
        head.addWidget(self._question, 1)
        for part in (self._place, self._earlier, self._later):
            head.addWidget(part)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(space(4))
        split.setChildrenCollapsible(False)
        self.evidence = EvidencePane(self.backend)
        split.addWidget(self._build_left())
        split.addWidget(self.evidence)
        split.setSizes([1100, 900])
        layout = column(page, gap=3)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        return page

    def _build_left(self) -> QWidget:
        left = card()
        self.level, self._progress = Pill(strong=True), label(kind="strong")
        self._facts, self._keys = label(kind="caption", wrap=True), label(kind="caption", wrap=True)
        self.text, self.judge_bar = ClaimView(), JudgeBar()
        self._held = label(kind="muted", wrap=True)
        self._outcome, self._outcome_words = notice(), label(kind="strong", wrap=True)
        column(self._outcome, margin=3).addWidget(self._outcome_words)
        self._release, self._reject = button("release", "primary"), button("reject")
        self._next = button("next", "primary")
        top = row(gap=3)
        top.addWidget(self.level)
        top.addWidget(self._progress, 1)
        deeds = Flow()
        deeds.add(self._release, self._reject, self._next)
        layout = column(left, margin=5, gap=3)
        layout.addLayout(top)
        layout.addWidget(self._facts)
        layout.addWidget(self._held)
        layout.addWidget(rule())
        layout.addWidget(self._outcome)
        layout.addWidget(self.text, 1)
        layout.addWidget(rule())
        layout.addWidget(self.judge_bar)
        layout.addWidget(self._keys)
        layout.addWidget(rule())
        layout.addWidget(deeds)
        return left

    def _connect(self) -> None:
        self.table.opened.connect(self.open)
        self.table.picked.connect(self._look)
        self.filter.textChanged.connect(self.model.set_words)
        self._levels.currentIndexChanged.connect(self._level_chosen)
        self._whose.currentIndexChanged.connect(self._whose_chosen)
        self._start.clicked.connect(self._on)
        self._take.clicked.connect(self._assign_me)
        self._give.clicked.connect(self._assign_nobody)
        self._back.clicked.connect(self.back)
        self._earlier.clicked.connect(self._back_one)
        for later in (self._later, self._next):
            later.clicked.connect(self._on)
        self.text.chosen.connect(self.choose)
        self.evidence.step.connect(self.text.step)
        self.evidence.failed.connect(self.failed)
        self.judge_bar.judged.connect(self.judge)
        self._release.clicked.connect(self.ask_release)
        self._reject.clicked.connect(self.ask_reject)
        keys = {
            "N": self._next_claim,
            "P": self._earlier_claim,
            "C": self.judge_bar.confirm_shown,
            "O": self.judge_bar.overrule,
            "Ctrl+N": self._on,
            "Ctrl+P": self._back_one,
            "Esc": self.back,
        }
        for key, slot in keys.items():
            self._shortcut(key, slot)
        for number in range(1, len(CHOICES) + 1):
            self._shortcut(str(number), self.judge_bar.buttons[CHOICES[number - 1]].click)

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._answer_page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _do(self, job: object, then: object) -> None:
        job.yielded.connect(then)  # type: ignore[attr-defined]
        job.failed.connect(self.failed)  # type: ignore[attr-defined]
        job.start()  # type: ignore[attr-defined]

    @property
    def _done(self) -> bool:
        """Whether the answer on the screen was decided here."""
        return self.answer is not None and self.answer.decided_at is not None

    @Slot(object)
    def _listed(self, items: tuple[QueueItem, ...]) -> None:
        self.model.set_rows(items)
        self._lists.setCurrentIndex(1 if items else 0)
        self._start.setEnabled(bool(items))
        self._look()
        self.counted.emit(len(items))

    @Slot()
    def _look(self) -> None:
        chosen = self.table.row is not None
        self._take.setEnabled(chosen and bool(self.backend.settings.reviewer.strip()))
        self._give.setEnabled(chosen)

    @Slot()
    def _assign_me(self) -> None:
        self._assign(self.backend.settings.reviewer)

    @Slot()
    def _assign_nobody(self) -> None:
        self._assign(None)

    def _assign(self, who: str | None) -> None:
        item: QueueItem | None = self.table.row  # type: ignore[assignment]
        if item is not None:
            answer_id = item.answer_id
            self._do(call(lambda: self.backend.assign(answer_id, who)), self._assigned)

    @Slot(object)
    def _assigned(self, answer_id: str) -> None:  # noqa: ARG002
        self.refresh()

    @Slot(object)
    def _unlock_known(self, known: tuple[str | None]) -> None:
        if known[0] is not None:
            self._load()
            return
        self.key_dialog = PassphraseDialog(self.backend.settings.reviewer, self)
        self.key_dialog.accepted.connect(self._unlock)
        self.key_dialog.open()

    @Slot()
    def _unlock(self) -> None:
        if self.key_dialog is not None:
            who, secret = self.key_dialog.who, self.key_dialog.passphrase
            self.key_dialog.deleteLater()
            self.key_dialog = None
            self._do(call(lambda: self.backend.unlock(who, secret)), self._unlocked)

    @Slot(object)
    def _unlocked(self, who: str) -> None:  # noqa: ARG002
        self._load()

    def _load(self) -> None:
        if self._item is not None:
            answer_id = self._item.answer_id
            backend = self.backend
            work = call(lambda: (answer_id, backend.load_answer(answer_id), backend.claim_labels(answer_id)))
            self._do(work, self._loaded)

    @Slot(object)
    def _loaded(self, found: tuple[str, Answer, tuple[ClaimLabel, ...]]) -> None:
        answer_id, answer, labels = found
        if self._item is None or self._item.answer_id != answer_id:
            return  # the person has gone on meanwhile
        self.answer = answer
        self._opened_at = datetime.now(UTC).isoformat(timespec="microseconds")
        self._pages.setCurrentIndex(1)
        self.text.language = self.language
        self.text.show_text(self.answer.text, self.answer.check.claims, Phase.CLOSED)
        numbers = {label.claim: label.verdict for label in labels}
        claims = self.answer.check.claims
        # As the view sorts what it marks: by the start, equal starts in their order.
        marked = [number for number, claim in enumerate(claims) if claim.verdict in UNDERLINES]
        self._numbers = sorted(marked, key=lambda number: claims[number].start)
        self._said = {
            index: numbers[number] for index, number in enumerate(self._numbers) if number in numbers
        }
        self._show_head()
        waiting = [index for index in range(len(self.text.claims)) if index not in self._said]
        if self.text.claims:
            self.choose(waiting[0] if waiting else 0)
        else:
            self.judge_bar.show_claim(0, 0, None, None)
            self.evidence.clear()
        self.text.setFocus()

    @Slot(object)
    def _labelled(self, label: ClaimLabel) -> None:  # noqa: ARG002
        self._show_progress()

    @Slot(object)
    def _not_labelled(self, error: object) -> None:  # noqa: ARG002
        self._load()  # what is kept, not what was hoped

    def _show_head(self) -> None:
        answer, item = self.answer, self._item
        if answer is None or item is None:
            return
        self._question.setText(question_words(item))
        ids = [row.answer_id for row in self.model.rows]
        here = ids.index(item.answer_id) if item.answer_id in ids else -1
        self._place.setText(place_words(here + 1, len(ids)) if here >= 0 else "")
        self._earlier.setEnabled(here > 0)
        self._later.setEnabled(0 <= here < len(ids) - 1)
        if not self._done:  # nobody is to be led by it, whatever the queue tells
            self.level.set("held", self.tr("Level not shown yet"), "muted")
        else:
            risk_pill(answer.check.level, self.level)
        model = answer.model.name if answer.model else self.tr("Supplied text")
        self._facts.setText(f"{model} · {date_words(answer.created_at)}")
        # Where the queue keeps the level to itself, the reasons would give it away.
        shown = reasons_of(answer) if item.level is not None else ()
        reasons = [say_reason(reason, self.language) for reason in shown]
        self._held.setText(self.tr("Why it is held: {reasons}").format(reasons=" ".join(reasons)))
        self._held.setVisible(bool(reasons) and not self._done)
        for part in (self._release, self._reject, self.judge_bar, self._keys):
            part.setVisible(not self._done)
        self._next.setVisible(self._done)
        self._outcome.setVisible(self._done)
        if self._done:
            words = self.tr("{decision} by {who}. Touchstone had rated it: {level}.")
            self._outcome_words.setText(
                words.format(
                    decision=decision_word(answer.decision),
                    who=answer.decided_by or "",
                    level=level_word(answer.check.level),
                )
            )
        self._show_progress()

    def _show_progress(self) -> None:
        total = len(self.text.claims)
        words: str = self.tr("{done} of %n claim(s) looked at", "", total)
        self._progress.setText(words.format(done=len(self._said)))

    def _ask(self, *, release: bool) -> None:
        answer = self.answer
        if answer is None or self._done:
            return
        found = tuple(one for claim in answer.check.claims for one in correction.corrections(claim))
        self.dialog = ReviewDialog(
            release=release,
            who=self.backend.settings.reviewer,
            text=answer.text,
            language=self.language,
            found=found,
            parent=self,
        )
        self.dialog.recheck_wanted.connect(self._recheck)
        self.dialog.accepted.connect(self._decide)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot(str)
    def _recheck(self, text: str) -> None:
        question = self.answer.question if self.answer else None
        self._do(call(lambda: (text, self.backend.recheck(text, question))), self._rechecked)

    @Slot(object)
    def _rechecked(self, found: tuple[str, Check]) -> None:
        if self.dialog is not None:
            self.dialog.show_check(*found)

    @Slot()
    def _decide(self) -> None:
        if self.dialog is None or self.answer is None:
            return
        said, answer_id = self.dialog.said, self.answer.id
        timed = Said(
            said.release,
            said.who,
            said.reason,
            said.code,
            said.final_text,
            said.caveats,
            self._opened_at,
            said.rechecked,
        )
        self._do(call(lambda: self.backend.decide(answer_id, timed)), self._decided)

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _decided(self, answer: Answer) -> None:
        self.answer = answer
        self._show_head()
        self.model.set_rows(row for row in self.model.all_rows if row.answer_id != answer.id)
        self.counted.emit(len(self.model.all_rows))
        self._next.setEnabled(bool(self.model.rows))
        self._next.setFocus()
        self.decided.emit(answer)

    @Slot()
    def _on(self) -> None:
        self.step(1)

    @Slot()
    def _back_one(self) -> None:
        self.step(-1)

    @Slot()
    def _next_claim(self) -> None:
        self.text.step(1)

    @Slot()
    def _earlier_claim(self) -> None:
        self.text.step(-1)

    @Slot(int)
    def _level_chosen(self, index: int) -> None:
        self.model.set_level(list(Level)[index - 1] if index > 0 else None)

    @Slot(int)
    def _whose_chosen(self, index: int) -> None:
        self.model.set_reviewer([None, self.backend.settings.reviewer, ""][max(0, index)])

    def _fill(self, box: QComboBox, words: list[str]) -> None:
        chosen = max(0, box.currentIndex())
        box.blockSignals(True)
        box.clear()
        box.addItems(words)
        box.setCurrentIndex(chosen)
        box.blockSignals(False)
