"""Documents: which path held which content since when, and what became of reading it.

A *content* is what a file holds, known by its hash and its name's ending. Two paths with the same content
share its pages and passages, so that one text never counts as two pieces of evidence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NewType

from core.errors import AuditError, LibraryError
from core.store import audit_log, chain
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import DocumentId, DocumentState, Reason, Standing

ContentId = NewType("ContentId", int)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One version of one file. ``current`` is False for a version that was replaced or removed: it is no
    longer searched, its pages stay for old answers. ``added_at`` is ISO 8601 in UTC.
    """

    id: DocumentId
    path: str
    sha256: str
    format: str
    size: int
    state: DocumentState
    reason: Reason | None
    pages: int
    passages: int
    added_at: str
    current: bool

    @property
    def missing(self) -> bool:
        """Whether the file is no longer where it was; what was read from it is still searched."""
        return not Path(self.path).exists()


@dataclass(frozen=True, slots=True)
class StoredContent:
    """What was read from files with this hash and ending."""

    id: ContentId
    sha256: str
    suffix: str
    format: str
    size: int
    state: DocumentState
    reason: Reason | None


_DOCUMENT = """select d.id, d.path, d.added_at, d.current, c.sha256, c.format, c.size, c.state, c.reason,
    (select count(*) from pages where content_id = c.id) as pages,
    (select count(*) from passages where content_id = c.id) as passages
    from documents d join contents c on c.id = d.content_id """


def list_documents(library: Library, *, current_only: bool = True) -> tuple[StoredDocument, ...]:
    """All documents by path, newest version first."""
    query = _DOCUMENT + "where d.current >= ? order by d.path, d.id desc"
    return tuple(_document(row) for row in library.db.query(query, [int(current_only)]))


def versions(library: Library, path: str) -> tuple[StoredDocument, ...]:
    """Every version of one path that the library has seen, newest first."""
    query = _DOCUMENT + "where d.path = ? order by d.id desc"
    return tuple(_document(row) for row in library.db.query(query, [path]))


def find_document(library: Library, path: str) -> StoredDocument | None:
    """The current version of one path."""
    query = _DOCUMENT + "where d.path = ? and d.current = 1"
    return next((_document(row) for row in library.db.query(query, [path])), None)


def with_hash(library: Library, sha256: str) -> tuple[StoredDocument, ...]:
    """Every version of any path that held these bytes, the newest first; none once it was forgotten."""
    query = _DOCUMENT + "where c.sha256 = ? order by d.id desc"
    return tuple(_document(row) for row in library.db.query(query, [sha256]))


def same_content(library: Library, content: ContentId) -> tuple[StoredDocument, ...]:
    """The current documents that hold this content, the oldest first: that one names its evidence."""
    query = _DOCUMENT + "where d.content_id = ? and d.current = 1 order by d.id"
    return tuple(_document(row) for row in library.db.query(query, [content]))


def count_passages(library: Library) -> int:
    """How many passages can be found; 0 means that nothing can be checked."""
    return int(library.db.execute("select count(*) from passages").fetchone()[0])


def encoders(library: Library) -> dict[str, int]:
    """How many passages each encoder has read, by the encoder's identity."""
    rows = library.db.execute(
        """select e.identity, count(*) from encoders e join vectors v on v.encoder_id = e.id
        join passages p on p.input = v.input group by e.id order by e.id"""
    )
    return {str(identity): int(count) for identity, count in rows.fetchall()}


def find_content(library: Library, sha256: str, suffix: str) -> StoredContent | None:
    """What is known of files with this hash and ending (lower case, with the dot)."""
    rows = library.db.query("select * from contents where sha256 = ? and suffix = ?", [sha256, suffix])
    return next((_content(row) for row in rows), None)


def put_content(library: Library, content: StoredContent) -> ContentId:
    """Store what was read (``content.id`` is ignored), in place of an earlier attempt at the same bytes."""
    reason = (
        None if content.reason is None else json.dumps([content.reason.code, dict(content.reason.params)])
    )
    values = [content.format, content.size, content.state.value, reason, _now()]
    with library.writing() as db:
        row = db.execute(
            """insert into contents (format, size, state, reason, read_at, sha256, suffix)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (sha256, suffix) do update set format = excluded.format, size = excluded.size,
            state = excluded.state, reason = excluded.reason, read_at = excluded.read_at returning id""",
            [*values, content.sha256, content.suffix],
        ).fetchone()
    return ContentId(row[0])


