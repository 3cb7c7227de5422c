"""The documents of the library as a table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from core.index.freshness import Freshness
from core.types import DocumentState
from desktop.backend import FileRow
from desktop.models.tables import Column, RowsModel
from desktop.text import date_words, number_words, size_words, state_word

_READY = (DocumentState.INDEXED, DocumentState.UNCHANGED)
translate = QCoreApplication.translate


def is_ready(row: FileRow) -> bool:
    """Whether the file's text is searched."""
    return row.document.state in _READY


def needs_attention(row: FileRow) -> bool:
    """Whether a person has to do something before this file as it is now can bear a claim out."""
    return not is_ready(row) or row.freshness is not Freshness.AS_READ


def state_icon(row: FileRow) -> tuple[str, str]:
    """The icon and tone of a document's state."""
    if is_ready(row):
        return {
            Freshness.AS_READ: ("supported", "supported"),
            Freshness.CHANGED: ("restart", "not_found"),
            Freshness.MISSING: ("warning", "not_found"),
        }[row.freshness]
    return {
        DocumentState.EMPTY: ("could_not_check", "not_found"),
        DocumentState.ENCRYPTED: ("held", "not_found"),
        DocumentState.BROKEN: ("contradicted", "contradicted"),
        DocumentState.UNSUPPORTED: ("reject", "unchecked"),
        DocumentState.TOO_LARGE: ("warning", "not_found"),
    }[row.document.state]


_FRESHNESS = {
    Freshness.CHANGED: lambda: translate("DocumentsModel", "Outdated, changed since"),
    Freshness.MISSING: lambda: translate("DocumentsModel", "Ready, file moved away"),
}


def document_state(row: FileRow) -> str:
    """The state in words."""
    if not is_ready(row) or row.freshness is Freshness.AS_READ:
        return state_word(row.document.state)
    return _FRESHNESS[row.freshness]()


class DocumentsModel(RowsModel[FileRow]):
    """One row a file: name, state, pages, passages, size, date."""

    NAME, STATE, PAGES, PASSAGES, SIZE, ADDED = range(6)

    columns: Sequence[Column[FileRow]] = (
        Column(
            lambda: translate("DocumentsModel", "Name"),
            lambda row: PurePath(row.document.path).name,
            lambda row: os.path.basename(row.document.path).casefold(),  # of all rows: a path takes too long
        ),
        Column(lambda: translate("DocumentsModel", "State"), document_state, document_state, state_icon),
        Column(
            lambda: translate("DocumentsModel", "Pages"),
            lambda row: number_words(row.document.pages),
            lambda row: row.document.pages,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Passages"),
            lambda row: number_words(row.document.passages),
            lambda row: row.document.passages,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Size"),
            lambda row: size_words(row.document.size),
            lambda row: row.document.size,
            right=True,
        ),
        Column(
            lambda: translate("DocumentsModel", "Added"),
            lambda row: date_words(row.document.added_at),
            lambda row: row.document.added_at,
        ),
    )

    def filter_text(self, row: FileRow) -> str:
        """Name, folder and state."""
        return f"{row.document.path} {document_state(row)}"
