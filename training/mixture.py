"""Draws batches from the encoded sources: by weight, both classes alike, of similar length, short ones
first."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = {
    "written_claims": 12.0, "written_answers": 7.0, "made_en": 8.0, "made_zh": 9.0, "made_cross": 6.0,
    "made_local": 0.6, "made_tables": 3.0,
    "tabfact_nli": 3.5, "infotabs_nli": 2.2, "contractnli_nli": 1.6, "snli_cad_nli": 1.0,
    "factcheckgpt_nli": 0.6, "fm2_nli": 0.5, "pawsx_zh_nli": 0.6, "scitab_nli": 0.4, "folio_nli": 0.2,
    "fever_symmetric_nli": 0.3, "breaking_nli": 0.4, "scone_nli": 0.2, "help_and_nli": 0.2,
    "snli_nli": 0.6, "ragtruth": 1.2, "uhgeval": 1.2, "halueval_qa": 0.9, "fineva_mc": 0.7,
    "lexeval_mc": 0.4, "summedits": 1.8, "cg2c_doc": 0.6, "agieval_mc": 0.4, "gaokao_bench_mc": 0.3,
    "onestopqa": 0.6, "condaqa": 0.3, "pubmedqa_yesno": 0.1, "ci_tod": 0.4, "faithdial_audit": 0.3,
    "begin": 0.2, "q2_wow": 0.2, "expertqa": 0.3, "factool_zh_silver": 0.1, "bump": 0.5,
    "wice_tokens": 0.3, "insqa_clause_gold": 0.3, "newsbench_summary_gold": 0.1, "cmrc2018_gold": 0.6,
    "cmrc2018_train_gold": 1.0, "drcd_gold": 0.7, "tatqa_gold": 0.9, "xquad_en_gold": 0.3,
    "xquad_zh_gold": 0.3,
}  # fmt: skip
POOL = 768
TOKENS = 2048
LONGEST_EARLY, EARLY, LONGEST = 96, 6_000, 224
RESCAN_SECONDS = 60

Ints = NDArray[np.int64]
Unit = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays (batch, length); ``tokens`` is -1 where there is no label. ``pairs`` (n, 2) names rows
    that share a document or were written as a pair: first the right claim, then the wrong one.
    """

    ids: Ints
    segments: Ints
    mask: NDArray[np.float32]
    tokens: Ints
    labels: Ints
    pairs: Ints


class Source:
    """One encoded file, dealt out in random order, right and wrong claims in turn, together with their
    counterparts."""

    def __init__(self, path: Path, rng: np.random.Generator) -> None:
        with np.load(path) as arrays:
            self.ids, self.segments, self.tokens = arrays["ids"], arrays["segments"], arrays["tokens"]
            self.starts, self.labels, self.groups = arrays["starts"], arrays["labels"], arrays["groups"]
        self.lengths = np.diff(self.starts)
        self._rng = rng
        self._sides = [np.flatnonzero(self.labels == 0), np.flatnonzero(self.labels != 0)]
        self._left: list[list[int]] = [[], []]
        self._members: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, group in enumerate(self.groups.tolist()):
            if group >= 0:
                self._members[group, int(self.labels[at] != 0)].append(at)

    def draw(self, count: int, longest: int) -> list[Unit]:
        """Return ``count`` examples no longer than asked, or nearly so many: pairs of a right and a wrong one
        where there is a counterpart, else single ones.
        """
        found: list[Unit] = []
        for turn in range(4 * count):
            side = turn % 2 if all(len(s) for s in self._sides) else int(not len(self._sides[0]))
            at = self._next(side)
            if self.lengths[at] > longest:
                continue
            other = self._counterpart(at, side, longest)
            found.append((at,) if other is None else (at, other) if side == 0 else (other, at))
            if sum(map(len, found)) >= count:
                break
        return found

    def _next(self, side: int) -> int:
        if not self._left[side]:
            self._left[side] = self._rng.permutation(self._sides[side]).tolist()
        return self._left[side].pop()

    def _counterpart(self, at: int, side: int, longest: int) -> int | None:
        others = self._members.get((int(self.groups[at]), 1 - side), [])
        fitting = [other for other in others if self.lengths[other] <= longest]
        return fitting[self._rng.integers(len(fitting))] if fitting else None


class Mixture:
    """Endless batches over all sources in a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._rng = np.random.default_rng(seed)
        self._sources: dict[str, Source] = {}
        self._batches: list[list[tuple[str, Unit]]] = []
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
            (n, unit)
            for n, count in zip(names, counts, strict=True)
            for unit in self._sources[n].draw(count, longest)
        ]
        pool.sort(key=lambda item: (self._length(*item), self._rng.random()))
        batches: list[list[tuple[str, Unit]]] = [[]]
        for name, unit in pool:
            size = sum(len(other) for _, other in batches[-1]) + len(unit)
            if self._length(name, unit) * size > TOKENS or size > 64:
                batches.append([])
            batches[-1].append((name, unit))
        self._rng.shuffle(batches)  # type: ignore[arg-type]
        self._batches = [batch for batch in batches if batch]

    def _length(self, name: str, unit: Unit) -> int:
        return max(int(self._sources[name].lengths[at]) for at in unit)

    def _pad(self, batch: list[tuple[str, Unit]]) -> Batch:
        parts = [(self._sources[name], at) for name, unit in batch for at in unit]
        firsts = np.cumsum([0, *(len(unit) for _, unit in batch)])
        twos = [first for first, (_, unit) in zip(firsts, batch, strict=False) if len(unit) == 2]
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
        pairs = np.array([(first, first + 1) for first in twos], np.int64).reshape(-1, 2)
        return Batch(ids, segments, mask, tokens, labels, pairs)
