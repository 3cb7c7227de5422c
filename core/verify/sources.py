"""Where evidence comes from: given contexts, or the whole library, searched anew for every claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol

import numpy as np

from core.encoders.embedder import Kind
from core.index.search import Searcher
from core.language import detect_language
from core.store.standings import by_content
from core.types import Hit, Standing
from core.verify.evidence import Window
from core.verify.text import Word, keys, words
from core.verify.windows import Unit, units, windows

_QUESTION_SHARE = 0.25
_MEANING_SHARE = 0.6
_POOR_MATCH = 0.35
_READ_FOR_MEANING = 12  # windows whose meaning is compared where words are few; more would cost a second


class Embeds(Protocol):
    """What the sources need of an embedder."""

    def embed(self, texts: Sequence[str], kind: Kind) -> np.ndarray:
        """Unit vectors, one a text."""
        ...


class ContextSource:
    """The contexts given with one answer: nothing else is looked at."""

    def __init__(self, contexts: Sequence[str], embedder: Embeds | None = None) -> None:
        self._contexts = tuple(contexts)
        self._embedder = embedder
        self._vectors: dict[int, np.ndarray] = {}

    @property
    def empty(self) -> bool:
        """Whether the contexts hold no text."""
        return not self._units

    @cached_property
    def _units(self) -> tuple[tuple[int, Unit], ...]:
        return tuple((index, unit) for index, text in enumerate(self._contexts) for unit in units(text))

    @cached_property
    def _runs(self) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        offset = 0
        for index in range(len(self._contexts)):
            own = tuple(unit for where, unit in self._units if where == index)
            runs += [(first + offset, last + offset) for first, last in windows(own)]
            offset += len(own)
        return runs

    @cached_property
    def _unit_keys(self) -> tuple[frozenset[str], ...]:
        return tuple(
            keys(self._contexts[index][unit.start : unit.end]) | keys(unit.header or "")
            for index, unit in self._units
        )

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(key for unit in self._unit_keys for key in unit)

    def texts(self) -> tuple[str, ...]:
        """The contexts."""
        return self._contexts

    def importance(self, key: str) -> float:
        """How telling a word is among the contexts' sentences: rare words tell more."""
        return float(np.log(1 + (len(self._units) + 1) / (1 + self._counts[key])))

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        """The ``k`` best windows by shared words, and by meaning where words say little."""
        if self.empty:
            return ()
        shares = self._shares(words(claim))
        ranks = shares + _QUESTION_SHARE * self._shares(words(question or ""))
        likeness: dict[int, float] = {}
        foreign = self._foreign(claim)
        poor = len(self._runs) > k and float(shares.max(initial=0.0)) < _POOR_MATCH
        if self._embedder is not None and (foreign or poor):
            candidates = self._sparse if foreign else self._pick(ranks, _READ_FOR_MEANING)
            likeness = self._likeness(
                self._embedder, claim if not question else f"{question} {claim}", candidates
            )
            ranks = _blend(ranks, likeness)
        return tuple(self._window(at, shares, likeness.get(at)) for at in self._pick(ranks, k))

    def _foreign(self, claim: str) -> bool:
        return any(detect_language(text) is not detect_language(claim) for text in self._contexts)

    def _shares(self, wanted: tuple[Word, ...]) -> np.ndarray:
        """The weighted share of the wanted words that each window holds."""
        distinct = sorted({word.key for word in wanted})
        if not distinct:
            return np.zeros(len(self._runs))
        present = np.array([[key in unit for key in distinct] for unit in self._unit_keys], dtype=np.int32)
        before = np.vstack([np.zeros((1, len(distinct)), dtype=np.int32), np.cumsum(present, axis=0)])
        first, last = np.array(self._runs).T
        held = (before[last] - before[first]) > 0
        telling = np.array([self.importance(key) for key in distinct])
        return np.asarray(held @ telling / telling.sum())

    @cached_property
    def _sparse(self) -> list[int]:
        """Windows that follow each other with little overlap: enough to embed."""
        chosen: list[int] = []
        for at, (first, _) in enumerate(self._runs):
            half = (self._runs[chosen[-1]][0] + self._runs[chosen[-1]][1] + 1) // 2 if chosen else 0
            if (
                not chosen
                or first >= half
                or self._units[first][0] != self._units[self._runs[chosen[-1]][0]][0]
            ):
                chosen.append(at)
        return chosen

    def _likeness(self, embedder: Embeds, query: str, candidates: Sequence[int]) -> dict[int, float]:
        """The cosine of query and each candidate window; a window is embedded once."""
        new = [at for at in candidates if at not in self._vectors]
        if new:
            vectors = embedder.embed([self._window(at, None, None).reading for at in new], Kind.PASSAGE)
            self._vectors.update(zip(new, vectors, strict=True))
        wanted = embedder.embed([query], Kind.QUERY)[0]
        return {at: float(self._vectors[at] @ wanted) for at in candidates}

    def _pick(self, ranks: np.ndarray, k: int) -> list[int]:
        """The best windows, overlapping by less than half; among equals the middle one."""
        chosen: list[int] = []
        left = ranks.copy()
        while len(chosen) < k and np.isfinite(left).any():
            at = self._middle_of_equals(left)
            chosen.append(at)
            for other, run in enumerate(self._runs):
                if _overlap(run, self._runs[at]) > 0.5:
                    left[other] = -np.inf
        return chosen

    def _middle_of_equals(self, ranks: np.ndarray) -> int:
        first = int(np.argmax(ranks))
        last = first
        while last + 1 < len(ranks) and ranks[last + 1] >= ranks[first] - 1e-9:
            last += 1
        return (first + last) // 2

    def _window(self, at: int, shares: np.ndarray | None, similarity: float | None) -> Window:
        first, last = self._runs[at]
        index, unit = self._units[first]
        start, end = unit.start, self._units[last - 1][1].end
        text = self._contexts[index][start:end]
        return Window(
            text=text,
            start=start,
            end=end,
            score=float(shares[at]) if shares is not None else 0.0,
            context_index=index,
            header=unit.header,
            similarity=similarity,
        )


