"""The scripted half of the core that lets others review on another computer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import DecisionError
from core.types import Check, Level
from desktop.carry_backend import Brought, CarriedFrom

ORIGIN = CarriedFrom(
    Path("/media/stick/review.json"),
    "4f" * 16,
    "2026-11-25T03:20:00+00:00",
    "ab12-cd34-ef56-7890-ab12-cd34-ef56-7890",
    ("Ada", "Ben"),
)
BROUGHT = (
    Brought(1, 3, "0123456789abcdef", "How much may a hotel cost?", "released"),
    Brought(
        2,
        3,
        "1123456789abcdef",
        "When are receipts due?",
        "released",
        rechecked=Check("Receipts are due in 30 days.", 0.12, Level.LOW, 1.0, ()),
    ),
    Brought(3, 3, "2123456789abcdef", None, "rejected", DecisionError("import_changed", id="2123456789ab")),
)


class FakeCarry:
    """Set ``hold`` to keep lines from coming, ``error`` to have a call refused."""

    hold: bool
    error: Exception | None
    calls: list[tuple[object, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.carried: object = None  # what an opened review file answers
        self.brought = BROUGHT
        self.needs = False  # a passphrase, before answers go along

    def reviewers(self) -> tuple[str, ...]:
        if self.error is not None:
            raise self.error
        return ORIGIN.people

    def take_along(self, path: Path, answer_ids: Sequence[str], for_whom: Sequence[str]) -> int:
        self.calls.append(("take_along", path, answer_ids, for_whom))
        if self.error is not None:
            raise self.error
        return len(answer_ids)

    def open_carried(self, path: Path) -> object:
        self.calls.append(("open_carried", path))
        if self.error is not None:
            raise self.error
        return self.carried

    def bring_back(self, path: Path) -> Iterator[Brought]:
        self.calls.append(("bring_back", path))
        if self.error is not None:
            raise self.error
        for line in self.brought:
            yield line
            while self.hold:
                time.sleep(0.01)
                yield line

    # An opened file is scripted by a second backend, which has these besides.

    out = Path("/media/stick/review-decisions.jsonl")
    origin = ORIGIN

    def write_to(self, path: Path) -> Path:
        self.out = path
        return path
