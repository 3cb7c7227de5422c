"""Libraries of simulated answers: what a claim's risk is and whether it is true are known here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core import audit
from core.calibrate.analysis import present_verifier
from core.store.database import Library
from core.types import Answer, Check, Claim, Decision, Level, Verdict

MakeAnswer = Callable[..., Answer]
Fill = Callable[..., list[str]]


@pytest.fixture
def fill(library: Library, make_answer: MakeAnswer) -> Fill:
    """Records one-claim answers of the given risks; returns their ids."""

    def record(risks: list[float], verdict: Verdict = Verdict.NOT_FOUND, **context: object) -> list[str]:
        ids = []
        with library.writing():  # one commit for all
            for number, risk in enumerate(risks):
                text = f"Claim number {number} is made."
                claim = Claim(0, len(text), text, verdict, round(risk, 6))
                answer = replace(
                    make_answer(text),
                    check=Check(text, round(risk, 6), Level.HIGH, 1.0, (claim,)),
                    decision=Decision.HELD,
                )
                audit.record_answer(
                    library, answer, prompt="", context={"verifier": present_verifier(), **context}
                )
                ids.append(answer.id)
        return ids

    return record


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(20)
