"""The core behind the screen Review, as a part of the real backend."""

from __future__ import annotations

from core import review
from core.identity import Session, log_in
from core.review import QueueItem, RejectCode
from core.settings import Settings
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Answer, Check, Verdict
from desktop.core_carry import CoreCarry
from desktop.review_backend import Said, Unlocked


class CoreReview(CoreCarry):
    """Mixed into the backend, which opens the library and the checks."""

    settings: Settings
    _unlocked: Unlocked

    def _library(self) -> Library:
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

    def _session(self) -> Session | None:
        return self._unlocked.take()
