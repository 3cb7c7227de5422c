"""The pages, sheets or sections of one document as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.documents.sections import PATH_SEPARATOR
from core.types import Page
from desktop.models.tables import Column, RowsModel

translate = QCoreApplication.translate


def page_title(page: Page) -> str:
    """What a page is called in a list: its number, its sheet's name, or its heading set in by depth."""
    if page.number is not None:
        return str(translate("PagesModel", "Page {number}").format(number=page.number))
    if page.sheet:
        return page.sheet
    if page.section:
        *above, own = page.section.split(PATH_SEPARATOR)
        return "    " * len(above) + own
    return translate("PagesModel", "Without a heading")


class PagesModel(RowsModel[Page]):
    """One row a page."""

    columns: Sequence[Column[Page]] = (
        Column(lambda: translate("PagesModel", "Page"), page_title, page_title),
    )

    def filter_text(self, row: Page) -> str:
        """The title and the whole text."""
        return f"{row.section or ''} {row.sheet or ''} {row.text}"
