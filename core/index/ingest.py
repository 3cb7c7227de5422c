"""Files into the library: read, cut into passages, encoded, stored, one transaction a file.

What was done stays done when the program is killed: finished files are in the library whole, an unfinished
one is not there at all, and what the encoder already read of it is kept and not read again.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from core.documents.chunk import Draft, chunk
from core.documents.reader import FileContent, Reader, discover, hash_file
from core.encoders.embedder import Kind
from core.index.progress import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.index.segment import segment
from core.index.vectors import TextEmbedder, quantised
from core.index.words import context_of, digest, encoder_text, use_segmentation
from core.store.database import Library
from core.store.documents import (
    ContentId,
    StoredContent,
    StoredDocument,
    find_content,
    find_document,
    put_content,
    put_document,
    retire_document,
    same_content,
)
from core.store.facts import changed
from core.store.pages import pages_of, put_pages
from core.store.passages import NewPassage, drop_unheld, has_passages, load_passages, put_passages
from core.store.vectors import drop_unused_vectors, known_inputs, lacking_vectors, put_vectors
from core.types import DocumentState, Page, PageId, Reason

__all__ = [
    "FileDone",
    "FileStarted",
    "IngestEvent",
    "PassagesIndexed",
    "add",
    "encode_missing",
    "name_of",
]

_BATCH = 16  # texts encoded between two signs of life; at most so many are lost when killed


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage on its way into the library; ``position`` is that of its page in the file."""

    position: int
    draft: Draft
    words: str
    context: str
    input: bytes


def add(
    library: Library, paths: Sequence[Path], embedder: TextEmbedder | None
) -> Generator[IngestEvent, None, None]:
    """Load files and folders. Closing the iterator stops the run between two batches.

    A file that cannot be read is stored with its state and reason. Raises DocumentError for a path that is
    not there, and LibraryError when the library cannot be written; what was finished before stays.
    """
    use_segmentation(library)
    files = discover(paths)
    with Reader() as reader:
        for index, path in enumerate(map(Path, map(os.path.abspath, files)), 1):
            yield FileStarted(name_of(path), index, len(files))
            document = yield from _add_file(library, reader, path, embedder)
            yield FileDone(document, index, len(files))


def name_of(path: Path) -> str:
    """A path as it is stored and shown; bytes in it that are no text are spelled out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def encode_missing(library: Library, embedder: TextEmbedder) -> Generator[PassagesIndexed, None, None]:
    """Let the encoder read every passage that it has not read yet, as after a change of encoder."""
    yield from _encode_stored(library, "", None, embedder)
    drop_unused_vectors(library, embedder.identity)


def _add_file(
    library: Library, reader: Reader, path: Path, embedder: TextEmbedder | None
) -> Generator[IngestEvent, None, StoredDocument]:
    before = find_document(library, name_of(path))
    known = find_content(library, _hash(path), path.suffix.lower())
    if known is None or known.state is not DocumentState.INDEXED:
        return (yield from _read_file(library, reader, path, embedder))
    if not has_passages(library, known.id):
        # An earlier version has come back: its pages are there, its passages are not.
        pages = tuple(page for _, page in pages_of(library, known.id))
        pieces = yield from _prepared(library, path, pages, embedder)
        return _store(library, path, known, pages, pieces)
    if embedder is not None:
        yield from _encode_stored(library, name_of(path), known.id, embedder)
    if before is not None and before.sha256 == known.sha256:
        return replace(before, state=DocumentState.UNCHANGED)
    return _link(library, path, known.id)


def _read_file(
    library: Library, reader: Reader, path: Path, embedder: TextEmbedder | None
) -> Generator[IngestEvent, None, StoredDocument]:
    read = yield from _parsed(reader, path)
    pieces = yield from _prepared(library, path, read.pages, embedder)
    return _store(library, path, _content(path, read, searchable=bool(pieces)), read.pages, pieces)


def _parsed(reader: Reader, path: Path) -> Generator[PassagesIndexed, None, FileContent]:
    with closing(reader.steps(path)) as steps:
        for content in steps:
            if content is not None:
                return content
            yield PassagesIndexed(name_of(path), 0, 0)
    raise AssertionError("the last step is the content")


def _hash(path: Path) -> str:
    try:
        return hash_file(path)
    except OSError:
        return ""  # no content is stored under it: the reader is asked and says what is wrong


def _content(path: Path, read: FileContent, *, searchable: bool) -> StoredContent:
    """A file whose bytes could not be read has no hash: its path keeps it apart from others. One whose text
    holds no letter or digit is as good as empty.
    """
    suffix = path.suffix.lower() if read.sha256 else name_of(path)
    state, reason = read.state, read.reason
    if state is DocumentState.INDEXED and not searchable:
        state, reason = DocumentState.EMPTY, Reason("file_no_text")
    return StoredContent(ContentId(0), read.sha256, suffix, read.format, read.size, state, reason)


def _prepared(
    library: Library, path: Path, pages: Sequence[Page], embedder: TextEmbedder | None
) -> Generator[PassagesIndexed, None, list[_Piece]]:
    """Do all the slow work before the file's transaction: cut, segment, encode, a batch at a time."""
    drafts = [(position, page, draft) for position, page in enumerate(pages) for draft in chunk(page)]
    pieces: list[_Piece] = []
    for begin in range(0, len(drafts), _BATCH):
        batch = drafts[begin : begin + _BATCH]
        made = [_piece(path, position, page, draft) for position, page, draft in batch]
        if embedder is not None:
            texts = [
                encoder_text(page.section, page.sheet, draft.header, draft.text) for _, page, draft in batch
            ]
            _encode(library, dict(zip((piece.input for piece in made), texts, strict=True)), embedder)
        pieces.extend(made)
        yield PassagesIndexed(name_of(path), len(pieces), len(drafts))
    return pieces