def put_document(library: Library, path: str, content: ContentId) -> StoredDocument:
    """Make this content the current version of the path; the version before it stays known."""
    with library.writing() as db:
        held = db.execute(
            "select content_id from documents where path = ? and current = 1", [path]
        ).fetchone()
        before = None if held is None else find_document(library, path)
        if held is None or held[0] != content:
            db.execute("update documents set current = 0 where path = ? and current = 1", [path])
            db.execute(
                "insert into documents (path, content_id, added_at, current) values (?, ?, ?, 1)",
                [path, content, _now()],
            )
        document = find_document(library, path)
        assert document is not None
        if before is None or document.id != before.id:
            _record(library, "added" if before is None else "replaced", document, before)
    return document


def retire_document(library: Library, path: str) -> None:
    """Make no version of a path current. Raises LibraryError when none is."""
    with library.writing() as db:
        document = find_document(library, path)
        if document is None:
            raise LibraryError("library_no_such_document", path=path)
        db.execute("update documents set current = 0 where path = ? and current = 1", [path])
        _record(library, "removed", document)


def delete_versions(library: Library, path: str) -> None:
    """Delete every version of a path, and the contents with their pages that no other path ever held.

    The log forgets the path, too. Raises LibraryError when the library never held it, AuditError while a
    legal hold keeps everything.
    """
    with library.writing() as db:
        newest = next(iter(versions(library, path)), None)
        if newest is None:
            raise LibraryError("library_no_such_document", path=path)
        if any(not hold.answer_id for hold in audit_log.holds(library)):
            raise AuditError("forget_held")
        db.execute("delete from documents where path = ?", [path])
        db.execute("delete from standings where path = ?", [path])
        erased = audit_log.erase_shared(library, "path", path)
        body = {"action": "forgotten", "sha256": newest.sha256, "erased": list(erased)}
        chain.append(library, RecordKind.DOCUMENT, body)
        db.execute("delete from contents where id not in (select content_id from documents)")


def unheld_contents(library: Library) -> Sequence[ContentId]:
    """Contents that still have passages though no current document holds them."""
    query = """select distinct content_id from documents d where current = 0
        and not exists (select 1 from documents where content_id = d.content_id and current = 1)
        and exists (select 1 from passages where content_id = d.content_id)"""
    return [ContentId(row[0]) for row in library.db.execute(query).fetchall()]


def record_standing(library: Library, document: StoredDocument, standing: Standing) -> None:
    """Tell the audit log what standing a document was given."""
    body = {
        "action": "standing",
        "sha256": document.sha256,
        "authority": standing.authority,
        "valid_from": standing.valid_from,
        "valid_until": standing.valid_until,
    }
    chain.append(library, RecordKind.DOCUMENT, body, {"path": document.path})


def _record(
    library: Library, action: str, document: StoredDocument, before: StoredDocument | None = None
) -> None:
    """Tell the audit log, in the transaction of the change itself."""
    body = {
        "action": action,
        "sha256": document.sha256,
        "state": document.state.value,
        "replaces": before.sha256 if before else None,
    }
    chain.append(library, RecordKind.DOCUMENT, body, {"path": document.path})


def _document(row: Mapping[str, Any]) -> StoredDocument:
    return StoredDocument(
        id=DocumentId(row["id"]),
        path=row["path"],
        sha256=row["sha256"],
        format=row["format"],
        size=row["size"],
        state=DocumentState(row["state"]),
        reason=_reason(row["reason"]),
        pages=row["pages"],
        passages=row["passages"],
        added_at=row["added_at"],
        current=bool(row["current"]),
    )


def _content(row: Mapping[str, Any]) -> StoredContent:
    return StoredContent(
        id=ContentId(row["id"]),
        sha256=row["sha256"],
        suffix=row["suffix"],
        format=row["format"],
        size=row["size"],
        state=DocumentState(row["state"]),
        reason=_reason(row["reason"]),
    )


def _reason(text: str | None) -> Reason | None:
    if text is None:
        return None
    code, params = json.loads(text)
    return Reason(code, params)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
