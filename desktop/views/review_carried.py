"""Reviewing on the reviewer's own computer: the answers of a review file, under a banner that says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.text import date_words
from desktop.views.reviewing import Reviewing
from desktop.widgets.basic import button, column, label, notice, row

if TYPE_CHECKING:
    from desktop.carry_backend import CarriedFile

_SHOWN_ID = 12  # characters of the library's id
_PEOPLE, _NAME = 6, 40  # names that are shown, and characters of each: anybody can have written the file


class CarriedReview(Reviewing):
    """The queue and the answers of a file. It ends when the file is closed.

    Signals:
        closed: the file is looked at no longer
    """

    closed = Signal()

    def __init__(self, file: CarriedFile) -> None:
        # A review file answers all that these pages ask of a backend; the rest of a backend it has not.
        super().__init__(cast("Backend", file), carried=True)
        self.file = file
        self._layout.insertWidget(0, self._build_banner())
        self._layout.setStretch(1, 1)
        self.retranslate()

    @Slot()
    def choose_out(self) -> None:
        """Ask for another file of decisions; one that is there is added to."""
        dialog = QFileDialog(self, self.tr("Write decisions to"), str(self.file.out))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(self.tr("Decisions (*.jsonl)"))
        dialog.setDefaultSuffix("jsonl")
        dialog.selectFile(str(self.file.out))
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    @Slot(str)
    def write_to(self, name: str) -> None:
        """Add decisions to another file."""
        path, file = Path(name), self.file
        start_call(lambda: file.write_to(path), self._out_chosen, self.failed)

    def retranslate(self) -> None:
        """Say where the answers come from and where the decisions go."""
        origin = self.file.origin
        self._title.setText(
            self.tr("You are looking at a review file, not at your library: {name}").format(
                name=origin.path.name
            )
        )
        self._origin.setText(
            self.tr(
                "Library {library}, written {date}, signed with the key {key}. Compare this fingerprint once "
                "with the one that the library's owner names. Meant for: {people}."
            ).format(
                library=origin.library_id[:_SHOWN_ID],
                date=date_words(origin.created_at),
                key=origin.key,
                people=_names(origin.people),
            )
        )
        self._target.setText(
            self.tr("Signed decisions are added to {path}. Send that file back.").format(path=self.file.out)
        )
        self.elsewhere.setText(self.tr("Write elsewhere…"))
        self.close_file.setText(self.tr("Close the file"))

    def _build_banner(self) -> QWidget:
        banner = notice()
        self._title, self._origin = label(kind="strong", wrap=True), label(wrap=True, selectable=True)
        self._target = label(wrap=True, selectable=True)
        self.elsewhere, self.close_file = button("export"), button("clear")
        self.elsewhere.clicked.connect(self.choose_out)
        self.close_file.clicked.connect(self.closed)
        words, buttons = column(gap=1), column(gap=2)
        for line in (self._title, self._origin, self._target):
            line.setSizePolicy(
                QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred
            )  # no higher than said
            words.addWidget(line)
        words.addStretch(1)
        for deed in (self.elsewhere, self.close_file):
            buttons.addWidget(deed)
        buttons.addStretch(1)
        inside = row(banner, margin=3, gap=4)
        inside.addLayout(words, 1)
        inside.addLayout(buttons)
        return banner

    @Slot(object)
    def _out_chosen(self, path: Path) -> None:  # noqa: ARG002
        self.retranslate()
        self.refresh()


def _names(people: tuple[str, ...]) -> str:
    """Whom a file is for, the first of them where they are many."""
    shown = [" ".join(name.split())[:_NAME] for name in people[:_PEOPLE]]
    return ", ".join([*shown, "…"] if len(people) > _PEOPLE else shown)
