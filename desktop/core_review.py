"""The core behind the screens Review and Calibrate, as a part of the real backend."""

from __future__ import annotations

from collections.abc import Sequence

from core import review
from core.calibrate import policies
from core.calibrate.analysis import analyse, present_verifier
from core.calibrate.labelling import Label, Task, set_label, tasks, work_of
from core.calibrate.outcome import Outcome
from core.calibrate.passages import passages_for
from core.calibrate.pool import pool_of
from core.calibrate.sampling import Method, draw
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.identity import Session, log_in
from core.review import QueueItem, RejectCode
from core.settings import Settings
from core.store import calibration
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Answer, Check, Passage, Verdict
from core.verify.policy import in_use
from desktop.review_backend import CalibrationState, Said, Unlocked


class CoreReview:
    """Mixed into the backend, which opens the library, the encoders and the checks."""

    settings: Settings
    _unlocked: Unlocked

    def _library(self) -> Library:
        raise NotImplementedError

    def _open_encoders(self) -> tuple[Embedder, Checker | None]:
        raise NotImplementedError

    def _check(self, text: str, question: str | None) -> Check:
        raise NotImplementedError

    def review_queue(self) -> tuple[QueueItem, ...]:
        """What waits."""
        with self._library() as library:
            return review.queue(library)

    def assign(self, answer_id: str, who: str | None) -> str:
        """Give an answer to a reviewer."""
        with self._library() as library:
            return review.assign(library, answer_id, who, by=self.settings.reviewer)

    def unlocked(self) -> str | None:
        """Whose key is open."""
        session = self._session()
        return session.name if session else None

    def unlock(self, name: str, passphrase: str) -> str:
        """Open a key."""
        with self._library() as library:
            session = log_in(library, name, passphrase)
        self._unlocked.keep(session)
        return session.name

    def claim_labels(self, answer_id: str) -> tuple[ClaimLabel, ...]:
        """Earlier labels."""
        with self._library() as library:
            return review.labels(library, answer_id)

    def label_claim(self, answer_id: str, number: int, verdict: Verdict, reason: str) -> ClaimLabel:
        """Label a claim."""
        who = self.unlocked() or self.settings.reviewer
        with self._library() as library:
            return review.label_claim(library, answer_id, number, verdict, who=who, reason=reason)

    def recheck(self, text: str, question: str | None) -> Check:
        """Check an edited text."""
        return self._check(text, question)

    def decide(self, answer_id: str, said: Said) -> Answer:
        """Release or reject."""
        session = self._session()
        with self._library() as library:
            if not said.release:
                code = RejectCode(said.code) if said.code else None
                return review.reject(
                    library,
                    answer_id,
                    who=said.who,
                    reason=said.reason,
                    code=code,
                    signer=session,
                    opened_at=said.opened_at,
                )
            return review.release(
                library,
                answer_id,
                who=said.who,
                reason=said.reason,
                final_text=said.final_text,
                caveats=said.caveats,
                signer=session,
                opened_at=said.opened_at,
                rechecked=said.rechecked,
            )

    def calibration(self) -> CalibrationState:
        """Where calibration stands."""
        with self._library() as library:
            return _state(library)

    def draw_claims(self, size: int, *, weighted: bool) -> CalibrationState:
        """Draw claims."""
        method = Method.WEIGHTED if weighted else Method.RANDOM
        with self._library() as library:
            draw(library, present_verifier(), who=self.settings.reviewer, size=size, method=method)
            return _state(library)

    def passages(self, task: Task) -> Sequence[Passage]:
        """What to read."""
        embedder, _ = self._open_encoders()
        with self._library() as library:
            return passages_for(library, embedder, task)

    def label_task(self, task: Task, label: Label) -> CalibrationState:
        """Label a drawn claim."""
        with self._library() as library:
            set_label(library, task.sample_id, task.position, label, who=self.settings.reviewer)
            return _state(library)

    def outcome(self, wished: float) -> Outcome:
        """What the labels say."""
        with self._library() as library:
            return analyse(library, wished=wished)

    def adopt_outcome(self, outcome: Outcome, name: str) -> CalibrationState:
        """Store and adopt."""
        who, verifier = self.settings.reviewer, present_verifier()
        with self._library() as library, library.writing():
            made = policies.save(library, outcome, name=name, who=who, verifier=verifier)
            policies.adopt(library, made, who=who, verifier=verifier)
            return _state(library)

    def revert_policy(self) -> CalibrationState:
        """Go back."""
        with self._library() as library:
            policies.revert(library, who=self.settings.reviewer)
            return _state(library)

    def _session(self) -> Session | None:
        return self._unlocked.take()


def _state(library: Library) -> CalibrationState:
    verifier = present_verifier()
    taken = {(item.answer_id, item.claim) for item in calibration.items(library)}
    free = [one for one in pool_of(library, verifier).candidates if (one.answer_id, one.claim) not in taken]
    return CalibrationState(
        tasks=tasks(library, work_of(library, verifier)),
        policies=calibration.policies(library),
        present=calibration.policy_in_use(library),
        could_draw=len(free),
        outdated=in_use(library, verifier)[1],
    )
