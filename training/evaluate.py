"""Figures of a checkpoint on the encoded dev sets: ``python -m training.evaluate --work DIR``.

An answer counts with its worst claim. AUROC of "unsupported" is taken per set, and for the written claims
per language and across languages; token F1 at 0.5 where words are marked. No dev figure chooses anything
but when to stop.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from core.encoders.embedder import FOLDER
from core.encoders.session import Files
from core.encoders.table import TokenTable
from training.model import Checker

BATCH = 24
CLAIM_SEGMENT = 1

Scores = NDArray[np.float32]


def figures_of(
    model: Checker, table: TokenTable, folder: Path, tokens_a_set: int = 10**9
) -> dict[str, float]:
    """Return every figure by name, from the first so many tokens of each set."""
    figures: dict[str, float] = {}
    model.eval()
    for path in sorted(folder.glob("*.npz")):
        facts = json.loads(path.with_suffix(".json").read_text())
        with np.load(path) as arrays:
            sets = {name: arrays[name] for name in ("ids", "segments", "tokens", "starts", "labels")}
        kept = int(np.searchsorted(sets["starts"], tokens_a_set, side="right")) - 1
        sets["starts"], facts = sets["starts"][: kept + 1], facts[:kept]
        for name in ("ids", "segments", "tokens"):
            sets[name] = sets[name][: sets["starts"][-1]]
        risks, tokens = run(model, table, sets)
        figures.update(_figures(path.stem, facts, risks))
        marked = sets["tokens"] >= 0
        if (sets["tokens"] == 1).any():
            figures[f"{path.stem} token F1"] = _f1(tokens[marked] > 0, sets["tokens"][marked] == 1)
    model.train()
    return figures


def run(model: Checker, table: TokenTable, sets: dict[str, Any]) -> tuple[Scores, Scores]:
    """Return 1 - P(entailed) of each claim and the token logits in the flat layout of the file."""
    starts = sets["starts"]
    risks = np.zeros(len(starts) - 1, np.float32)
    tokens = np.zeros(len(sets["ids"]), np.float32)
    order = np.argsort(np.diff(starts))
    for chosen in np.array_split(order, max(1, len(order) // BATCH)):
        longest = int(np.diff(starts)[chosen].max())
        ids, segments = np.ones((len(chosen), longest), np.int64), np.zeros((len(chosen), longest), np.int64)
        mask = np.zeros((len(chosen), longest), np.float32)
        for row, at in enumerate(chosen):
            a, b = starts[at], starts[at + 1]
            ids[row, : b - a], segments[row, : b - a], mask[row, : b - a] = (
                sets["ids"][a:b],
                sets["segments"][a:b],
                1,
            )
        with torch.no_grad():
            verdict, token = model(*map(torch.from_numpy, (table.vectors(ids), segments, mask)))
        risks[chosen] = 1 - verdict.float().softmax(-1)[:, 0].numpy()
        for row, at in enumerate(chosen):
            a, b = starts[at], starts[at + 1]
            tokens[a:b] = token[row, : b - a].float().numpy()
    return risks, tokens


def _figures(name: str, facts: list[dict[str, Any]], risks: Scores) -> Iterator[tuple[str, float]]:
    answers: dict[str, tuple[dict[str, Any], float]] = {}
    for fact, risk in zip(facts, risks, strict=True):
        known = answers.get(fact["answer"], (fact, 0.0))[1]
        answers[fact["answer"]] = (fact, max(known, float(risk)))
    groups: dict[str, list[tuple[bool, float]]] = {}
    for fact, risk in answers.values():
        kind = f" {fact['lang']}{' cross' if fact['cross'] else ''}" if name.startswith("written") else ""
        groups.setdefault(f"{name}{kind}", []).append((fact["wrong"], risk))
    for group, pairs in groups.items():
        wrong = [w for w, _ in pairs]
        if any(wrong) and not all(wrong):
            yield group, round(float(roc_auc_score(wrong, [r for _, r in pairs])), 4)


def _f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    both = float((found & true).sum())
    return round(2 * both / max(1.0, float(found.sum() + true.sum())), 4)


def main() -> None:
    """Measure the newest checkpoint of a work folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--checkpoint", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    model = Checker()
    state = torch.load(options.checkpoint or options.work / "checker.pt", weights_only=True)
    model.load_state_dict(state["model"])
    print(f"{state['progress']['sequences']} sequences")
    for name, value in figures_of(
        model, TokenTable(Files(FOLDER, "encoder_missing")), options.work / "dev"
    ).items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
