"""The scripted documents of the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from core.index.freshness import Freshness
from core.index.ingest import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.store.documents import StoredDocument
from core.types import (
    DocumentId,
    DocumentState,
    Hit,
    Page,
    Place,
    Reason,
    Standing,
)
from desktop.backend import FileRow

from .fake_data import HIT, SHEET, document_of


class FakeDocuments:
    """Set ``error`` to have a call refused."""

    calls: list[tuple[object, ...]]
    error: Exception | None

    def __init__(self) -> None:
        super().__init__()
        self.listed: tuple[StoredDocument, ...] = (
            document_of(1, "conftest.py", DocumentState.INDEXED),
            document_of(2, "scan.pdf", DocumentState.EMPTY, Reason("file_scan", {"pages": 2})),
        )
        self.freshness = Freshness.AS_READ
        self.versions_seen = 1
        self.standings: dict[str, Standing] = {}
        self.page = SHEET
        self.read: tuple[Page, ...] = (
            Page("Hotels cost up to 130 €.", section="4 Travel > Hotels"),
            Page("Receipts are due in 30 days.", section="9 Claims"),
            SHEET,
        )

    def add_documents(self, paths: Sequence[Path]) -> Iterator[IngestEvent]:
        self.calls.append(("add", *paths))
        if self.error is not None:
            raise self.error
        for index, document in enumerate(self.listed, 1):
            yield FileStarted(document.path, index, len(self.listed))
            yield PassagesIndexed(document.path, document.passages, document.passages)
            yield FileDone(document, index, len(self.listed))

    def files(self) -> tuple[FileRow, ...]:
        return tuple(
            FileRow(each, self.freshness, self.versions_seen, self.standings.get(each.path, Standing()))
            for each in self.listed
        )

    def versions(self, path: str) -> tuple[StoredDocument, ...]:
        now = next((document for document in self.listed if document.path == path), None)
        if now is None:
            return ()
        return (now, replace(now, id=DocumentId(99), sha256="0d" * 32, current=False))

    def pages(self, document: StoredDocument) -> tuple[Page, ...]:
        self.calls.append(("pages", document.sha256))
        return self.read

    def evidence_page(self, place: Place, start: int, text: str) -> Page:
        self.calls.append(("evidence_page", place.document, start))
        if self.error is not None:
            raise self.error
        return self.page

    def find_passages(self, question: str) -> tuple[Hit, ...]:
        self.calls.append(("find", question))
        return (HIT, replace(HIT, word_rank=None, vector_rank=2))

    def remove_document(self, path: str) -> None:
        self.calls.append(("remove", path))
        self.listed = tuple(document for document in self.listed if document.path != path)

    def set_standing(self, path: str, standing: Standing) -> Standing:
        self.calls.append(("set_standing", path, standing))
        if self.error is not None:
            raise self.error
        self.standings[path] = standing
        return standing

    def page_image(self, document: str, sha256: str, page: int, scale: float) -> SimpleNamespace:
        self.calls.append(("page", document, page))
        if self.error is not None:
            raise self.error
        return SimpleNamespace(
            width=60, height=80, rgb=b"\xff" * 60 * 80 * 3, points_width=600, points_height=800
        )
