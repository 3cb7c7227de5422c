"""Draws batches from the encoded sources: by weight, both classes alike, of similar length, short ones
first."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = {
    "written_claims": 9.0, "written_answers": 5.0, "made_en": 3.0, "made_zh": 4.5, "made_cross": 2.5,
    "tabfact_nli": 2.2, "infotabs_nli": 2.2, "contractnli_nli": 1.6, "snli_cad_nli": 1.0,
    "factcheckgpt_nli": 0.6, "fm2_nli": 0.5, "pawsx_zh_nli": 0.6, "scitab_nli": 0.4, "folio_nli": 0.2,
    "fever_symmetric_nli": 0.3, "breaking_nli": 0.4, "scone_nli": 0.2, "help_and_nli": 0.2,
    "snli_nli": 0.6, "ragtruth": 1.2, "uhgeval": 1.2, "halueval_qa": 0.9, "fineva_mc": 0.7,
    "lexeval_mc": 0.4, "summedits": 1.8, "cg2c_doc": 0.6, "agieval_mc": 0.4, "gaokao_bench_mc": 0.3,
    "onestopqa": 0.6, "condaqa": 0.3, "pubmedqa_yesno": 0.1, "ci_tod": 0.4, "faithdial_audit": 0.3,
    "begin": 0.2, "q2_wow": 0.2, "expertqa": 0.3, "factool_zh_silver": 0.1, "bump": 0.5,
    "wice_tokens": 0.3, "insqa_clause_gold": 0.3, "newsbench_summary_gold": 0.1, "cmrc2018_gold": 0.6,
    "cmrc2018_train_gold": 1.0, "drcd_gold": 0.7, "tatqa_gold": 0.7, "xquad_en_gold": 0.3,
    "xquad_zh_gold": 0.3,
}  # fmt: skip
POOL = 768
TOKENS = 2048
LONGEST_EARLY, EARLY, LONGEST = 96, 6_000, 224
RESCAN_SECONDS = 60

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays (batch, length); ``tokens`` is -1 where there is no label."""

    ids: Ints
    segments: Ints
    mask: NDArray[np.float32]
    tokens: Ints
    labels: Ints


class Source:
    """One encoded file, dealt out in random order, wrong and right claims in turn."""

    def __init__(self, path: Path, rng: np.random.Generator) -> None:
        with np.load(path) as arrays:
            self.ids, self.segments, self.tokens = arrays["ids"], arrays["segments"], arrays["tokens"]
            self.starts, self.labels = arrays["starts"], arrays["labels"]
        self.lengths = np.diff(self.starts)
        self._rng = rng
        self._sides = [np.flatnonzero(self.labels == 0), np.flatnonzero(self.labels != 0)]
        self._left: list[list[int]] = [[], []]

    def draw(self, count: int, longest: int) -> list[int]:
        """Return the numbers of ``count`` examples no longer than asked, where there are any."""
        found: list[int] = []
        for turn in range(4 * count):
            side = turn % 2 if all(len(s) for s in self._sides) else int(not len(self._sides[0]))
            if not self._left[side]:
                self._left[side] = self._rng.permutation(self._sides[side]).tolist()
            at = self._left[side].pop()
            if self.lengths[at] <= longest:
                found.append(at)
            if len(found) == count:
                break
        return found


class Mixture:
    """Endless batches over all sources in a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._rng = np.random.default_rng(seed)
        self._sources: dict[str, Source] = {}
        self._batches: list[list[tuple[str, int]]] = []
        self._scanned = 0.0

    def next(self, seen: int) -> Batch:
        """Return the next batch; the first ``EARLY`` sequences are short ones."""
        if not self._batches:
            self._scan()
            self._fill(LONGEST_EARLY if seen < EARLY else LONGEST)
        return self._pad(self._batches.pop())

    def _scan(self) -> None:
        if time.time() - self._scanned < RESCAN_SECONDS:
            return
        self._scanned = time.time()
        for path in sorted(self._folder.glob("*.npz")):
            name = path.stem
            if name in WEIGHTS and name not in self._sources:
                self._sources[name] = Source(path, self._rng)
                print(f"source {name}: {len(self._sources[name].labels)} examples", flush=True)

    def _fill(self, longest: int) -> None:
        names = list(self._sources)
        shares = np.array([WEIGHTS[name] for name in names])
        counts = self._rng.multinomial(POOL, shares / shares.sum())
        pool = [
            (n, at)
            for n, count in zip(names, counts, strict=True)
            for at in self._sources[n].draw(count, longest)
        ]
        pool.sort(key=lambda item: (int(self._sources[item[0]].lengths[item[1]]), self._rng.random()))
        batches: list[list[tuple[str, int]]] = [[]]
        for name, at in pool:
            length = int(self._sources[name].lengths[at])
            if length * (len(batches[-1]) + 1) > TOKENS or len(batches[-1]) == 64:
                batches.append([])
            batches[-1].append((name, at))
        self._rng.shuffle(batches)  # type: ignore[arg-type]
        self._batches = [batch for batch in batches if batch]

    def _pad(self, batch: list[tuple[str, int]]) -> Batch:
        parts = [(self._sources[name], at) for name, at in batch]
        longest = max(int(source.lengths[at]) for source, at in parts)
        shape = (len(parts), -(-longest // 8) * 8)
        ids, segments, tokens = (
            np.ones(shape, np.int64),
            np.zeros(shape, np.int64),
            np.full(shape, -1, np.int64),
        )
        mask = np.zeros(shape, np.float32)
        for row, (source, at) in enumerate(parts):
            a, b = source.starts[at], source.starts[at + 1]
            ids[row, : b - a], segments[row, : b - a] = source.ids[a:b], source.segments[a:b]
            tokens[row, : b - a], mask[row, : b - a] = source.tokens[a:b], 1.0
        labels = np.array([source.labels[at] for source, at in parts], np.int64)
        return Batch(ids, segments, mask, tokens, labels)
