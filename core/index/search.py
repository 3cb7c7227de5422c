"""Finding passages: by words, by meaning, and both in one ranking."""

from __future__ import annotations

from core.encoders.embedder import Kind
from core.index.query import match_query, query_terms, rarest
from core.index.vectors import TextEmbedder, VectorIndex
from core.index.words import use_segmentation
from core.store.database import Library
from core.store.documents import count_passages
from core.store.facts import revision
from core.store.passages import count_holding, load_passages, match_words
from core.store.vectors import load_vectors
from core.types import Hit, PassageId

CONTEXT_WEIGHT = 0.5  # a word in a heading, table header or file name against one in the text
_DEPTH = 50  # how far down each list a passage may come from into the common ranking
_RANK_OFFSET = 60  # reciprocal-rank fusion: how little the first ranks differ


class Searcher:
    """Searches the current documents of one library; bound to the library's thread.

    Without an embedder, and for passages that have no vectors yet, words alone decide.
    """

    def __init__(self, library: Library, embedder: TextEmbedder | None) -> None:
        self._library = library
        self._embedder = embedder
        self._vectors: VectorIndex | None = None
        self._revision = -1
        use_segmentation(library)

    def search(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages that words and meaning together rank first; equal scores in the order of ids."""
        with self._library.reading():
            words = {passage: rank for rank, (passage, _) in enumerate(self._by_words(query, _DEPTH), 1)}
            vectors = {passage: rank for rank, (passage, _) in enumerate(self._by_vectors(query, _DEPTH), 1)}
            scores = {
                passage: _share(words.get(passage)) + _share(vectors.get(passage))
                for passage in words | vectors
            }
            best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]
            return self._hits(best, words, vectors)

    def words(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages that hold the rarest words of the query."""
        with self._library.reading():
            found = self._by_words(query, k)
            return self._hits(found, {passage: rank for rank, (passage, _) in enumerate(found, 1)}, {})

    def vectors(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages nearest in meaning, in whichever language; none without an embedder."""
        with self._library.reading():
            found = self._by_vectors(query, k)
            return self._hits(found, {}, {passage: rank for rank, (passage, _) in enumerate(found, 1)})

    def _by_words(self, query: str, limit: int) -> list[tuple[PassageId, float]]:
        asked = query_terms(query)
        kept = rarest(asked, count_holding(self._library, asked), count_passages(self._library))
        return match_words(self._library, match_query(kept), limit, CONTEXT_WEIGHT) if kept else []

    def _by_vectors(self, query: str, limit: int) -> list[tuple[PassageId, float]]:
        if self._embedder is None or not query.strip():
            return []
        index = self._current_vectors(self._embedder)
        return index.nearest(self._embedder.embed([query], Kind.QUERY)[0], limit) if len(index) else []

    def _current_vectors(self, embedder: TextEmbedder) -> VectorIndex:
        current = revision(self._library)
        if self._vectors is None or current != self._revision:
            self._vectors = VectorIndex(load_vectors(self._library, embedder.identity))
            self._revision = current
        return self._vectors

    def _hits(
        self, found: list[tuple[PassageId, float]], words: dict[PassageId, int], vectors: dict[PassageId, int]
    ) -> tuple[Hit, ...]:
        scores = dict(found)
        passages = load_passages(self._library, [passage for passage, _ in found])
        return tuple(Hit(p, scores[p.id], words.get(p.id), vectors.get(p.id)) for p in passages)


def _share(rank: int | None) -> float:
    return 0.0 if rank is None else 1.0 / (_RANK_OFFSET + rank)
