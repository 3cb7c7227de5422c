"""The core behind the screen Calibrate, as a part of the real backend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core import gate
from core.calibrate import policies
from core.calibrate.analysis import analyse, present_verifier
from core.calibrate.labelling import Label, Task, set_label, tasks, work_of
from core.calibrate.outcome import Outcome
from core.calibrate.passages import passages_for
from core.calibrate.pool import pool_of
from core.calibrate.reviewed import take_over, waiting
from core.calibrate.sampling import Method, draw
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import VerifierError
from core.settings import Settings
from core.store import answers, calibration
from core.store.calibration import StoredPolicy
from core.store.database import Library
from core.types import Passage
from core.verify.policy import from_stored
from desktop.calibration_backend import CalibrationState, PolicyRow


class CoreCalibration:
    """Mixed into the backend, which opens the library and the encoders."""

    settings: Settings

    def _library(self) -> Library:
        raise NotImplementedError

    def _open_encoders(self) -> tuple[Embedder, Checker | None]:
        raise NotImplementedError

    def calibration(self) -> CalibrationState:
        """Where calibration stands."""
        with self._library() as library:
            return self._state(library)

    def draw_claims(self, size: int, *, weighted: bool, who: str) -> CalibrationState:
        """Draw claims."""
        method = Method.WEIGHTED if weighted else Method.RANDOM
        with self._library() as library:
            draw(library, present_verifier(), who=who, size=size, method=method)
            return self._state(library)

    def passages(self, task: Task) -> Sequence[Passage]:
        """What to read."""
        embedder, _ = self._open_encoders()
        with self._library() as library:
            return passages_for(library, embedder, task)

    def label_task(self, task: Task, label: Label, who: str) -> Task:
        """Label a drawn claim."""
        with self._library() as library:
            set_label(library, task.sample_id, task.position, label, who=who)
        return replace(task, label=label)

    def take_over_labels(self) -> CalibrationState:
        """Take over what reviewers said."""
        with self._library() as library:
            take_over(library, work_of(library, present_verifier()))
            return self._state(library)

    def outcome(self, wished: float, by_hand: float | None) -> Outcome:
        """What the labels say."""
        with self._library() as library:
            return analyse(library, wished=wished, by_hand=by_hand)

    def store_policy(self, outcome: Outcome, name: str, who: str) -> CalibrationState:
        """Store a policy."""
        with self._library() as library:
            policies.save(library, outcome, name=name, who=who, verifier=present_verifier())
            return self._state(library)

    def adopt_policy(self, policy: StoredPolicy, who: str, reason: str) -> CalibrationState:
        """Adopt a policy."""
        with self._library() as library:
            policies.adopt(library, policy, who=who, verifier=present_verifier(), reason=reason)
            return self._state(library)

    def revert_policy(self, who: str, reason: str) -> CalibrationState:
        """Go back."""
        with self._library() as library:
            policies.revert(library, who=who, reason=reason)
            return self._state(library)

    def _state(self, library: Library) -> CalibrationState:
        verifier = present_verifier()
        work = work_of(library, verifier)
        drawn = tasks(library, work)
        taken = {(item.answer_id, item.claim) for item in calibration.items(library)}
        pool = pool_of(library, verifier)
        use = next(iter(calibration.uses(library)[-1:]), None)
        chosen = use is not None and use.policy_id is not None
        by_hand = self.settings.medium_from
        return CalibrationState(
            tasks=drawn,
            method=work.samples[-1].method if work.samples else None,
            policies=_rows(library, verifier),
            could_draw=sum((one.answer_id, one.claim) not in taken for one in pool.candidates),
            elsewhere=pool.elsewhere,
            reviewed=len(waiting(library, work)),
            since=use.at if use is not None and chosen else "",
            decided_by=use.who if use is not None and chosen else "",
            secret=answers.four_eyes(library) or any(gate.needs_signature(task.answer) for task in drawn),
            by_setting=by_hand if by_hand >= 0 else None,
        )


def _rows(library: Library, verifier: str) -> tuple[PolicyRow, ...]:
    present = calibration.policy_in_use(library)
    return tuple(_row(policy, verifier, in_use=policy == present) for policy in calibration.policies(library))


def _row(policy: StoredPolicy, verifier: str, *, in_use: bool) -> PolicyRow:
    """A policy that was changed in the library is listed as such, so that a person can go back from it."""
    try:
        made = from_stored(policy)
    except VerifierError:
        return PolicyRow(policy, in_use=in_use, damaged=True)
    return PolicyRow(
        policy,
        held_from=None if made.hold_from is None else made.shown(made.hold_from),
        labels=policies.contents(policy)["labels"]["counted"],
        in_use=in_use,
        fits=made.verifier == verifier,
    )
