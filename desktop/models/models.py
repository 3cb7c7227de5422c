"""The installed models as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from desktop.late import Late
from desktop.models.tables import Column, RowsModel
from desktop.text import number_words, size_words

if TYPE_CHECKING:
    from core.llm import servers
    from core.llm.catalog import InstalledModel
    from core.llm.servers import ServerModel
else:
    servers = Late("core.llm.servers")

translate = QCoreApplication.translate


class ModelsModel(RowsModel["InstalledModel | ServerModel"]):
    """One row a model file, or a model on a server of the firm; the one in use has a mark."""

    NAME, SIZE, QUANTIZATION, CONTEXT, LANGUAGES = range(5)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.in_use = ""
        self.columns: Sequence[Column[InstalledModel | ServerModel]] = (
            Column(
                lambda: translate("ModelsModel", "Model"),
                lambda row: row.name,
                lambda row: row.name.casefold(),
                self._mark,
            ),
            Column(
                lambda: translate("ModelsModel", "Size"),
                _size,
                lambda row: file.size if (file := file_of(row)) else 0,
                right=True,
            ),
            Column(
                lambda: translate("ModelsModel", "Precision"),
                lambda row: file.quantization if (file := file_of(row)) else "–",
                lambda row: file.quantization if (file := file_of(row)) else "",
            ),
            Column(
                lambda: translate("ModelsModel", "Context"),
                lambda row: number_words(file.context_length) if (file := file_of(row)) else "–",
                lambda row: file.context_length if (file := file_of(row)) else 0,
                right=True,
            ),
            Column(
                lambda: translate("ModelsModel", "Languages"),
                lambda row: _languages(row) or "–",
                _languages,
            ),
        )

    def _mark(self, row: InstalledModel | ServerModel) -> tuple[str, str] | None:
        return ("done", "accent") if row.name == self.in_use else ("no_claim", "border")


def file_of(row: InstalledModel | ServerModel | None) -> InstalledModel | None:
    """The model where it is a file here; None for one that runs on a server of the firm."""
    return None if isinstance(row, servers.ServerModel) else row


def _languages(row: InstalledModel | ServerModel) -> str:
    file = file_of(row)
    return ", ".join(file.languages) if file else ""


def _size(row: InstalledModel | ServerModel) -> str:
    file = file_of(row)
    return size_words(file.size) if file else translate("ModelsModel", "on a server")