def _blend(ranks: np.ndarray, likeness: dict[int, float]) -> np.ndarray:
    """The ranks of the windows whose meaning is known, likeness added; the others are out."""
    low, high = min(likeness.values()), max(likeness.values())
    blended = np.full(len(ranks), -np.inf)
    for at, cosine in likeness.items():
        blended[at] = ranks[at] + _MEANING_SHARE * (cosine - low) / max(1e-6, high - low)
    return blended


def _overlap(run: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(run[1], other[1]) - max(run[0], other[0])
    return shared / min(run[1] - run[0], other[1] - other[0])


class LibrarySource:
    """The whole library, searched once with the claim and once with question and claim together.

    Documents in force come first: one that is not is read only beside them, where it fits as well as they
    do. ``day`` (``2025-01-31``) is the day that counts, today's when not given.
    """

    def __init__(self, searcher: Searcher, *, empty: bool = False, day: str | None = None) -> None:
        self._searcher = searcher
        self._empty = empty
        self._day = day or datetime.now(UTC).date().isoformat()

    @property
    def empty(self) -> bool:
        """Whether the library holds no readable passage."""
        return self._empty

    def texts(self) -> None:
        """Nothing: a library is searched, never read through."""

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        """The ``k`` passages that bear on a claim most, by either search."""
        found: dict[int, tuple[float, Hit]] = {}
        for query in dict.fromkeys((claim, f"{question} {claim}" if question else claim)):
            for rank, hit in enumerate(self._searcher.search(query, k)):
                score, _ = found.get(hit.passage.id, (0.0, hit))
                found[hit.passage.id] = (score + 1 / (1 + rank), hit)
        ranked = sorted(found.values(), key=lambda item: (-item[0], item[1].passage.id))
        listed = [self._window(hit, claim) for _, hit in ranked]
        return tuple(_in_force_first(listed, k)) if self._standings else tuple(listed[:k])

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        return by_content(self._searcher.library, self._day)

    def _window(self, hit: Hit, claim: str) -> Window:
        standing = self._standings.get(hit.passage.place.document_sha256, Standing())
        window = _passage_window(hit, claim)
        return replace(window, standing=standing, force=standing.force(self._day))


def _in_force_first(ranked: Sequence[Window], k: int) -> list[Window]:
    """The best ``k`` in force; one that is not, and is among the best of all, takes the last place or adds
    one, so that what it says is seen and never counts alone.
    """
    holding = [window for window in ranked if window.in_force][:k]
    passed = [window for window in ranked[:k] if not window.in_force]
    return holding + passed[: max(1, k - len(holding))]


def _passage_window(hit: Hit, claim: str) -> Window:
    passage = hit.passage
    wanted = keys(claim)
    held = keys(passage.text) | keys(passage.header or "")
    header = passage.header or passage.place.section
    return Window(
        text=passage.text,
        start=passage.start,
        end=passage.end,
        score=len(wanted & held) / max(1, len(wanted)),
        place=passage.place,
        header=header,
    )
