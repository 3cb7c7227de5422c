"""The scripted queue of answers that wait, and decisions."""

from __future__ import annotations

from dataclasses import replace

from core.review import QueueItem
from core.settings import Settings
from core.store.reviews import ClaimLabel
from core.types import (
    Answer,
    AnswerId,
    Check,
    Decision,
    Level,
    Verdict,
)
from desktop.review_backend import Said

from .fake_data import TEXT, queued


class FakeReview:
    """Set ``error`` to have a decision refused."""

    calls: list[tuple[object, ...]]
    error: Exception | None
    needs: bool
    result: Answer
    settings: Settings

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[QueueItem, ...] = (
            queued(3, "How much may a hotel cost?", Level.HIGH, 30.0),
            queued(2, "When are receipts due?", None, 0.5),
        )
        self.key_of: str | None = None
        self.claims_said: tuple[ClaimLabel, ...] = ()

    def release(
        self,
        answer_id: str,
        *,
        who: str,
        reason: str,
        caveats: tuple[str, ...],
        final_text: str | None = None,
    ) -> Answer:
        self.calls.append(("release", answer_id, who, reason, caveats, final_text))
        if self.error is not None:
            raise self.error
        return self._decided(Decision.RELEASED, who, reason, final_text=final_text or TEXT, caveats=caveats)

    def reject(self, answer_id: str, *, who: str, reason: str) -> Answer:
        self.calls.append(("reject", answer_id, who, reason))
        return self._decided(Decision.REJECTED, who, reason)

    def review_queue(self) -> tuple[QueueItem, ...]:
        return self.waiting

    def assign(self, answer_id: str, who: str | None) -> str:
        self.calls.append(("assign", answer_id, who))
        return answer_id

    def needs_key(self, *answer_ids: str) -> bool:
        return self.needs or self.settings.four_eyes or self.result.four_eyes

    def unlocked(self) -> str | None:
        return self.key_of

    def unlock(self, name: str, passphrase: str) -> str:
        self.calls.append(("unlock", name, passphrase))
        self.key_of = name
        return name

    def claim_labels(self, answer_id: str) -> tuple[ClaimLabel, ...]:
        return tuple(each for each in self.claims_said if each.answer_id == answer_id)

    def label_claim(self, answer_id: str, number: int, verdict: Verdict, reason: str) -> ClaimLabel:
        self.calls.append(("label_claim", answer_id, number, verdict, reason))
        shown = self.result.check.claims[number]
        when = "2026-11-25T03:25:00+00:00"
        return ClaimLabel(AnswerId(answer_id), number, shown.verdict, shown.risk, verdict, "Ada", when)

    def recheck(self, text: str, question: str | None) -> Check:
        self.calls.append(("recheck", text, question))
        return replace(self.result.check, text=text)

    def decide(self, answer_id: str, said: Said) -> Answer:
        self.calls.append(("decide", answer_id, said))
        if self.error is not None:
            raise self.error
        self.waiting = tuple(item for item in self.waiting if item.answer_id != answer_id)
        made = Decision.RELEASED if said.release else Decision.REJECTED
        return self._decided(made, said.who, said.reason)

    def _decided(self, decision: Decision, who: str, reason: str, **changes: object) -> Answer:
        when = "2026-11-25T03:30:00+00:00"
        return replace(
            self.result, decision=decision, decided_by=who, decided_at=when, decision_reason=reason, **changes
        )  # type: ignore[arg-type]
