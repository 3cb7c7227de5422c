"""Review as the window sees it.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop.carry_backend import CarryBackend

if TYPE_CHECKING:
    from core.identity import Session
    from core.review import QueueItem
    from core.store.reviews import ClaimLabel
    from core.types import Answer, Check, Verdict

UNLOCKED_SECONDS = 900.0  # without a decision or a reading, the passphrase is asked for again


@dataclass(frozen=True, slots=True)
class Said:
    """A person's decision as the window gathered it; ``code`` is a listed reason, ``opened_at`` when the
    person began to look (ISO 8601, UTC), ``rechecked`` what the verifier said of the edited text.
    """

    release: bool
    who: str
    reason: str
    code: str | None = None
    final_text: str | None = None
    caveats: tuple[str, ...] = ()
    opened_at: str | None = None
    rechecked: Check | None = None


class ReviewBackend(CarryBackend, Protocol):
    """What the screen Review asks for."""

    def review_queue(self) -> tuple[QueueItem, ...]:
        """What waits for a person, the most pressing first."""
        ...

    def assign(self, answer_id: str, who: str | None) -> str:
        """Give an answer to a reviewer, or to nobody; in the name of the setting ``reviewer``."""
        ...

    def needs_key(self, *answer_ids: str) -> bool:
        """Whether only a reviewer who gives the passphrase may read one of these answers, or write it to a
        file: four eyes are asked for by the settings or the library, or it was asked under them. Raises
        LibraryError.
        """
        ...

    def unlocked(self) -> str | None:
        """Who gave the passphrase in the last quarter of an hour; None: nobody."""
        ...

    def unlock(self, name: str, passphrase: str) -> str:
        """Open a reviewer's key. Raises IdentityError for a wrong passphrase."""
        ...

    def claim_labels(self, answer_id: str) -> tuple[ClaimLabel, ...]:
        """What was said of an answer's claims before."""
        ...

    def label_claim(self, answer_id: str, number: int, verdict: Verdict, reason: str) -> ClaimLabel:
        """Confirm or overrule the verdict on a claim, numbered from 0."""
        ...

    def recheck(self, text: str, question: str | None) -> Check:
        """Check an edited text against the library; nothing is recorded."""
        ...

    def decide(self, answer_id: str, said: Said) -> Answer:
        """Release or reject, signed where a key is open."""
        ...


@dataclass(slots=True)
class Unlocked:
    """An open signing key, until it was not used for a while."""

    session: Session | None = None
    used_at: float = 0.0

    def take(self) -> Session | None:
        """The session, as long as it is fresh; using it keeps it fresh."""
        if self.session is not None and time.monotonic() - self.used_at > UNLOCKED_SECONDS:
            self.session = None
        self.used_at = time.monotonic()
        return self.session

    def keep(self, session: Session) -> None:
        """A passphrase was right."""
        self.session, self.used_at = session, time.monotonic()
