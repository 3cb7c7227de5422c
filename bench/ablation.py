"""What each kind of signal adds to the verifier: ``python -m bench.ablation FEATURES``.

``FEATURES`` is the file that ``training.fit_fusion`` keeps in its work folder. Each row of the table is a
fusion fitted anew without one kind of signal, or with it alone, and measured out of fold (folds never share
a context). Writes ``bench/results/ablation.md``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.verify.features import SIGNS
from training.fit_fusion import Example, fit_features

RESULTS = Path(__file__).parent / "results" / "ablation.md"
KINDS: dict[str, Callable[[str], bool]] = {
    "words": lambda name: name.startswith(("new_", "best_", "verbatim")),
    "meaning": lambda name: name in ("foreign", "far_in_meaning"),
    "rules": lambda name: name.startswith("rule_"),
    "checker, verdict": lambda name: name in ("model_not_entailed", "model_contradicted", "model_not_found"),
    "checker, doubt per word": lambda name: name in ("model_worst_word", "model_mean_word"),
}
SHOWN = (
    "pooled", "written_claims", "written_answers", "ragtruth", "summedits", "tabfact", "infotabs",
    "contractnli", "mtrag", "uhgeval", "fineva", "halueval_qa",
)  # fmt: skip


def variants() -> dict[str, dict[str, int]]:
    """Everything, each kind left out, each kind alone."""
    kept = {f"without {kind}": {n: s for n, s in SIGNS.items() if not has(n)} for kind, has in KINDS.items()}
    alone = {f"{kind} alone": {n: s for n, s in SIGNS.items() if has(n)} for kind, has in KINDS.items()}
    return {"everything": dict(SIGNS), **kept, **alone}


def line(name: str, fitted: dict[str, Any]) -> str:
    """One row of the table."""
    ranks, levels = fitted["auroc_out_of_fold"], fitted["levels"]
    cells = [f"{ranks[one]:.3f}" if ranks.get(one) is not None else "–" for one in SHOWN]
    return f"| {name} | " + " | ".join([*cells, f"{levels['good_held']:.3f}"]) + " |"


def main() -> None:
    """Fit every variant, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("features", type=Path)
    arguments = parser.parse_args()
    with arguments.features.open(encoding="utf-8") as lines:
        examples = [Example(**json.loads(row)) for row in lines]
    table = [
        "# What each kind of signal adds",
        "",
        f"AUROC of answers, out of fold, {len(examples)} answers of the training sets; last column: share of",
        "good answers held where the threshold lets 12 % of the bad ones pass.",
        "",
        "| signals | " + " | ".join([*SHOWN, "good held"]) + " |",
        "|--" * (len(SHOWN) + 2) + "|",
    ]
    for name, signs in variants().items():
        table.append(line(name, fit_features(examples, signs)))
        print(table[-1], flush=True)
    RESULTS.write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
