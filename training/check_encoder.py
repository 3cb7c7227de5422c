"""Measures the shipped encoder: agreement with the float32 body, recall@5 and speed.

``python -m training.check_encoder --weights FILE --data DIR [--folder resources/encoder]``
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
import torch

from core.encoders.embedder import FOLDER, Embedder, Kind
from training import e5, model

SETS = ("tatqa_gold.dev", "cmrc2018_gold.dev", "xquad_en_gold.dev", "xquad_zh_gold.dev")
QUESTIONS = 200


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    small = Embedder(folder=options.folder)
    exact = model.Embedder().eval()
    exact.body.load_e5(e5.read_weights(options.weights))
    for name in SETS:
        questions, passages, right = _questions(options.data / f"{name}.jsonl.gz")
        started = time.perf_counter()
        found = small.embed(passages, Kind.PASSAGE)
        rate = len(passages) / (time.perf_counter() - started)
        asked = small.embed(questions, Kind.QUERY)
        top = np.argsort(-asked @ found.T, axis=1)[:, :5]
        recall = np.mean([answer in row for answer, row in zip(right, top, strict=True)])
        some = passages[:30]
        agree = [
            float(a @ b)
            for a, b in zip(small.embed(some, Kind.PASSAGE), _exact(exact, small, some), strict=True)
        ]
        print(
            f"{name}: recall@5 {recall:.3f} of {len(questions)} questions over {len(passages)} passages; "
            f"cosine to float32 {np.mean(agree):.4f} (least {min(agree):.4f}); {rate:.0f} passages/s"
        )


def _questions(path: Path) -> tuple[list[str], list[str], list[int]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    passages = list(dict.fromkeys("\n".join(row["context"]) for row in rows))
    places = {text: i for i, text in enumerate(passages)}
    chosen = rows[:: max(1, len(rows) // QUESTIONS)]
    return [r["question"] for r in chosen], passages, [places["\n".join(r["context"])] for r in chosen]


def _exact(exact: model.Embedder, small: Embedder, texts: list[str]) -> list[e5.Array]:
    vectors = []
    for text in texts:
        ids = [0, *small.tokenizer.ids(f"passage: {text}")[:510], 2]
        with torch.no_grad():
            vectors.append(exact(torch.from_numpy(small.table.vectors(ids))[None])[0].numpy())
    return vectors


if __name__ == "__main__":
    main()
