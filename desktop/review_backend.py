"""Review and calibration as the window sees them, and the core behind it.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.calibrate.labelling import Label, Task
    from core.calibrate.outcome import Outcome
    from core.identity import Session
    from core.review import QueueItem
    from core.store.calibration import StoredPolicy
    from core.store.reviews import ClaimLabel
    from core.types import Answer, Check, Passage, Verdict

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


@dataclass(frozen=True, slots=True)
class CalibrationState:
    """Where calibration stands: the drawn claims, the policies, and the one that decides (None: as shipped).

    ``could_draw`` counts the claims that no draw has taken yet, ``outdated`` says that the policy in use was
    made for another version of the checker and is set aside.
    """

    tasks: tuple[Task, ...]
    policies: tuple[StoredPolicy, ...]
    present: StoredPolicy | None
    could_draw: int
    outdated: bool


class ReviewBackend(Protocol):
    """What the screens Review and Calibrate ask for."""

    def review_queue(self) -> tuple[QueueItem, ...]:
        """What waits for a person, the most pressing first."""
        ...

    def assign(self, answer_id: str, who: str | None) -> str:
        """Give an answer to a reviewer, or to nobody; in the name of the setting ``reviewer``."""
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

    def calibration(self) -> CalibrationState:
        """Where calibration stands."""
        ...

    def draw_claims(self, size: int, *, weighted: bool) -> CalibrationState:
        """Draw claims for labelling."""
        ...

    def passages(self, task: Task) -> Sequence[Passage]:
        """What to read to judge a drawn claim."""
        ...

    def label_task(self, task: Task, label: Label) -> CalibrationState:
        """Say whether the documents support a drawn claim."""
        ...

    def outcome(self, wished: float) -> Outcome:
        """What the labels say."""
        ...

    def adopt_outcome(self, outcome: Outcome, name: str) -> CalibrationState:
        """Store an outcome as a policy and let it decide."""
        ...

    def revert_policy(self) -> CalibrationState:
        """Go back to what decided before."""
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
