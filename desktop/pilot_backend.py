"""Pilot runs as the window sees them.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.llm.choice import AnyModel
    from core.pilot.drafting import Wording
    from core.pilot.progress import RunEvent
    from core.pilot.sets import QuestionSet
    from core.pilot.state import RunState
    from core.pilot.types import Run


@dataclass(frozen=True, slots=True)
class PilotWish:
    """What a new run is to do; see ``core.pilot.types.RunPlan``."""

    folder: Path
    asked: QuestionSet
    models: tuple[AnyModel, ...]
    stability: int = 0
    knockout: bool = False
    writer: str = ""

    @property
    def answers(self) -> int:
        """How many answers at least: variants come on top."""
        return len(self.asked.questions) * len(self.models)


@dataclass(frozen=True, slots=True)
class DraftWish:
    """Questions to propose: ``count`` of each kind and language; ``writer`` is the model that words them."""

    path: Path
    count: int
    writer: AnyModel | None = None


class PilotBackend(Protocol):
    """What the screen Pilot asks for."""

    def question_set(self, path: Path) -> QuestionSet:
        """Read a question set; what is wrong with its rows stands in it."""
        ...

    def write_template(self, path: Path) -> Path:
        """Write a question set to fill in, in the window's language."""
        ...

    def draft_questions(self, wish: DraftWish) -> Iterator[Wording | Path]:
        """Propose questions from the library, as a question set for a person to keep or delete.

        The last that comes is the file; before it, how far a model is with wording them. Stopped before,
        nothing is written.
        """
        ...

    def load_pilot(self, folder: Path) -> tuple[Run, RunState]:
        """A run with whatever answers it has, and how far it is."""
        ...

    def begin_pilot(self, wish: PilotWish) -> Iterator[RunEvent]:
        """Begin a run and work it off; closing it pauses. The window's own model is freed meanwhile."""
        ...

    def resume_pilot(self, folder: Path, *, retry: bool = False) -> Iterator[RunEvent]:
        """Go on with a run; ``retry`` does the failed rows again."""
        ...
