"""Whether further answers to the same question say a claim, too.

What a model knows it tends to say again, what it makes up comes out otherwise each time (the idea of
SelfCheckGPT, Manakul and others 2023). Agreement proves nothing: only its lack counts, as a raised risk.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.encoders.checker import Pair
from core.verify.model import Scores
from core.verify.text import keys

_SAYS = 0.5
_SAME_WORDS = 0.6


def unsaid(claim: str, question: str | None, samples: Sequence[str], checker: Scores | None) -> int:
    """How many of the samples do not say a claim: by the checker where there is one, else by words."""
    if checker is None:
        wanted = keys(claim)
        return sum(len(wanted & keys(text)) < _SAME_WORDS * len(wanted) for text in samples)
    scores = checker.score([Pair(question, claim, text) for text in samples if text.strip()])
    return len(samples) - sum(score.entailed >= _SAYS for score in scores)
