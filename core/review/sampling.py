"""Which of the answers that passed as low are looked at all the same: drawn by chance, known to nobody.

The draw follows from the answer's id and a secret of the library, so that it can be repeated, while an
asker cannot tell from an answer whether it will be looked at, nor a reviewer from the queue which were.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable

from core.store.database import Library
from core.store.facts import fact, set_fact
from core.store.reviews import ReviewRow
from core.types import AnswerId, Decision, Level

HIDDEN_HELD = 0.25  # of the held answers hide their level too, or a hidden level would say "low"
_SECRET = "sample_secret"  # noqa: S105 - the name of a fact


def draw_secret(library: Library) -> bytes:
    """The library's secret for draws, made at its first use."""
    known = fact(library, _SECRET)
    if known is None:
        with library.writing():
            if fact(library, _SECRET) is None:
                set_fact(library, _SECRET, secrets.token_hex(32))
        known = fact(library, _SECRET)
    assert known is not None
    return bytes.fromhex(known)


def uniform(secret: bytes, purpose: str, answer_id: str) -> float:
    """A number in [0, 1) that looks like chance to whoever does not know the secret."""
    digest = hmac.digest(secret, f"{purpose}\x00{answer_id}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:7], "big") / 2**56


def drawn(secret: bytes, row: ReviewRow) -> bool:
    """Whether an answer that passed is in the sample."""
    return row.sample_rate is not None and uniform(secret, "sample", row.id) < row.sample_rate


def hides_level(secret: bytes, row: ReviewRow) -> bool:
    """Whether the queue keeps the level of this answer to itself: all of the sample, some of the held."""
    if row.decision is Decision.USABLE or row.level is Level.LOW:
        return True
    return uniform(secret, "hide", row.id) < HIDDEN_HELD


def weights(secret: bytes, rows: Iterable[ReviewRow], seen: Collection[AnswerId]) -> dict[AnswerId, float]:
    """For how many low answers each one stands that people have ``seen``, by the way it came before them.

    One that was drawn, with the chance p, stands for itself and for its share 1/p - 1 of those that were not
    drawn, as far as nobody has seen these. Whatever else was seen stands for itself alone: it was asked under
    four eyes, or four eyes were asked for after it had passed. Counting such an answer as if chance had drawn
    it would let it speak for many that it was never chosen from.
    """
    low = [row for row in rows if row.level is Level.LOW]
    unseen = _unseen(secret, low, seen)
    return {
        row.id: 1 + (1 / row.sample_rate - 1) * unseen.get(row.sample_rate, 1.0)
        if row.sample_rate and drawn(secret, row)
        else 1.0
        for row in low
        if row.id in seen
    }


def _unseen(secret: bytes, rows: Iterable[ReviewRow], seen: Collection[AnswerId]) -> dict[float, float]:
    """By the chance of the draw, which share of those that were not drawn nobody has seen."""
    passed: dict[float, list[bool]] = {}
    for row in rows:
        if row.sample_rate is not None and not drawn(secret, row):
            passed.setdefault(row.sample_rate, []).append(row.id not in seen)
    return {chance: sum(missing) / len(missing) for chance, missing in passed.items()}
