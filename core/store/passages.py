"""Passages with their words: what the index searches, how the words are cut is ``core.index``'s."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.store.database import Library
from core.store.documents import ContentId, unheld_contents
from core.store.facts import changed
from core.types import DocumentId, PageId, Passage, PassageId, Place


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be stored. ``words`` and ``context`` are segmented text for the word index, ``input`` is
    the digest of what an encoder reads of it.
    """

    page_id: PageId
    start: int
    end: int
    text: str
    header: str | None
    words: str
    context: str
    input: bytes


def put_passages(library: Library, content: ContentId, passages: Iterable[NewPassage]) -> None:
    """Store the passages of a content in place of those it had."""
    with library.writing() as db:
        drop_passages(library, content)
        for new in passages:
            cursor = db.execute(
                """insert into passages (content_id, page_id, first, last, header, text, input)
                values (?, ?, ?, ?, ?, ?, ?)""",
                [content, new.page_id, new.start, new.end, new.header, new.text, new.input],
            )
            _put_words(library, PassageId(cursor.lastrowid or 0), new.words, new.context)
        changed(library)


def replace_words(library: Library, words: Iterable[tuple[PassageId, str, str]]) -> None:
    """Fill the word index anew with each passage's words and context."""
    with library.writing() as db:
        db.execute("delete from passage_words")
        for passage_id, text, context in words:
            _put_words(library, passage_id, text, context)
        changed(library)


def drop_passages(library: Library, content: ContentId) -> None:
    """Take the passages of a content out of the index."""
    with library.writing() as db:
        db.execute(
            "delete from passage_words where rowid in (select id from passages where content_id = ?)",
            [content],
        )
        db.execute("delete from passages where content_id = ?", [content])
        changed(library)


def drop_unheld(library: Library) -> None:
    """Take out of the index what no current document holds."""
    with library.writing():
        for content in unheld_contents(library):
            drop_passages(library, content)


def has_passages(library: Library, content: ContentId) -> bool:
    """Whether a content is in the index."""
    query = "select exists (select 1 from passages where content_id = ?)"
    return bool(library.db.execute(query, [content]).fetchone()[0])


def match_words(
    library: Library, query: str, limit: int, context_weight: float
) -> list[tuple[PassageId, float]]:
    """The passages that match an FTS5 query, best first, with their BM25 score (higher is better).

    ``context_weight`` is what a word in the context column counts against one in the text.
    """
    rows = library.db.execute(
        """select rowid, bm25(passage_words, 1.0, ?) as score from passage_words where passage_words match ?
        order by score, rowid limit ?""",
        [context_weight, query, limit],
    ).fetchall()
    return [(PassageId(row[0]), -float(row[1])) for row in rows]


def count_holding(library: Library, terms: Sequence[str]) -> dict[str, int]:
    """In how many passages each term stands; 0 for an unknown term."""
    counts = dict.fromkeys(terms, 0)
    rows = library.db.execute(
        "select term, doc from passage_terms where term in (select value from json_each(?))",
        [json.dumps(list(counts))],
    )
    counts.update((str(term), int(count)) for term, count in rows.fetchall())
    return counts


def all_passages(library: Library) -> Iterator[Passage]:
    """Every passage in the order of ids, a thousand at a time."""
    ids = [PassageId(row[0]) for row in library.db.execute("select id from passages order by id").fetchall()]
    for begin in range(0, len(ids), 1000):
        yield from load_passages(library, ids[begin : begin + 1000])


def load_passages(library: Library, ids: Sequence[PassageId]) -> list[Passage]:
    """The passages with these ids, in this order; one that was dropped meanwhile is left out."""
    rows = library.db.query(
        """select p.id, p.first, p.last, p.header, p.text, p.page_id, g.number, g.section, g.sheet,
            c.sha256, d.id as document_id, d.path
        from passages p join pages g on g.id = p.page_id join contents c on c.id = p.content_id
        join documents d on d.id = (
            select min(id) from documents where content_id = p.content_id and current = 1)
        where p.id in (select value from json_each(?))""",
        [json.dumps(list(ids))],
    )
    found = {row["id"]: _passage(row) for row in rows}
    return [found[passage_id] for passage_id in ids if passage_id in found]


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(
        id=PassageId(row["id"]),
        document_id=DocumentId(row["document_id"]),
        page_id=PageId(row["page_id"]),
        text=row["text"],
        start=row["first"],
        end=row["last"],
        place=Place(row["path"], row["sha256"], row["number"], row["section"], row["sheet"]),
        header=row["header"],
    )


def _put_words(library: Library, passage_id: PassageId, words: str, context: str) -> None:
    library.db.execute(
        "insert into passage_words (rowid, words, context) values (?, ?, ?)", [passage_id, words, context]
    )
