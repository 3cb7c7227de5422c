"""Writes the checker for the runtime: ``python -m training.export --work DIR --out resources/verifier``.

The body's matrices become 7-bit integers; the token table stays the encoder's, and the manifest names the
encoder that it belongs to. Prints how often the shipped integers and the float32 network give the same
verdict on dev claims.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.encoders.embedder import FOLDER as ENCODER
from core.encoders.session import Files, Network
from core.encoders.table import TokenTable
from training import graph, shipping, smoothing
from training.model import Checker

LICENCE = "MIT base (multilingual-e5-small); trained on permissive and share-alike data, see MODEL_CARD.md"
CALIBRATION, COMPARED = 47, 120


def main() -> None:
    """Export the newest checkpoint and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.work / "checker.pt", weights_only=True)
    model = Checker().eval()
    model.load_state_dict(state["model"])
    encoder = Files(ENCODER, "encoder_missing")
    table = TokenTable(encoder)
    samples = _samples(options.work / "train", table, CALIBRATION)
    factors = smoothing.channel_factors(model, lambda s: model(*s), samples)
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    content = graph.checker_graph(weights, factors)
    about = {
        "model": "touchstone checker",
        "licence": LICENCE,
        "encoder": encoder.identity,
        "sequences": str(state["progress"]["sequences"]),
    }
    shipping.write(options.out, {"checker.onnx": content}, about)
    compared = _samples(options.work / "dev", table, COMPARED)
    print(f"{len(content) / 1e6:.1f} MB; {_agreement(model, content, compared)}")


def _samples(folder: Path, table: TokenTable, count: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Take so many examples, the same number from every set."""
    files = sorted(folder.glob("*.npz"))
    found = []
    for path in files:
        with np.load(path) as arrays:
            ids, segments, starts = arrays["ids"], arrays["segments"], arrays["starts"]
        chosen = np.random.default_rng(7).choice(len(starts) - 1, -(-count // len(files)))
        for at in chosen:
            a, b = starts[at], starts[at + 1]
            vectors = torch.from_numpy(table.vectors(ids[a:b]))[None]
            found.append((vectors, torch.from_numpy(segments[a:b].astype(np.int64))[None]))
    return found


def _agreement(model: Checker, content: bytes, samples: list[tuple[Any, Any]]) -> str:
    network = Network(content, 1)
    same, gaps, token_gaps = [], [], []
    for vectors, segments in samples:
        with torch.no_grad():
            verdict, token = model(vectors, segments)
        found, doubts = network.run({"vectors": vectors[0].numpy(), "segments": segments[0].numpy()})
        one, other = verdict[0].softmax(-1), torch.from_numpy(found).softmax(-1)
        same.append(bool((one[0] > 0.5) == (other[0] > 0.5)))
        gaps.append(abs(float(one[0] - other[0])))
        claim = segments[0] == 1
        doubt = torch.from_numpy(doubts).sigmoid() - token[0].sigmoid()
        token_gaps.append(float(doubt[claim].abs().mean()))
    return (
        f"entailed or not: {np.mean(same):.4f} the same over {len(same)} claims; probability differs by "
        f"{np.mean(gaps):.4f} on average, {np.max(gaps):.4f} at most; token risks by "
        f"{np.mean(token_gaps):.4f}"
    )


if __name__ == "__main__":
    main()
