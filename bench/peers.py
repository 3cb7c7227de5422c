"""Other checkers on the same rows: simple ones always, two packages from PyPI where they are installed.

``pip install contexttrace grounded-check`` into an environment on the path adds them.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.encoders.checker import Pair
from core.encoders.embedder import Kind
from core.verify.text import keys

Row = dict[str, Any]
CHARACTERS = 2000  # of the contexts, for the cosine


def word_overlap(row: Row) -> float:
    """The share of the answer's words that the contexts do not hold."""
    mine = keys(row["answer"])
    held = frozenset().union(*(keys(text) for text in row["context"])) if row["context"] else frozenset()
    return len(mine - held) / max(1, len(mine))


def distance(row: Row, embedder: Any) -> float:
    """How far in meaning the answer is from the beginning of its contexts."""
    answer = embedder.embed([row["answer"]], Kind.PASSAGE)[0]
    context = embedder.embed(["\n".join(row["context"])[:CHARACTERS]], Kind.PASSAGE)[0]
    return float(1 - answer @ context)


def answer_alone(row: Row, checker: Any) -> float:
    """The control: what our own checker says when it is shown no document. Near 0.5 is as it should be."""
    return 1 - float(checker.score([Pair(row["question"], row["answer"], "")])[0].entailed)


def installed() -> dict[str, Callable[[Row], float]]:
    """The packages that are there, by name."""
    known = {"contexttrace": ("ContextTrace", _context_trace), "grounded": ("grounded-check", _grounded)}
    return {name: score for module, (name, score) in known.items() if find_spec(module)}


def _context_trace(row: Row) -> float:
    """The share of claims that it does not call supported, partial support counting half."""
    capture = importlib.import_module("contexttrace").capture_rag_trace
    verify = importlib.import_module("contexttrace.verify").verify_trace
    contexts = [{"text": text} for text in row["context"] if text.strip()]
    question = row["question"] or "What do the documents say?"  # it takes no answer without one
    trace = capture(query=question, answer=row["answer"], contexts=contexts)
    summary = verify(trace)
    summary = (summary if isinstance(summary, dict) else summary.to_dict())["summary"]
    good = summary["supported"] + 0.5 * summary["partially_supported"]
    return float(1 - good / summary["total_claims"]) if summary["total_claims"] else 0.0


def _grounded(row: Row) -> float:
    """The share of quotations, figures and names that it finds in no source; 0 where it looks for none."""
    check = importlib.import_module("grounded").check
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "context.txt"
        source.write_text("\n\n".join(row["context"]), encoding="utf-8")
        found = check(row["answer"], [str(source)])
    return 1 - float(found.rate) if found.claim_count else 0.0
