"""Check a text: an answer that came from elsewhere is checked as our own are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget, QWidget

from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.base import View
from desktop.views.result import ResultView
from desktop.widgets.basic import button, card, column, label, row
from desktop.widgets.offer import Offer
from desktop.widgets.plain_box import PlainBox


class CheckView(View):
    """Paste a text, name the question it answers if there was one, and check it.

    Signals:
        answered: the text has been checked and recorded
    """

    answered = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.result = ResultView(backend)
        self._stack = QStackedWidget()
        self._form = self._build_form()
        self._stack.addWidget(self._form)
        self._stack.addWidget(self._build_outcome())
        column(self, margin=6).addWidget(self._stack)
        self.result.ended.connect(self._ended)
        self.result.finished.connect(self.answered)
        for offer in self.offers:
            self.result.finished.connect(offer.sent)
        self.result.decided.connect(self.answered)
        self.result.failed.connect(self.failed)
        self.retranslate()
        self._look()

    @Slot()
    def start(self) -> None:
        """Check what stands in the box."""
        text = self.text.toPlainText().strip()
        question = self.question.text().strip() or None
        if not text or self.result.running:
            return
        self._stack.setCurrentIndex(1)
        self.result.run(lambda: self.backend.check_text(text, question), self.tr("Checking every claim"))
        self.result.text.add_draft(text)

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Take the text of a file: it is read, shown and can be changed before it is checked."""
        start_call(lambda: self.backend.text_of_file(path), self._read, self.failed)

    @Slot(str)
    def _read(self, text: str) -> None:
        before = self.text.toPlainText().strip()
        self.text.replace_all("\n\n".join(part for part in (before, text.strip()) if part))
        self.text.setFocus()

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.open_file(Path(name))

    @Slot()
    def edit(self) -> None:
        """Back to the text."""
        if not self.result.running:
            self._stack.setCurrentIndex(0)
            self.text.setFocus()

    def refresh(self) -> None:
        """Ready to type, where the text is shown."""
        if self._stack.currentIndex() == 0:
            self.text.setFocus()

    def use_typed(self, typed: Typed) -> None:
        """Keep the text, its question and what is typed about the outcome."""
        for offer in self.offers:
            offer.use(typed)
        self.result.use_typed(typed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Check a text"))
        self._explain.setText(
            self.tr(
                "Paste an answer, an e-mail or a draft that came from elsewhere. Every claim in it is "
                "checked against your documents; the text itself is not changed."
            )
        )
        self._text_label.setText(self.tr("Text"))
        self.text.setPlaceholderText(self.tr("Paste the text here, or drop a file that holds it"))
        self._open.setText(self.tr("Open a file…"))
        self.text.setAccessibleName(self.tr("Text to check"))
        self._question_label.setText(self.tr("Question it answers (optional)"))
        self.question.setAccessibleName(self.tr("Question it answers"))
        self.go.setText(self.tr("Check"))
        self._back.setText(self.tr("Change the text"))

    def _build_form(self) -> QWidget:
        page = QWidget()
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        self._text_label, self._question_label = label(kind="strong"), label(kind="strong")
        self.text, self.question = PlainBox(), QLineEdit()
        self.text.textChanged.connect(self._look)
        self.question.returnPressed.connect(self.start)
        self.go = button("check", "primary")
        self.go.clicked.connect(self.start)
        frame = card()
        inside = column(frame, margin=5, gap=2)
        inside.addWidget(self._text_label)
        inside.addWidget(self.text, 1)
        inside.addSpacing(space(1))
        inside.addWidget(self._question_label)
        inside.addWidget(self.question)
        inside.addSpacing(space(2))
        self._open = button("folder")
        self._open.clicked.connect(self._choose)
        self.text.file_dropped.connect(self.open_file)
        line = row(gap=2)
        line.addWidget(self._open)
        line.addStretch(1)
        line.addWidget(self.go)
        inside.addLayout(line)
        layout = column(page, gap=2)
        layout.addWidget(self._title)
        layout.addWidget(self._explain)
        layout.addSpacing(space(2))
        self.offers = (Offer("check text", self.text), Offer("check question", self.question))
        for offer in self.offers:
            layout.addWidget(offer)
        layout.addWidget(frame, 1)
        return page

    def _build_outcome(self) -> QWidget:
        page = QWidget()
        self._back = button("back", "plain")
        self._back.clicked.connect(self.edit)
        head = row()
        head.addWidget(self._back)
        head.addStretch(1)
        layout = column(page, gap=2)
        layout.addLayout(head)
        layout.addWidget(self.result, 1)
        return page

    @Slot()
    def _look(self) -> None:
        self.go.setEnabled(bool(self.text.toPlainText().strip()))

    @Slot()
    def _ended(self) -> None:
        if self.result.answer is None:
            self.edit()
