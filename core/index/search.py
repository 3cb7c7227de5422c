"""Finding passages: by words, by meaning, and both in one ranking.

The common score is the centred cosine plus WORDS_SHARE times the share of the question's words that a passage
holds, weighted by BM25. It knows how well each side fits and not only in what order. On 1,500 questions of
the training parts within one language the sum (before centring) had the answer first for 0.85 of them,
reciprocal-rank fusion with equal weights and its usual constant of 60 for 0.82, words alone for 0.84 and
vectors alone for 0.76 (means of five sets).
"""

from __future__ import annotations

from core.index.centre import centred
from core.index.query import match_query, most_bm25, query_terms, rarest
from core.index.vectors import Nearness, TextEmbedder, VectorIndex
from core.index.words import use_segmentation
from core.store.database import Library
from core.store.documents import count_passages
from core.store.facts import revision
from core.store.passages import count_holding, load_passages, match_words
from core.store.vectors import load_vectors
from core.types import Hit, PassageId

Ranked = tuple[PassageId, float]

CONTEXT_WEIGHT = 0.5  # a word in a heading, table header or file name against one in the text
WORDS_SHARE = (
    0.15  # what holding every word of the question adds to a cosine; measured, see bench/retrieval.py
)
_DEPTH = 100  # how far down the list of words a passage may come from into the common ranking


class Searcher:
    """Searches the current documents of one library; bound to the library's thread.

    Without an embedder, and for passages that have no vectors yet, words alone decide. Scores order the
    hits of one call; they mean nothing beyond it.
    """

    def __init__(self, library: Library, embedder: TextEmbedder | None) -> None:
        self._library = library
        self._embedder = embedder
        self._vectors: VectorIndex | None = None
        self._revision = -1
        use_segmentation(library)

    @property
    def library(self) -> Library:
        """The library that is searched."""
        return self._library

    def search(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages that words and meaning together rank first; equal scores in the order of ids."""
        with self._library.reading():
            words = self._by_words(query, max(_DEPTH, k))
            near = self._by_meaning(query)
            if near is None:
                return self._hits(words[:k], words, [])
            nearest = near.best(max(_DEPTH, k))
            scores = dict(nearest[:k])
            floor = nearest[-1][1]  # a passage without a vector is taken to be as far as the last one
            for passage, share in words:
                score = near.score(passage)
                scores[passage] = (floor if score is None else score) + WORDS_SHARE * share
            best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]
            return self._hits(best, words, nearest)

    def words(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages that hold the rarest words of the query."""
        with self._library.reading():
            found = self._by_words(query, k)
            return self._hits(found, found, [])

    def vectors(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        """The passages nearest in meaning, in whichever language; none without an embedder."""
        with self._library.reading():
            near = self._by_meaning(query)
            found = [] if near is None else near.best(k)
            return self._hits(found, [], found)

    def _by_words(self, query: str, limit: int) -> list[Ranked]:
        """Best first, scored by BM25 as a share of what a passage with every word of the query would get."""
        asked = query_terms(query)
        holding, passages = count_holding(self._library, asked), count_passages(self._library)
        kept = rarest(asked, holding, passages)
        if not kept or limit < 1:
            return []
        most = most_bm25(holding, passages)
        found = match_words(self._library, match_query(kept), limit, CONTEXT_WEIGHT)
        return [(passage, score / most) for passage, score in found]

    def _by_meaning(self, query: str) -> Nearness | None:
        if self._embedder is None or not query.strip():
            return None
        index = self._current_vectors(self._embedder)
        return index.compare(centred(self._embedder, query)) if len(index) else None

    def _current_vectors(self, embedder: TextEmbedder) -> VectorIndex:
        current = revision(self._library)
        if self._vectors is None or current != self._revision:
            self._vectors = VectorIndex(load_vectors(self._library, embedder.identity))
            self._revision = current
        return self._vectors

    def _hits(self, found: list[Ranked], words: list[Ranked], nearest: list[Ranked]) -> tuple[Hit, ...]:
        scores, word_ranks, vector_ranks = dict(found), _ranks(words), _ranks(nearest)
        passages = load_passages(self._library, [passage for passage, _ in found])
        return tuple(Hit(p, scores[p.id], word_ranks.get(p.id), vector_ranks.get(p.id)) for p in passages)


def _ranks(ranked: list[Ranked]) -> dict[PassageId, int]:
    return {passage: rank for rank, (passage, _) in enumerate(ranked, 1)}
