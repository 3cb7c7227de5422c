"""The parts that Touchstone is made of as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.tables import Column, RowsModel

if TYPE_CHECKING:
    from core.parts import Part

translate = QCoreApplication.translate


class PartsModel(RowsModel["Part"]):
    """One row a part: name, version, licence."""

    NAME, VERSION, LICENCE = range(3)

    columns: Sequence[Column[Part]] = (
        Column(
            lambda: translate("PartsModel", "Part"), lambda row: row.name, lambda row: row.name.casefold()
        ),
        Column(lambda: translate("PartsModel", "Version"), lambda row: row.version, lambda row: row.version),
        Column(
            lambda: translate("PartsModel", "Licence"),
            lambda row: row.licence,
            lambda row: row.licence.casefold(),
        ),
    )
