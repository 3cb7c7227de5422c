"""Whether the index finds the passage that holds the answer, how fast, and how fast documents go in.

    python -m bench.retrieval --data DIR [--distractors FOLDER ...] [--split dev|train] [--work FOLDER]
    python -m bench.retrieval --data DIR --speed 10000 100000
    python -m bench.retrieval --data DIR --segmentations

``--data`` holds ``*_gold.*.jsonl.gz`` files of rows with ``question``, ``context`` (list) and ``answer``.
A passage counts as found when it comes from the question's own context and holds the answer; where no
passage does (the answer is computed or cut in two) any passage of that context counts, and for a computed
answer from a table only the table's. Every context of all sets and every file of the distractor folders is
in the one library that is searched. ``--work`` keeps that library for the next run.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import platform
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime

from core.documents.chunk import chunk
from core.documents.fold import fold
from core.encoders.embedder import Embedder, Kind
from core.index import segment as segmentation
from core.index.ingest import FileDone, add
from core.index.query import match_query, query_terms
from core.index.search import Searcher
from core.index.segment import segment, terms
from core.index.words import use_segmentation
from core.store.database import Library
from core.store.documents import ContentId, StoredContent, count_passages, put_content, put_document
from core.store.pages import put_pages
from core.store.passages import NewPassage, put_passages
from core.store.vectors import StoredVector, put_vectors
from core.types import DocumentState, Hit, Page, Passage

SETS = ("cmrc2018_gold", "drcd_gold", "xquad_zh_gold", "xquad_en_gold", "tatqa_gold")
DEPTH = 5
MOST_QUESTIONS = 1002


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the headings of its own contexts and the answers that its passage holds."""

    text: str
    contexts: frozenset[str]
    answers: tuple[str, ...]
    twin: str


def rows(data: Path, name: str, split: str) -> Iterator[dict[str, object]]:
    path = data / f"{name}.{split}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def heading(context: str) -> str:
    """A heading of letters only, which no question asks for."""
    return "q" + hashlib.sha256(context.encode()).hexdigest()[:16].translate(
        str.maketrans("0123456789", "ghijklmnop")
    )


def contexts_of(data: Path, name: str) -> list[str]:
    """Every context of a set, of both splits, once."""
    found = (c for split in ("train", "dev") for row in rows(data, name, split) for c in row["context"])  # type: ignore[attr-defined]
    return list(dict.fromkeys(found))


def questions_of(data: Path, name: str, split: str, limit: int) -> list[Question]:
    asked = [question(row) for row in rows(data, name, split)]
    random.Random(0).shuffle(asked)  # noqa: S311 - a sample, not a secret
    return asked[:limit]


def question(row: dict) -> Question:  # type: ignore[type-arg]
    meta = row["meta"]
    answers = tuple(map(str, meta.get("all_answers") or [row["answer"]]))
    contexts = row["context"]
    holding = [c for c in contexts if any(answer in c for answer in answers)]
    if not holding and "table" in meta.get("answer_from", ""):
        holding = contexts[:1]
    return Question(
        row["question"], frozenset(map(heading, holding or contexts)), answers, meta.get("query_id", "")
    )


def write_sets(data: Path, names: Sequence[str], folder: Path) -> None:
    """Each set as one document, each context a section of it."""
    for name in names:
        sections = [f"# {heading(c)}\n\n{plain(c)}" for c in contexts_of(data, name)]
        (folder / f"{name}.md").write_text("\n\n".join(sections), encoding="utf-8")


def plain(context: str) -> str:
    """Paragraphs without the signs that Markdown would read as headings, lists or tables."""
    return "\n\n".join(line.lstrip("#>-*+ |=") for line in context.splitlines() if line.strip())


