"""Words in doubt: claim by claim, as the product does it, or one reading of the whole answer a window.

    python -m bench.one_pass --data DIR [--rows N]

The whole answer goes to the checker as one claim beside each of its best windows; a word's doubt is the least
that any window leaves. Both sides are marked from 0.5 on and compared with the spans that people marked
(dev rows that no training saw; whether an answer is bad is ranked by its worst word). Same checker and rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from bench.metrics import Marks, auroc, span_f1
from bench.verifier import machine, unfitted
from core.encoders.checker import Checker, Pair
from core.settings import Settings
from core.verify.levels import Policy
from core.verify.model import open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier

SETS = ("written_claims", "written_answers", "uhgeval")
WINDOWS = 6
MARKED = 0.5


def whole(row: dict[str, Any], checker: Checker, embedder: Any) -> tuple[float, Marks]:
    """The answer's worst word and the marked stretches, by one reading of all of it a window."""
    windows = ContextSource(row["context"], embedder).windows(row["answer"], row["question"], WINDOWS)
    scores = checker.score([Pair(row["question"], row["answer"], window.reading, None) for window in windows])
    doubt: dict[tuple[int, int], float] = {}
    for score in scores:
        for token in score.unsupported:
            place = (token.start, token.end)
            doubt[place] = min(doubt.get(place, 1.0), token.risk)
    return max(doubt.values(), default=1.0), [place for place, risk in doubt.items() if risk >= MARKED]


def by_claim(row: dict[str, Any], verifier: Verifier, embedder: Any) -> tuple[float, Marks]:
    """The answer's risk and the marked stretches as the product has them."""
    check = verifier.check(row["answer"], ContextSource(row["context"], embedder), row["question"])
    marks = [(span.start, span.end) for claim in check.claims for span in claim.spans if span.risk >= MARKED]
    return check.risk, marks


def main() -> None:
    """Print AUROC and span F1 of both a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--fitted", type=int, default=50)
    arguments = parser.parse_args()
    models = open_models(1)
    assert models.checker is not None
    verifier = Verifier(models.checker, Policy.from_settings(Settings()))
    print(machine())
    for name in SETS:
        rows = unfitted(arguments.data / f"{name}.dev.jsonl.gz", arguments.rows, arguments.fitted)
        bad = np.array([row["label"] for row in rows])
        truth = [[(span["start"], span["end"]) for span in row["spans"]] for row in rows]
        for how, found in (
            ("claim by claim", [by_claim(row, verifier, models.embedder) for row in rows]),
            ("whole answer", [whole(row, models.checker, models.embedder) for row in rows]),
        ):
            rank = auroc(np.array([risk for risk, _ in found]), bad)
            f1 = span_f1([marks for _, marks in found], truth)
            print(
                f"{name} ({len(rows)} rows), {how}: AUROC {rank or 0:.3f}, span F1 {f1 or 0:.3f}", flush=True
            )


if __name__ == "__main__":
    main()
