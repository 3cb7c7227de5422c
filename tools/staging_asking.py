"""The pictures of the start, the documents, questions and checked texts."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path

from tools.staging_base import Scenes, wait


def unreadable(folder: Path) -> None:
    """Three files as they turn up in every company: a scan, a broken one, a kind that is not read."""
    import pypdfium2

    scan = pypdfium2.PdfDocument.new()
    page = scan.new_page(595, 842)
    bitmap = pypdfium2.PdfBitmap.new_native(60, 84, 3)  # BGR
    bitmap.fill_rect((235, 238, 240, 255), 0, 0, 60, 84)
    picture = pypdfium2.PdfImage.new(scan)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    scan.save(folder / "scan_0042.pdf")
    (folder / "minutes_old.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic")


class AskingScenes(Scenes):
    """Documents are read once; the letter is checked once."""

    def filled(self) -> None:
        """The library holds the documents."""
        documents = self.window.documents
        unreadable(self.folder)
        self.window.open_screen(documents)
        documents.add([self.folder])
        self.until(lambda: not documents.running and bool(documents.model.rows))

    def checked(self) -> None:
        """The supplied letter was checked."""
        from core.sample import SAMPLE

        self.once(self.filled)
        check = self.window.check
        self.window.open_screen(check)
        check.text.setPlainText((SAMPLE / f"letter_{self.language}.md").read_text(encoding="utf-8"))
        check.start()
        self.until(lambda: not check.result.running)
        self.pages(check)

    def welcome(self) -> None:
        """The first start."""
        self.both("welcome", self.window.welcome)

    def documents(self) -> None:
        """The list, with a file that cannot be read."""
        self.once(self.filled)
        documents = self.window.documents
        names = [Path(row.document.path).name for row in documents.model.rows]
        documents.table.selectRow(names.index("scan_0042.pdf"))
        self.both("documents", documents)
        self.window._status(self.window.backend.readiness())

    def preview(self) -> None:
        """What was read from a workbook."""
        self.once(self.filled)
        documents = self.window.documents
        books = [row for row in documents.model.rows if row.document.path.endswith(".xlsx")]
        documents.preview(books[-1].document)
        self.until(lambda: bool(documents.reading.model.rows))
        self.both("preview", documents)
        documents.show_list()

    def retrieval(self) -> None:
        """The passages that a question finds."""
        self.once(self.filled)
        documents = self.window.documents
        documents.test_retrieval()
        documents.retrieval.question.setText(self.questions()[1])
        documents.retrieval.search()
        self.until(lambda: bool(documents.retrieval.cards))
        self.both("retrieval", documents)
        documents.show_list()

    def ask_empty(self) -> None:
        """Before the first question."""
        self.once(self.filled)
        self.both("ask-empty", self.window.ask)

    def ask(self) -> None:
        """An answer while it is written, and checked."""
        self.once(self.filled)
        ask = self.window.ask
        self.window.open_screen(ask)
        ask.ask(self.questions()[1])
        self.until(lambda: bool(ask.result.text.toPlainText()) or not ask.result.running)
        self.snap("ask-running", "light")
        self.until(lambda: not ask.result.running)
        self.pages(ask)
        self.both("ask", ask)

    def check_empty(self) -> None:
        """Before a text is checked."""
        self.once(self.filled)
        self.both("check-empty", self.window.check)

    def check(self) -> None:
        """The supplied letter, checked."""
        self.once(self.checked)
        self.both("check", self.window.check)

    def release(self) -> None:
        """The dialog of a release, with a correction from the evidence put in."""
        from core.settings import Theme

        self.once(self.checked)
        uses = self.window.check.result.uses
        self.window.open_screen(self.window.check)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            uses.ask_release()
            dialog = uses.dialog
            assert dialog is not None
            dialog.edit.put_in()
            wait(400)
            self.grab("release", theme.value, dialog)
            dialog.reject()

    def history(self) -> None:
        """Past answers."""
        self.once(self.checked)
        window = self.window
        window.open_screen(window.history)
        self.until(lambda: bool(window.history.model.rows))
        self.both("history", window.history)
