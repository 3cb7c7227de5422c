"""Claims on documents in the same and in the other language: ``python -m bench.cross``.

Forty facts of our own (``bench/data/cross_pairs.jsonl``), each a document in English and in Chinese, with a
right and a subtly wrong claim in both; nothing was trained or tuned on them. Writes
``bench/results/cross.md``.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np

from bench.metrics import Counts, auroc, interval
from bench.verifier import machine
from core.encoders.embedder import Embedder
from core.types import Check, Level
from core.verify.model import open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier

PAIRS = Path(__file__).parent / "data" / "cross_pairs.jsonl"
RESULTS = Path(__file__).parent / "results" / "cross.md"
LANGUAGES = ("en", "zh")


def checks(
    verifier: Verifier, embedder: Embedder, pairs: list[dict[str, str]], claim: str, document: str
) -> list[tuple[Check, int]]:
    """Each right (0) and wrong (1) claim in one language, checked against the document in another."""
    return [
        (verifier.check(pair[f"{kind}_{claim}"], ContextSource([pair[f"doc_{document}"]], embedder)), bad)
        for pair in pairs
        for bad, kind in enumerate(("true", "false"))
    ]


def line(name: str, found: list[tuple[Check, int]]) -> str:
    """One row of the table."""
    risk, bad = np.array([check.risk for check, _ in found]), np.array([wrong for _, wrong in found])
    flagged = np.array([check.level is not Level.LOW for check, _ in found])
    counts, between = Counts.of(flagged, bad), interval(risk, bad)
    span = f"{between[0]:.2f}–{between[1]:.2f}" if between else "–"
    return (
        f"| {name} | {len(found)} | {auroc(risk, bad) or 0:.3f} | {span} | {counts.passed_as_low:.2f} | "
        f"{counts.false_alarms:.2f} |"
    )


def main() -> None:
    """Check every combination, print and write the table."""
    models = open_models()
    verifier = Verifier(models.checker)
    with PAIRS.open(encoding="utf-8") as lines:
        pairs = [json.loads(row) for row in lines]
    table = [
        "# Across languages",
        "",
        f"{machine()}. {len(pairs)} facts of our own, thresholds as shipped.",
        "",
        "| claim on document | checks | AUROC | 95 % | bad passed as low | good held |",
        "|--" * 6 + "|",
    ]
    by_kind: dict[str, list[tuple[Check, int]]] = {"same language": [], "across languages": []}
    for claim, document in product(LANGUAGES, LANGUAGES):
        found = checks(verifier, models.embedder, pairs, claim, document)
        by_kind["same language" if claim == document else "across languages"] += found
        table.append(line(f"{claim} on {document}", found))
    table += [line(name, found) for name, found in by_kind.items()]
    print("\n".join(table))
    RESULTS.write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
