"""The installed models as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.tables import Column, RowsModel
from desktop.text import number_words, size_words

if TYPE_CHECKING:
    from core.llm.catalog import InstalledModel

translate = QCoreApplication.translate


class ModelsModel(RowsModel["InstalledModel"]):
    """One row a model file; the one in use has a mark."""

    NAME, SIZE, QUANTIZATION, CONTEXT, LANGUAGES = range(5)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.in_use = ""
        self.columns: Sequence[Column[InstalledModel]] = (
            Column(
                lambda: translate("ModelsModel", "Model"),
                lambda row: row.name,
                lambda row: row.name.casefold(),
                self._mark,
            ),
            Column(
                lambda: translate("ModelsModel", "Size"),
                lambda row: size_words(row.size),
                lambda row: row.size,
                right=True,
            ),
            Column(
                lambda: translate("ModelsModel", "Precision"),
                lambda row: row.quantization,
                lambda row: row.quantization,
            ),
            Column(
                lambda: translate("ModelsModel", "Context"),
                lambda row: number_words(row.context_length),
                lambda row: row.context_length,
                right=True,
            ),
            Column(
                lambda: translate("ModelsModel", "Languages"),
                lambda row: ", ".join(row.languages) or "–",
                lambda row: ", ".join(row.languages),
            ),
        )

    def _mark(self, row: InstalledModel) -> tuple[str, str] | None:
        return ("done", "accent") if row.name == self.in_use else ("no_claim", "border")