def build(
    data: Path, names: Sequence[str], distractors: Sequence[Path], work: Path, embedder: Embedder
) -> None:
    """Fill the library of a run, through the same door as documents, and say how fast that went."""
    texts = work / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    write_sets(data, names, texts)
    with Library.open(work / "library") as library:
        before, wall, cpu = count_passages(library), time.monotonic(), time.process_time()
        for event in add(library, [texts, *distractors], embedder):
            if isinstance(event, FileDone) and event.document.reason is not None:
                print(f"  {event.document.path}: {event.document.state} {event.document.reason.code}")
        made = count_passages(library) - before
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        print(f"{count_passages(library)} passages, {library.path.stat().st_size / 1e6:.1f} MB.")
        if made:
            print(
                f"Ingest: {made} passages, {made / wall:.0f}/s by the clock, {made / cpu:.0f} a CPU second."
            )


def found_at(asked: Question, hits: Sequence[Hit], reachable: bool) -> int | None:
    """The rank of the first passage that counts."""
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        if (passage.place.section or "").split(" > ")[-1] in asked.contexts and (
            not reachable or holds(passage, asked)
        ):
            return rank
    return None


def holds(passage: Passage, asked: Question) -> bool:
    return any(answer in passage.text for answer in asked.answers)


def recall(data: Path, split: str, limit: int, library: Library, embedder: Embedder) -> None:
    searcher = Searcher(library, embedder)
    ways: dict[str, Callable[[str, int], tuple[Hit, ...]]] = {
        "words": searcher.words,
        "vectors": searcher.vectors,
        "both": searcher.search,
    }
    reachable = texts_by_section(library)
    print(f"\n| set ({split}) | questions | " + " | ".join(f"{way} @1 / @{DEPTH}" for way in ways) + " |")
    print("|---|---|" + "---|" * len(ways))
    for name in SETS:
        asked = questions_of(data, name, split, limit)
        cells = []
        for way in ways.values():
            ranks = [found_at(q, way(q.text, DEPTH), can_hold(q, reachable)) for q in asked]
            cells.append(share(ranks))
        print(f"| {name} | {len(asked)} | " + " | ".join(cells) + " |", flush=True)


def share(ranks: Sequence[int | None]) -> str:
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    any_rank = sum(rank is not None for rank in ranks) / len(ranks)
    return f"{first:.3f} / {any_rank:.3f}"


def texts_by_section(library: Library) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    query = "select g.section, p.text from passages p join pages g on g.id = p.page_id"
    for section, text in library.db.execute(query).fetchall():
        found.setdefault((section or "").split(" > ")[-1], []).append(text)
    return found


def can_hold(asked: Question, texts: dict[str, list[str]]) -> bool:
    return any(
        a in text for context in asked.contexts for text in texts.get(context, []) for a in asked.answers
    )


def across(data: Path, split: str, library: Library, embedder: Embedder) -> None:
    """Questions in one language whose answer is there in the other only: the asked language's copy of the
    contexts is passed over, every other document of either language stays in the way.
    """
    searcher, texts = Searcher(library, embedder), texts_by_section(library)
    print(f"\n| asked, answered in ({split}) | questions | words @1 / @{DEPTH} | vectors | both |")
    print("|---|---|---|---|---|")
    for here, there in (("zh", "en"), ("en", "zh")):
        twins = {
            q.twin: q
            for part in ("train", "dev")
            for q in questions_of(data, f"xquad_{there}_gold", part, MOST_QUESTIONS * 10)
        }
        asked = questions_of(data, f"xquad_{here}_gold", split, MOST_QUESTIONS)
        pairs = [(q.text, twins[q.twin]) for q in asked if q.twin in twins]
        cells = []
        for way in (searcher.words, searcher.vectors, searcher.search):
            ranks = []
            for text, q in pairs:
                hits = [h for h in way(text, 100) if f"xquad_{here}" not in h.passage.place.document]
                ranks.append(found_at(q, hits[:DEPTH], can_hold(q, texts)))
            cells.append(share(ranks))
        print(f"| {here}, {there} | {len(pairs)} | " + " | ".join(cells) + " |", flush=True)


