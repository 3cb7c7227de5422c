"""Turns the rows of the public and the written sets into examples.

Answers are split into claims and windows are picked by the product's own code, so that the checker trains
on what it will read. A claim of a wrong answer is wrong where a marked span touches it; a wrong answer
without marks is used only when it is a single claim.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz.distance import Indel, Levenshtein

from core.verify.claims import split
from core.verify.rules.values import values
from core.verify.sources import ContextSource, Embeds
from core.verify.tables import below, reckoned
from core.verify.text import plain, weight
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, UNSUPPORTED, Example, Row, Span, rows

SHORT_CONTEXT = 125.0
NLI = {"entailment": ENTAILED, "contradiction": CONTRADICTED, "neutral": NOT_FOUND}
KIND_LABELS = {
    **dict.fromkeys(
        ("number", "date", "unit", "negation", "direction", "time_shift", "entity", "quantifier", "modality"),
        CONTRADICTED,
    ),
    **dict.fromkeys(("Evident Conflict", "Subtle Conflict"), CONTRADICTED),
    **dict.fromkeys(("invention", "Evident Baseless Info", "Subtle Baseless Info"), NOT_FOUND),
}
SECOND_WINDOW = 0.15
NEARLY_SAME = 0.7
_WORD = re.compile(r"[\u3400-\u9fff]|\w+")
POOR_MATCH = 0.3


class Windows:
    """Picks evidence from contexts as the product does; remembers the last contexts it cut up."""

    def __init__(self, embedder: Embeds | None, rng: random.Random) -> None:
        self._embedder = embedder
        self._rng = rng
        self.second = SECOND_WINDOW
        self._contexts: tuple[str, ...] = ()
        self._source = ContextSource(())

    def best(self, contexts: list[str], claim: str, question: str | None, *, both: bool = False) -> str:
        """Return what is read with a claim: the best window, now and then the best two in their order, and
        what the tables say beyond their words.
        """
        window = self._best(contexts, claim, question, both=both)
        return below(window, reckoned(claim, question, contexts))

    def _best(self, contexts: list[str], claim: str, question: str | None, *, both: bool) -> str:
        if len(contexts) == 1 and weight(contexts[0]) <= SHORT_CONTEXT:
            return plain(contexts[0])
        if tuple(contexts) != self._contexts:
            self._contexts = tuple(contexts)
            self._source = ContextSource(contexts, self._embedder)
        found = self._source.windows(claim, question, 2)
        if not (both or found[0].score < POOR_MATCH or self._rng.random() < self.second):
            found = found[:1]
        found = tuple(sorted(found, key=lambda w: (w.context_index or 0, w.start)))
        if (
            len(found) == 2
            and found[0].context_index == found[1].context_index
            and found[1].start <= found[0].end
        ):
            text = contexts[found[0].context_index or 0][found[0].start : max(w.end for w in found)]
            return plain(f"{found[0].header}\n{text}" if found[0].header else text)
        return "\n".join(window.reading for window in found)


def nli(path: Path, windows: Windows) -> Iterator[Example]:
    """Claim rows: premise and claim with one of three labels."""
    for row in rows(path):
        yield from row_examples(row, windows)


def answers(path: Path, windows: Windows, *, both: bool = False) -> Iterator[Example]:
    """Answer rows: each checkable claim of each answer."""
    everything = list(rows(path))
    originals = {row["id"]: row["answer"] for row in everything}
    right: dict[str, list[str]] = defaultdict(list)
    for row in everything:
        if not row["label"]:
            right["\n".join(row["context"])].append(row["answer"])
    for row in everything:
        if row["context"]:
            marked = _with_spans(row, right["\n".join(row["context"])])
            yield from row_examples(with_original(marked, originals), windows, both=both)


def _with_spans(row: Row, right: list[str]) -> Row:
    """A wrong answer without marks, with the words marked in which it differs from the nearest right answer
    to the same documents; as it is where none is near."""
    if not row["label"] or row["spans"] or not right:
        return row
    mine = list(_WORD.finditer(row["answer"]))
    said = [word.group() for word in mine]
    others = [_WORD.findall(answer) for answer in right]
    nearest = max(others, key=lambda other: Indel.normalized_similarity(said, other))
    if Indel.normalized_similarity(said, nearest) < NEARLY_SAME:
        return row
    changes = [code for code in Levenshtein.opcodes(said, nearest) if code.tag in ("replace", "delete")]
    spans = [
        {"start": mine[code.src_start].start(), "end": mine[code.src_end - 1].end(), "type": None}
        for code in changes
    ]
    return {**row, "spans": spans}


def with_original(row: Row, originals: dict[str, str]) -> Row:
    """A translated answer is looked up by the answer it was made from, which shares its words with the
    context."""
    made_from = row.get("meta", {}).get("made_from")
    if not made_from:
        return row
    return {**row, "search": originals.get(f"{made_from}{row['id'].rstrip('x')[-1]}")}


def row_examples(row: Row, windows: Windows, *, both: bool = False) -> Iterator[Example]:
    """Yield the examples of one row of either shape."""
    if "claim" not in row:
        yield from _claims(row, windows, both=both)
        return
    label = NLI[row["label"]]
    if label == NOT_FOUND and row["dataset"] == "pawsx_zh":
        label = UNSUPPORTED  # "neutral" there only means: no paraphrase
    evidence = windows.best([row["premise"]], row["claim"], None)
    yield Example(row["claim"], evidence, label, group=row["premise"])


def _claims(row: Row, windows: Windows, *, both: bool) -> Iterator[Example]:
    drafts = [draft for draft in split(row["answer"]) if draft.checkable]
    if row["label"] and not row["spans"] and len(drafts) > 1:
        return  # which of its claims is wrong nobody knows
    drafts = drafts or [_whole(row["answer"])]
    for draft in drafts:
        spans = _within(row["spans"], draft.start, draft.end)
        wrong = row["label"] == 1 and (bool(spans) or not row["spans"])
        kinds = [s["type"] for s in row["spans"] if s["start"] < draft.end and draft.start < s["end"]]
        yield Example(
            claim=plain(draft.text),
            evidence=windows.best(
                row["context"], row.get("search") or _search_text(draft), row["question"], both=both
            ),
            label=KIND_LABELS.get(kinds[0], UNSUPPORTED)
            if wrong and kinds
            else UNSUPPORTED
            if wrong
            else ENTAILED,
            question=row["question"],
            before=draft.before,
            spans=spans if row["spans"] or not wrong else None,
            group=_group(row),
        )


def _group(row: Row) -> str:
    """What a row shares with its counterpart: the pair it was written in, else its documents."""
    meta = row.get("meta") or {}
    return str(meta.get("pair") or meta.get("group") or "\n".join(row["context"]))


class _Whole:
    """An answer taken as one claim."""

    def __init__(self, text: str) -> None:
        self.text, self.start, self.end, self.before = text, 0, len(text), None


def _whole(text: str) -> _Whole:
    return _Whole(text)


def _search_text(draft: object) -> str:
    text, before = draft.text, draft.before  # type: ignore[attr-defined]
    return f"{before} {text}" if before and weight(text) < 12 else text


def _within(spans: list[Row], start: int, end: int) -> tuple[Span, ...]:
    inside = [(max(s["start"], start) - start, min(s["end"], end) - start) for s in spans]
    return tuple((s, e) for s, e in inside if s < e)


def gold(path: Path, windows: Windows, rng: random.Random) -> Iterator[Example]:
    """Questions with right answers only: wrong ones are the answers to other questions on the same passage,
    or on another passage, or the right answer with evidence that does not hold it.
    """
    by_passage: dict[str, list[Row]] = defaultdict(list)
    everything = list(rows(path))
    for row in everything:
        by_passage["\n".join(row["context"])].append(row)
    for row in everything:
        question, answer = row["question"], row["answer"]
        evidence = windows.best(row["context"], f"{question} {answer}", question)
        if answer in evidence or _reckoned_there(answer, evidence) or rng.random() < 0.3:
            yield Example(answer, evidence, ENTAILED, question, group=f"{question} {row['context']}")
        wrong, label = _wrong_answer(row, by_passage["\n".join(row["context"])], everything, rng)
        if wrong is not None:
            evidence = windows.best(row["context"], f"{question} {wrong}", question)
            group = f"{question} {row['context']}"
            yield Example(wrong, evidence, label, question, spans=((0, len(wrong)),), group=group)


def _reckoned_there(answer: str, evidence: str) -> bool:
    """Whether the figure of an answer that was reckoned stands in the evidence, with or without its sign."""
    mine, there = values(answer), values(evidence)
    return bool(mine) and all(any(abs(v.number) == abs(o.number) for o in there) for v in mine)


def _wrong_answer(
    row: Row, same: list[Row], everything: list[Row], rng: random.Random
) -> tuple[str | None, int]:
    answer = row["answer"]
    others = [r["answer"] for r in same if not _alike(r["answer"], answer)]
    alike = [a for a in others if any(c.isdigit() for c in a) == any(c.isdigit() for c in answer)]
    passage = "\n".join(row["context"])
    if others and rng.random() < 0.75:
        return rng.choice(alike or others), UNSUPPORTED
    strangers = [r["answer"] for r in rng.sample(everything, min(40, len(everything)))]
    near = [a for a in strangers if not _alike(a, answer) and a not in passage]
    return (min(near, key=lambda a: abs(len(a) - len(answer))), UNSUPPORTED) if near else (None, UNSUPPORTED)


def _alike(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


def strangers(examples: list[Example], rng: random.Random, share: float) -> Iterator[Example]:
    """True claims with the evidence of another document: not found."""
    true = [e for e in examples if e.label == ENTAILED and weight(e.claim) > 8]
    for example in rng.sample(true, int(len(true) * share)):
        other = rng.choice(true)
        if other.group != example.group or not example.group:
            yield Example(example.claim, other.evidence, NOT_FOUND, example.question, example.before)


Reader = Callable[[Path], Iterator[Example]]