def _piece(path: Path, position: int, page: Page, draft: Draft) -> _Piece:
    return _Piece(
        position=position,
        draft=draft,
        words=segment(draft.text),
        context=segment(context_of(name_of(path), page.section, page.sheet, draft.header)),
        input=digest(encoder_text(page.section, page.sheet, draft.header, draft.text)),
    )


def _encode(library: Library, texts: dict[bytes, str], embedder: TextEmbedder) -> None:
    """Have the vectors of these texts stored; what the encoder knows already it does not read again."""
    known = known_inputs(library, embedder.identity, list(texts))
    new = [key for key in texts if key not in known]
    if new:
        made = quantised(embedder.embed([texts[key] for key in new], Kind.PASSAGE))
        put_vectors(library, embedder.identity, dict(zip(new, made, strict=True)))


def _encode_stored(
    library: Library, name: str, content: ContentId | None, embedder: TextEmbedder
) -> Iterator[PassagesIndexed]:
    lacking = lacking_vectors(library, embedder.identity, content)
    for begin in range(0, len(lacking), _BATCH):
        passages = load_passages(library, lacking[begin : begin + _BATCH])
        texts = [encoder_text(p.place.section, p.place.sheet, p.header, p.text) for p in passages]
        _encode(library, {digest(text): text for text in texts}, embedder)
        changed(library)
        yield PassagesIndexed(name, min(begin + _BATCH, len(lacking)), len(lacking))


def _store(
    library: Library, path: Path, content: StoredContent, pages: Sequence[Page], pieces: Sequence[_Piece]
) -> StoredDocument:
    """Write a file's content in one transaction, unless another process did so meanwhile."""
    with library.writing():
        stored = find_content(library, content.sha256, content.suffix)
        if stored is None or not has_passages(library, stored.id):
            content_id = put_content(library, content)
            page_ids = put_pages(library, content_id, pages)
            put_passages(library, content_id, [_passage(piece, page_ids) for piece in pieces])
        else:
            content_id = stored.id
        return _link(library, path, content_id)


def _passage(piece: _Piece, page_ids: Sequence[PageId]) -> NewPassage:
    draft = piece.draft
    return NewPassage(
        page_id=page_ids[piece.position],
        start=draft.start,
        end=draft.end,
        text=draft.text,
        header=draft.header,
        words=piece.words,
        context=piece.context,
        input=piece.input,
    )


def _link(library: Library, path: Path, content: ContentId) -> StoredDocument:
    """Make the content the path's current version, and let go of paths that this file moved away from."""
    with library.writing():
        put_document(library, name_of(path), content)
        for other in same_content(library, content):
            if other.path != name_of(path) and other.missing:
                retire_document(library, other.path)
        drop_unheld(library)
        document = find_document(library, name_of(path))
    assert document is not None
    return document