def speed(data: Path, sizes: Sequence[int], work: Path, embedder: Embedder) -> None:
    """Milliseconds a search among real texts; their vectors are random, which costs the same to compare."""
    asked = [q.text for name in SETS for q in questions_of(data, name, "dev", 40)]
    print("\nMilliseconds: processor median / processor 95 % / clock median.\n")
    print("| passages | library MB | load s | encode the query | words | vectors | both |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        folder = work / f"speed-{size}"
        shutil.rmtree(folder, ignore_errors=True)
        with Library.open(folder) as library:
            use_segmentation(library)
            fill(library, data, size, embedder.identity)
            began = time.process_time()
            searcher = Searcher(library, embedder)
            searcher.vectors("warm")
            loaded = time.process_time() - began
            encode = timed(lambda text: embedder.embed([text], Kind.QUERY), asked)
            words, vectors = timed(searcher.words, asked), timed(searcher.vectors, asked)
            both = timed(searcher.search, asked)
            print(
                f"| {size} | {library.path.stat().st_size / 1e6:.0f} | {loaded:.2f} | {middle(encode)} |"
                f" {middle(words)} | {middle(vectors)} | {middle(both)} |",
                flush=True,
            )


def fill(library: Library, data: Path, size: int, identity: str) -> None:
    texts = list(some_passages(data, size))
    rng = np.random.default_rng(0)
    for begin in range(0, size, 5000):
        part = texts[begin : begin + 5000]
        with library.writing():
            content = put_content(
                library, StoredContent(ContentId(0), f"{begin}", ".md", "md", 1, DocumentState.INDEXED, None)
            )
            (page,) = put_pages(library, content, [Page("all")])
            keys = [f"{begin + at:016d}".encode() for at in range(len(part))]
            put_passages(
                library,
                content,
                (
                    NewPassage(page, 0, 3, text, None, segment(text), "", key)
                    for text, key in zip(part, keys, strict=True)
                ),
            )
            numbers = rng.integers(-127, 128, (len(part), 384), dtype=np.int8)
            put_vectors(
                library,
                identity,
                {key: StoredVector(0.0005, row.tobytes()) for key, row in zip(keys, numbers, strict=True)},
            )
            put_document(library, f"/{begin}.md", content)


def some_passages(data: Path, size: int) -> Iterator[str]:
    """Passages of the contexts of every set there is, each once; then sentences of them, shuffled."""
    seen: dict[str, None] = {}
    for path in sorted(data.glob("*.train.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                for context in row.get("context") or [row.get("premise") or ""]:
                    if len(context) > 150:
                        seen.update((draft.text, None) for draft in chunk(Page(context)))
                if len(seen) >= size:
                    yield from list(seen)[:size]
                    return
    texts, rng = list(seen), random.Random(0)  # noqa: S311 - a sample, not a secret
    yield from texts
    for _ in range(size - len(texts)):
        one, two = rng.choice(texts), rng.choice(texts)
        yield one[: len(one) // 2] + two[len(two) // 2 :]


def timed(run: Callable[[str], object], asked: Sequence[str]) -> list[tuple[float, float]]:
    """Milliseconds of processor time and by the clock, for each question."""
    spent = []
    for text in asked:
        cpu, wall = time.process_time(), time.perf_counter()
        run(text)
        spent.append((1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)))
    return spent


def middle(spent: Sequence[tuple[float, float]]) -> str:
    cpu, wall = (sorted(column) for column in zip(*spent, strict=True))
    return f"{statistics.median(cpu):.1f} / {cpu[len(cpu) * 95 // 100]:.1f} / {statistics.median(wall):.1f}"


def segmentations(data: Path, split: str, limit: int) -> None:
    """Recall of words alone under several ways of cutting them, over all contexts and more as distractors."""
    contexts = list(
        dict.fromkeys(c for name in (*SETS, "cmrc2018_train_gold") for c in contexts_of(data, name))
    )
    asked = {name: questions_of(data, name, split, limit) for name in SETS}
    print(f"\n{len(contexts)} whole contexts. Recall @1 / @{DEPTH}, processor milliseconds a query.\n")
    print("| terms | " + " | ".join(SETS) + " | ms |")
    print("|---|" + "---|" * (len(SETS) + 1))
    ours = "unicode61 remove_diacritics 0 tokenchars '.-_%'"
    pairs = segmentation.wide_terms
    ways: list[tuple[str, Callable[[str], Iterator[str]], str, Callable[[str], list[str]]]] = [
        ("pairs of characters (chosen)", pairs, ours, query_terms),
        ("the same, question words kept", pairs, ours, lambda text: list(dict.fromkeys(terms(text)))),
        ("the same, Porter stemmer", pairs, "porter " + ours, query_terms),
        ("single characters", iter, ours, query_terms),
        ("both", lambda run: iter([*run, *map("".join, pairwise(run))]), ours, query_terms),
    ]
    for title, wide, tokenizer, asks in ways:
        segmentation.wide_terms = wide
        print_way(title, contexts, asked, tokenizer, segment, asks)
    segmentation.wide_terms = pairs
    print_way("FTS5 trigram", contexts, asked, "trigram", fold, lambda text: trigrams(fold(text)))
    print_way("FTS5 unicode61", contexts, asked, "unicode61", fold, lambda text: fold(text).split())


def trigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2)))


