"""The documents of the library as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from core.store.documents import StoredDocument
from core.types import DocumentState
from desktop.models.tables import Column, RowsModel
from desktop.text import date_words, number_words, size_words, state_word

_READY = (DocumentState.INDEXED, DocumentState.UNCHANGED)
translate = QCoreApplication.translate


def needs_attention(document: StoredDocument) -> bool:
    """Whether a person has to do something before this file can bear a claim out."""
    return document.state not in _READY or document.missing


def state_icon(document: StoredDocument) -> tuple[str, str]:
    """The icon and tone of a document's state."""
    if document.state in _READY:
        return ("warning", "not_found") if document.missing else ("supported", "supported")
    return {
        DocumentState.EMPTY: ("could_not_check", "not_found"),
        DocumentState.ENCRYPTED: ("held", "not_found"),
        DocumentState.BROKEN: ("contradicted", "contradicted"),
        DocumentState.UNSUPPORTED: ("reject", "unchecked"),
        DocumentState.TOO_LARGE: ("warning", "not_found"),
    }[document.state]


def document_state(document: StoredDocument) -> str:
    """The state in words."""
    if document.state in _READY and document.missing:
        return translate("DocumentsModel", "Ready, file moved away")
    return state_word(document.state)


class DocumentsModel(RowsModel[StoredDocument]):
    """One row a file: name, state, pages, passages, size, date."""

    NAME, STATE, PAGES, PASSAGES, SIZE, ADDED = range(6)

    columns: Sequence[Column[StoredDocument]] = (
        Column(
            lambda: translate("DocumentsModel", "Name"),
            lambda row: PurePath(row.path).name,
            lambda row: PurePath(row.path).name.casefold(),
        ),
        Column(lambda: translate("DocumentsModel", "State"), document_state, document_state, state_icon),
        Column(
            lambda: translate("DocumentsModel", "Pages"),
            lambda row: number_words(row.pages),
            lambda row: row.pages,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Passages"),
            lambda row: number_words(row.passages),
            lambda row: row.passages,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Size"),
            lambda row: size_words(row.size),
            lambda row: row.size,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Added"),
            lambda row: date_words(row.added_at),
            lambda row: row.added_at,
        ),
    )

    def filter_text(self, row: StoredDocument) -> str:
        """Name, folder and state."""
        return f"{row.path} {document_state(row)}"
