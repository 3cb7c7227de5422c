"""What a person reads to judge a claim: the same kind of passages whatever the verdict was."""

from __future__ import annotations

from core.calibrate.labelling import Task
from core.encoders.embedder import Embedder
from core.index.search import Searcher
from core.store.database import Library
from core.types import Passage

SHOWN = 3


def passages_for(library: Library, embedder: Embedder | None, task: Task) -> tuple[Passage, ...]:
    """The passages that come closest to the claim, best first.

    The verdict, the risk and whether a quote was for or against are left out on purpose: a person who sees
    them agrees with them.
    """
    hits = Searcher(library, embedder).search(task.claim.text, SHOWN)
    return tuple(hit.passage for hit in hits)
