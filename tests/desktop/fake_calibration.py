"""The scripted core behind the screen Calibrate: claims to label, and outcomes of the real arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.calibrate.labelling import Label, Task
from core.calibrate.outcome import Labelled, Outcome, outcome_of
from core.errors import CalibrationError
from core.store.calibration import StoredPolicy
from core.types import (
    Answer,
    AnswerId,
    Check,
    Claim,
    Decision,
    DocumentId,
    Level,
    PageId,
    Passage,
    PassageId,
    Place,
    Verdict,
)
from core.verify.policy import Calibration
from desktop.calibration_backend import CalibrationState, PolicyRow

CLAIMED = ("Hotels cost up to 150 €.", "Receipts are due in 30 days.", "Trains are free.")


def task_of(number: int, text: str, label: Label | None = None, question: str | None = None) -> Task:
    """A drawn claim inside an answer that says something before and after it."""
    whole = f"You asked about travel. {text} Ask again any time."
    start = whole.index(text)
    claim = Claim(start, start + len(text), text, Verdict.CONTRADICTED, 0.87)
    answer = Answer(
        id=AnswerId(f"{number:016d}"),
        question=question,
        text=whole,
        check=Check(whole, 0.87, Level.HIGH, 1.0, (claim,)),
        decision=Decision.HELD,
        created_at="2026-11-25T03:20:00+00:00",
    )
    return Task(1, number, number + 1, answer, claim, label)


def passage_of(text: str, section: str = "4 Hotels") -> Passage:
    place = Place("/docs/policy.md", "ab" * 32, section=section)
    return Passage(PassageId(1), DocumentId(1), PageId(1), text, 10, 10 + len(text), place)


def policy_of(number: int, name: str, version: int = 1) -> StoredPolicy:
    return StoredPolicy(
        number, name, version, f"2026-11-{10 + number}T09:00:00+00:00", "Ada", "{}", "cd" * 32
    )


def outcome_for(wished: float = 0.1, by_hand: float | None = None, count: int = 120) -> Outcome:
    """The real outcome of made-up labels: the risks told are too high, as they would be by their cube."""
    risks = np.linspace(0.02, 0.98, count)
    unsupported = ((np.arange(count) * 0.618034) % 1 < risks**3).astype(float)
    data = Labelled(
        risks=risks,
        answer_risks=risks,
        unsupported=unsupported,
        weights=np.ones(count),
        groups=np.arange(count) % 10,
        unclear=2,
        heaviest=1.0,
    )
    return outcome_of(
        data, risks.tolist(), wished=wished, shipped_from=0.4, present=Calibration(), by_hand=by_hand
    )


class FakeCalibration:
    """Three claims, one policy that decides and one that was made before."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.not_kept: CalibrationError | None = None  # what keeps a label from being stored
        self.labels = 120  # that outcomes rest on
        self.nearest: tuple[Passage, ...] = (
            passage_of("Hotels cost up to 130 € a night."),
            passage_of("Receipts are due in 30 days.", "9 Claims"),
        )
        self.where = CalibrationState(
            tasks=tuple(task_of(at, text, question="How much?") for at, text in enumerate(CLAIMED)),
            method="random",
            policies=(
                PolicyRow(policy_of(1, "our files"), 0.42, 44),
                PolicyRow(policy_of(2, "our files", 2), 0.38, 61, in_use=True),
                PolicyRow(policy_of(3, "old checker"), 0.5, 50, fits=False),
            ),
            could_draw=120,
            reviewed=1,
            since="2026-11-24T09:00:00+00:00",
            decided_by="Ada",
        )

    def calibration(self) -> CalibrationState:
        return self.where

    def draw_claims(self, size: int, *, weighted: bool, who: str) -> CalibrationState:
        self.calls.append(("draw_claims", size, weighted, who))
        return self.where

    def passages(self, task: Task) -> Sequence[Passage]:
        self.calls.append(("passages", task.position))
        return self.nearest

    def label_task(self, task: Task, label: Label, who: str) -> Task:
        if self.not_kept is not None:
            raise self.not_kept
        self.calls.append(("label_task", task.position, label, who))
        made = replace(task, label=label)
        tasks = tuple(made if each.position == task.position else each for each in self.where.tasks)
        self.where = replace(self.where, tasks=tasks)
        return made

    def take_over_labels(self) -> CalibrationState:
        self.calls.append(("take_over_labels",))
        first, *others = self.where.tasks
        self.where = replace(
            self.where, tasks=(replace(first, label=Label.CONTRADICTED), *others), reviewed=0
        )
        return self.where

    def outcome(self, wished: float, by_hand: float | None) -> Outcome:
        self.calls.append(("outcome", wished, by_hand))
        return outcome_for(wished, by_hand, self.labels)

    def store_policy(self, outcome: Outcome, name: str, who: str) -> CalibrationState:
        self.calls.append(("store_policy", outcome.wished, name, who))
        row = PolicyRow(policy_of(4, name), 0.4, outcome.labelled)
        self.where = replace(self.where, policies=(*self.where.policies, row))
        return self.where

    def adopt_policy(self, policy: StoredPolicy, who: str, reason: str) -> CalibrationState:
        self.calls.append(("adopt_policy", policy.name, policy.version, who, reason))
        self.where = replace(self.where, policies=self._using(policy))
        return self.where

    def revert_policy(self, who: str, reason: str) -> CalibrationState:
        self.calls.append(("revert_policy", who, reason))
        self.where = replace(self.where, policies=self._using(None))
        return self.where

    def _using(self, policy: StoredPolicy | None) -> tuple[PolicyRow, ...]:
        return tuple(replace(row, in_use=row.policy == policy) for row in self.where.policies)
