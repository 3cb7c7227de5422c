"""What happens while one answer is made, as frozen events that the command line and the window consume."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.types import Answer, Claim, Hit


class StageName(StrEnum):
    """The steps of one answer, in order."""

    LOADING = "loading"  # the model is being loaded
    RETRIEVING = "retrieving"
    READING = "reading"  # the model reads the prompt
    WRITING = "writing"
    SAMPLING = "sampling"  # further answers, where the settings ask for them
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step has begun or moved on; ``done`` of ``total`` where that can be told (else both 0)."""

    name: StageName
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages that the model will read. ``cut`` of them did not fit the context and were left out."""

    hits: tuple[Hit, ...]
    cut: int


@dataclass(frozen=True, slots=True)
class DraftText:
    """A further piece of the unchecked draft: to be shown as such, never to be copied or acted on."""

    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing new; sent at least every 100 ms so that the consumer can stop the run."""


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """One claim has its verdict. ``index`` counts from 0."""

    index: int
    total: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is checked, decided and written to the audit log. Always the last event."""

    answer: Answer


Event = Stage | Retrieved | DraftText | Waiting | ClaimChecked | Finished
