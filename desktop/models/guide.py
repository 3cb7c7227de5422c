"""The pages of the guide as a list; the filter looks into their whole text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.guide import GuidePage
from desktop.models.tables import Column, RowsModel

translate = QCoreApplication.translate


class GuideModel(RowsModel[GuidePage]):
    """One row a page."""

    columns: Sequence[Column[GuidePage]] = (
        Column(lambda: translate("GuideModel", "Page"), lambda row: row.title, lambda row: row.name),
    )

    def filter_text(self, row: GuidePage) -> str:
        """Title and text."""
        return row.text