def print_way(
    title: str,
    contexts: Sequence[str],
    asked: dict[str, list[Question]],
    tokenizer: str,
    cut: Callable[[str], str],
    asks: Callable[[str], list[str]],
) -> None:
    headings = [heading(context) for context in contexts]
    cells, spent = [], 0.0
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'create virtual table w using fts5(t, tokenize = "{tokenizer}")')
        db.executemany("insert into w (rowid, t) values (?, ?)", enumerate(map(cut, contexts)))
        for questions in asked.values():
            ranks = []
            for q in questions:
                query = match_query([term.replace('"', "") for term in asks(q.text)]) or '""'
                began = time.process_time()
                sql = "select rowid from w where w match ? order by rank, rowid limit ?"
                found = [headings[row[0]] for row in db.execute(sql, [query, DEPTH]).fetchall()]
                spent += time.process_time() - began
                ranks.append(next((rank for rank, each in enumerate(found, 1) if each in q.contexts), None))
            cells.append(share(ranks))
    count = sum(map(len, asked.values()))
    print(f"| {title} | " + " | ".join(cells) + f" | {1000 * spent / count:.1f} |", flush=True)


def about() -> None:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.platform()}, {platform.machine()}, {os.cpu_count()} cores{load}")
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, numpy {np.__version__},"
        f" onnxruntime {onnxruntime.__version__}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--distractors", type=Path, nargs="*", default=[])
    parser.add_argument("--split", choices=["dev", "train"], default="dev")
    parser.add_argument("--limit", type=int, default=MOST_QUESTIONS, help="questions a set")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--speed", type=int, nargs="+", metavar="PASSAGES")
    parser.add_argument("--segmentations", action="store_true")
    wanted = parser.parse_args()
    about()
    with tempfile.TemporaryDirectory() as temporary:
        work = wanted.work or Path(temporary)
        if wanted.segmentations:
            segmentations(wanted.data, wanted.split, wanted.limit)
            return
        embedder = Embedder.open()
        if wanted.speed:
            speed(wanted.data, wanted.speed, work, embedder)
            return
        build(wanted.data, SETS, wanted.distractors, work, embedder)
        with Library.open(work / "library") as library:
            recall(wanted.data, wanted.split, wanted.limit, library, embedder)
            across(wanted.data, wanted.split, library, embedder)


if __name__ == "__main__":
    main()
