"""Which evidence bears a claim out most, and whether it is in force."""

from __future__ import annotations

from core.verify.evidence import Window
from core.verify.features import Findings
from core.verify.rules.values import values

RISKY = 0.4  # from here a claim is not called supported: two in five such claims are not
SAME_SUBJECT = 0.6  # of a claim's words: from here a sentence is about the same thing
_SUPPORTS = 0.5


def best_window(found: Findings) -> int | None:
    """The window that supports the claim most, by the checker where there is one, else by words."""
    if not found.windows:
        return None
    if found.scores:
        return max(range(len(found.scores)), key=lambda at: _support(found, at))
    holding = [one.window for one in found.aligned if found.windows[one.window].in_force]
    first = next((one for one in holding if share_of(found, one) >= SAME_SUBJECT), None)
    if first is not None:
        return first
    return found.aligned[0].window if found.aligned else 0


def _support(found: Findings, at: int) -> tuple[bool, int, float]:
    """Support by the checker; a document in force that supports at all goes before one that is not, and what
    holds the claim's figures before what does not: another contract may read alike.
    """
    entailed, window = found.scores[at].entailed, found.windows[at]
    return window.in_force and entailed >= _SUPPORTS, values_held(found.text, window.reading), entailed


def values_held(claim: str, text: str) -> int:
    """How many of a claim's values a text holds."""
    wanted = values(claim)
    there = values(text) if wanted else ()
    return sum(any(value.agrees(other) for other in there) for value in wanted)


def share_of(found: Findings, window: int) -> float:
    """The largest share of the claim's words that a sentence of a window holds."""
    return max((one.share for one in found.aligned if one.window == window), default=0.0)


def passed_support(found: Findings, risk: float = 1.0) -> Window | None:
    """The document that supports a claim where it is not in force and no other does; else None.

    It supports where the claim would be called supported at this risk, or where it does by itself.
    """
    best = best_window(found)
    if best is None or found.windows[best].in_force:
        return None
    alone = found.scores[best].entailed >= _SUPPORTS if found.scores else share_of(found, best) >= RISKY
    return found.windows[best] if risk < RISKY or alone else None
