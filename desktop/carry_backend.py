"""Review on another computer as the window sees it.

As everywhere in the backend: worker threads only, and CoreError for what a person can act on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.errors import CoreError
    from core.types import Check


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one line of ``of`` in a file of decisions. ``refused`` is why it was not taken, None
    when it was; ``decision`` is empty where it cannot be read, ``question`` None where it is unknown.
    """

    line: int
    of: int
    answer_id: str
    question: str | None
    decision: str
    refused: CoreError | None = None
    rechecked: Check | None = None


@dataclass(frozen=True, slots=True)
class CarriedFrom:
    """Where an opened review file comes from: ``key`` is the fingerprint of the library that signed it."""

    path: Path
    library_id: str
    created_at: str
    key: str
    people: tuple[str, ...]


class CarriedFile(Protocol):
    """An opened review file. It also answers what the pages of a review ask of the backend: the queue, an
    answer, its pages, labels and decisions; all of it comes from the file, and the library is left alone.
    """

    out: Path  # where signed decisions are added

    @property
    def origin(self) -> CarriedFrom:
        """Where it comes from. Any thread."""
        ...

    def write_to(self, path: Path) -> Path:
        """Add decisions to another file from now on; what that one decides already waits no longer."""
        ...


class CarryBackend(Protocol):
    """What the screen Review asks for besides, to let others review elsewhere."""

    def reviewers(self) -> tuple[str, ...]:
        """Whom a review file can be meant for. Raises IdentityError where nobody could sign."""
        ...

    def take_along(self, path: Path, answer_ids: Sequence[str], for_whom: Sequence[str]) -> int:
        """Write waiting answers into a signed file for these reviewers (none named: all); their number."""
        ...

    def open_carried(self, path: Path) -> CarriedFile:
        """Open a review file. Raises DecisionError for one that is not whole."""
        ...

    def bring_back(self, path: Path) -> Iterator[Brought]:
        """Take a file of signed decisions into the library, line by line."""
        ...
