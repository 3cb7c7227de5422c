"""Calibration as the window sees it.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.calibrate.labelling import Label, Task
    from core.calibrate.outcome import Outcome
    from core.store.calibration import StoredPolicy
    from core.types import Passage


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A stored policy. ``held_from`` is the risk, as people see it, from which answers are held (None: as
    shipped), ``labels`` what it was fitted on. ``fits`` says that it was made for this checker, ``damaged``
    that its text is not what was stored.
    """

    policy: StoredPolicy
    held_from: float | None = None
    labels: int = 0
    in_use: bool = False
    fits: bool = True
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class CalibrationState:
    """Where calibration stands: the drawn claims with their labels, and the policies, the oldest first.

    ``method`` is how the claims were drawn, None before the first draw. ``could_draw`` counts the claims
    that no draw has taken yet, ``elsewhere`` the answers left out because another version of the checker
    had checked them, ``reviewed`` the open claims that a reviewer has judged. ``since`` and ``decided_by``
    tell when and by whom the policy in use was chosen, empty as shipped. ``secret`` says that only a
    reviewer with the passphrase may read the drawn claims, ``by_setting`` that a threshold in the settings
    goes before any policy.
    """

    tasks: tuple[Task, ...]
    method: str | None
    policies: tuple[PolicyRow, ...]
    could_draw: int
    reviewed: int
    elsewhere: int = 0
    since: str = ""
    decided_by: str = ""
    secret: bool = False
    by_setting: float | None = None

    @property
    def labelled(self) -> int:
        """How many of the drawn claims have a label."""
        return sum(task.label is not None for task in self.tasks)

    @property
    def present(self) -> PolicyRow | None:
        """The policy that was chosen last; None: what was shipped decides."""
        return next((row for row in self.policies if row.in_use), None)


class CalibrationBackend(Protocol):
    """What the screen Calibrate asks for. ``who`` is the person whose name labels and policies carry."""

    def calibration(self) -> CalibrationState:
        """Where calibration stands."""
        ...

    def draw_claims(self, size: int, *, weighted: bool, who: str) -> CalibrationState:
        """Draw claims for labelling."""
        ...

    def passages(self, task: Task) -> Sequence[Passage]:
        """What to read to judge a drawn claim."""
        ...

    def label_task(self, task: Task, label: Label, who: str) -> Task:
        """Say whether the documents support a drawn claim."""
        ...

    def take_over_labels(self) -> CalibrationState:
        """Label drawn claims as reviewers have judged them."""
        ...

    def outcome(self, wished: float, by_hand: float | None) -> Outcome:
        """What the labels say."""
        ...

    def store_policy(self, outcome: Outcome, name: str, who: str) -> CalibrationState:
        """Keep an outcome as the next version of a policy; it decides nothing yet."""
        ...

    def adopt_policy(self, policy: StoredPolicy, who: str, reason: str) -> CalibrationState:
        """From now on this policy decides."""
        ...

    def revert_policy(self, who: str, reason: str) -> CalibrationState:
        """Go back to what decided before."""
        ...
