"""The documents of the library as a table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from core.index.freshness import Freshness
from core.types import DocumentState, Force, Standing
from desktop.backend import FileRow
from desktop.models.tables import Column, RowsModel
from desktop.text import date_words, number_words, size_words, state_word

_READY = (DocumentState.INDEXED, DocumentState.UNCHANGED)
translate = QCoreApplication.translate


_FORCES = {
    Force.NOW: lambda: translate("DocumentsModel", "In force"),
    Force.PAST: lambda: translate("DocumentsModel", "No longer in force"),
    Force.FUTURE: lambda: translate("DocumentsModel", "Not yet in force"),
}


def force_word(force: Force) -> str:
    """Whether a document holds, in words."""
    return _FORCES[force]()


def force_today(standing: Standing) -> Force:
    """Whether a document holds today, as the checker will see it: in UTC."""
    return standing.force(datetime.now(UTC).date().isoformat())


def is_ready(row: FileRow) -> bool:
    """Whether the file's text is searched."""
    return row.document.state in _READY


def needs_attention(row: FileRow) -> bool:
    """Whether a person has to do something before this file as it is now can bear a claim out."""
    return not is_ready(row) or row.freshness is not Freshness.AS_READ


def state_icon(row: FileRow) -> tuple[str, str]:
    """The icon and tone of a document's state."""
    if is_ready(row):
        if row.freshness is Freshness.AS_READ and force_today(row.standing) is not Force.NOW:
            return "warning", "not_found"
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
    if not is_ready(row):
        return state_word(row.document.state)
    if row.freshness is Freshness.AS_READ:
        force = force_today(row.standing)
        return state_word(row.document.state) if force is Force.NOW else force_word(force)
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
