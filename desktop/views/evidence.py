"""The evidence pane: one claim, its verdict and reasons, and what the documents say about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Claim, Evidence, Hit, Relation, Verdict
from core.words import say_reason
from desktop.backend import Backend
from desktop.matching import common_words
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import card, column, label, name, row, rule, tool_button
from desktop.widgets.correction_card import CorrectionCard
from desktop.widgets.empty import Empty
from desktop.widgets.evidence_card import EvidenceCard
from desktop.widgets.marked_text import MarkedText
from desktop.widgets.pill import Pill, verdict_pill
from desktop.widgets.scroller import Scroller

_LEAST_MORE = 4  # characters of the claim that a further quote must bear out: a word, two Chinese characters
_LATIN = "\u2e80"  # characters after this one are Chinese


class EvidencePane(View):
    """Shows a claim beside the passages that bear on it, with the words that both have in common marked.

    Signals:
        step: the previous (-1) or next (1) claim is wanted
        correction_wanted: corrections that a person wants to put into the released text
    """

    step = Signal(int)
    correction_wanted = Signal(object)

    def __init__(self, backend: Backend, parent: QWidget | None = None, *, carried: bool = False) -> None:
        super().__init__(backend, parent)
        self._carried = carried
        self.may_edit = False
        self._claim: Claim | None = None
        self._at = (0, 0)
        self._hits: tuple[Hit, ...] = ()
        self._cut = 0
        self.cards: list[EvidenceCard] = []
        self._to_come: list[Hit] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._next_hit)
        self._build()
        self.retranslate()

    def clear(self) -> None:
        """Nothing to show yet."""
        self._claim, self._hits, self._cut = None, (), 0
        self._show()

    def show_hits(self, hits: tuple[Hit, ...], cut: int) -> None:
        """The passages that the model reads, while there is no claim to show."""
        self._hits, self._cut = hits, cut
        if self._claim is None:
            self._show()

    def show_claim(self, index: int, total: int, claim: Claim) -> None:
        """A claim and its evidence."""
        self._claim, self._at = claim, (index, total)
        self._show()

    def retranslate(self) -> None:
        """Say everything again in the language of the window."""
        name(self._previous, self.tr("Previous claim (Alt+Up)"))
        name(self._next, self.tr("Next claim (Alt+Down)"))
        self._empty.say(
            self.tr("Evidence"),
            self.tr("Choose a claim in the answer to see what your documents say about it."),
        )
        self._show()

    def _build(self) -> None:
        frame = card()
        outer = column(self)
        outer.addWidget(frame)
        inside = column(frame, margin=0, gap=0)
        self._head = self._build_head()
        inside.addWidget(self._head)
        self._empty = Empty("search")
        inside.addWidget(self._empty, 1)
        page = QWidget()
        page.setObjectName("page")
        self._list = column(page, margin=5, gap=3)
        self._claim_text = MarkedText()
        self._reasons = label(wrap=True, selectable=True)
        self._caption = label(kind="caption", wrap=True)
        self.correction = CorrectionCard()
        self.correction.wanted.connect(self.correction_wanted)
        for part in (self._claim_text, self._reasons, self.correction, self._caption):
            self._list.addWidget(part)
        self._cards = column(gap=3)
        self._list.addLayout(self._cards)
        self._list.addStretch(1)
        self._scroll = Scroller(page)
        inside.addWidget(self._scroll, 1)

    def _build_head(self) -> QFrame:
        head = QFrame()
        self._title = label(kind="strong")
        self._verdict = Pill()
        self._previous, self._next = tool_button("previous"), tool_button("next")
        self._previous.clicked.connect(self._step_back)
        self._next.clicked.connect(self._step_on)
        line = row(gap=2)
        line.setContentsMargins(space(5), space(3), space(3), space(3))
        line.addWidget(self._title)
        line.addWidget(self._verdict)
        line.addStretch(1)
        line.addWidget(self._previous)
        line.addWidget(self._next)
        layout = column(head, gap=0)
        layout.addLayout(line)
        layout.addWidget(rule())
        return head

    @Slot()
    def _step_back(self) -> None:
        self.step.emit(-1)

    @Slot()
    def _step_on(self) -> None:
        self.step.emit(1)

    def _show(self) -> None:
        for old in self.cards:
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        self._to_come = []
        claim = self._claim
        self._empty.setVisible(claim is None and not self._hits)
        self._scroll.setVisible(claim is not None or bool(self._hits))
        self._head.setVisible(claim is not None or bool(self._hits))
        for part in (self._verdict, self._claim_text, self._reasons, self._previous, self._next):
            part.setVisible(claim is not None)
        self.correction.show_claim(claim, may_edit=self.may_edit)
        if claim is not None:
            self._show_claim(claim)
        elif self._hits:
            self._show_hits()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_claim(self, claim: Claim) -> None:
        index, total = self._at
        self._title.setText(self.tr("Claim {number} of {total}").format(number=index + 1, total=total))
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index < total - 1)
        verdict_pill(claim.verdict, self._verdict)
        shown = worth_showing(claim)
        quotes = " ".join(evidence.text for evidence in shown)
        self._claim_text.set_text(claim.text, common_words(claim.text, quotes)[0])
        self._claim_text.setAccessibleName(self.tr("The claim"))
        reasons = [say_reason(reason, self.language) for reason in claim.reasons]
        self._reasons.setText("\n".join(reasons))
        self._reasons.setVisible(bool(reasons))
        self._caption.setText(self._caption_words(claim, len(shown)))
        self._caption.setVisible(bool(self._caption.text()))
        for place, evidence in enumerate(shown):
            self._add_evidence(claim, evidence, picture=place == 0)

    def _caption_words(self, claim: Claim, shown: int) -> str:
        if shown:
            return self.tr("%Ln passage(s) from your documents; shared words are marked", "", shown)
        if claim.verdict is Verdict.COULD_NOT_CHECK:
            return self.tr("Whether your documents bear this out could not be decided. Look it up yourself.")
        return self.tr("The whole library was searched for this claim. No passage bears it out.")

    def _add_evidence(self, claim: Claim, evidence: Evidence, *, picture: bool) -> None:
        made = self._add_card()
        made.show_evidence(evidence, common_words(evidence.text, claim.text)[0], picture=picture)

    def _show_hits(self) -> None:
        self._title.setText(self.tr("Passages the model reads"))
        words: str = self.tr("%Ln passage(s) found in your documents", "", len(self._hits))
        if self._cut:
            words += self.tr("; %Ln more did not fit the model's context", "", self._cut)
        self._caption.setText(words)
        self._caption.show()
        self._to_come = list(self._hits)
        self._next_hit()

    @Slot()
    def _next_hit(self) -> None:
        """One card a turn of the event loop: several at once would hold the window up."""
        if not self._to_come:
            return
        passage = self._to_come.pop(0).passage
        self._add_card().show_place(passage.place, passage.text)
        self._turn.start()

    def _add_card(self) -> EvidenceCard:
        made = EvidenceCard(self.backend, self.language, carried=self._carried)
        self._cards.addWidget(made)
        self.cards.append(made)
        return made


def worth_showing(claim: Claim) -> tuple[Evidence, ...]:
    """The evidence without further supporting quotes that share no more words with the claim than those
    before them. Whatever contradicts is always shown.
    """
    kept: list[Evidence] = []
    for evidence in claim.evidence:
        if kept and evidence.relation is Relation.SUPPORTS and not _adds(claim.text, kept, evidence):
            continue
        kept.append(evidence)
    return tuple(kept)


def _adds(claim: str, kept: Sequence[Evidence], evidence: Evidence) -> bool:
    before = " ".join(each.text for each in kept)
    return _covered(claim, f"{before} {evidence.text}") >= _covered(claim, before) + _LEAST_MORE


def _covered(claim: str, quotes: str) -> int:
    """How many characters of a claim lie in words that it shares with quotes; a Chinese one counts twice."""
    shared = "".join(claim[start:end] for start, end in common_words(claim, quotes)[0])
    return len(shared) + sum(character > _LATIN for character in shared)
