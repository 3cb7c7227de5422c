"""Answers of every kind, and people who may decide about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import audit, identity
from core.identity import Role, Session
from core.settings import Settings
from core.signing import keys as signing_keys
from core.signing.keys import Cost
from core.store.database import Library
from core.types import Answer, Claim, Decision, Level

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_keys, "COST", Cost(passes=1, kibibytes=64, lanes=1))


@pytest.fixture
def record(library: Library, make_answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Writes an answer: held unless it is low; ``by`` asked it."""

    def write(
        text: str = "Hotels are paid up to 150 €.",
        level: Level = Level.HIGH,
        rate: float = 0.0,
        by: str | None = "Bob",
        four_eyes: bool = False,
        claims: tuple[Claim, ...] | None = None,
        **more: object,
    ) -> Answer:
        passed = level is Level.LOW and not four_eyes
        made = make_answer(text, Decision.USABLE if passed else Decision.HELD)
        risk = {Level.LOW: 0.1, Level.MEDIUM: 0.5, Level.HIGH: 0.93}[level]
        check = replace(made.check, level=level, risk=risk, claims=claims or made.check.claims)
        answer = replace(made, check=check, asked_by=by, four_eyes=four_eyes, **more)
        audit.record_answer(library, answer, prompt="", context={}, sample_rate=rate)
        return answer

    return write


@pytest.fixture
def people(library: Library) -> dict[str, Session]:
    """Root administrates, Ann and Cid review, Bob asks. Everybody has the same passphrase here."""
    identity.add_user(library, "Root", Role.ADMINISTRATOR, PASSPHRASE)
    root = identity.log_in(library, "Root", PASSPHRASE)
    for name in ("Ann", "Cid"):
        identity.add_user(library, name, Role.REVIEWER, PASSPHRASE, by=root)
    identity.add_user(library, "Bob", Role.ASKER, by=root)
    return {name: identity.log_in(library, name, PASSPHRASE) for name in ("Root", "Ann", "Cid")}


@pytest.fixture
def four_eyes(library: Library, people: dict[str, Session]) -> dict[str, Session]:
    """The same people in a library whose policy is four eyes."""
    audit.note_settings(library, Settings(four_eyes=True))
    return people
