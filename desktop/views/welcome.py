"""Welcome: the first run. Language, what is ready, and one button to a first checked answer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton, QSizePolicy

from core.index.progress import FileDone, FileStarted, IngestEvent
from core.settings import Speech
from core.types import Language
from desktop import icons
from desktop.backend import Backend, Readiness
from desktop.jobs import Job
from desktop.theme import colors, space
from desktop.views.base import View
from desktop.widgets.basic import button, card, column, label, row, rule
from desktop.widgets.flow import Flow
from desktop.widgets.run_progress import RunProgress

_LANGUAGES = (Language.EN, Language.ZH)


class WelcomeView(View):
    """Shown while the library is empty and nothing has been asked.

    Signals:
        changed: the sample has been read
        first_question: a question to ask now
        settings_wanted: new Settings (the language)
        documents_wanted: the user wants to add documents of their own
    """

    changed = Signal()
    first_question = Signal(str)
    settings_wanted = Signal(object)
    documents_wanted = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._job: Job | None = None
        self._readiness: Readiness | None = None
        self._model: str | None = None
        self._sample_language = Language.EN
        self._done = 0
        self._build()
        self.retranslate()

    def show_readiness(self, readiness: Readiness) -> None:
        """Say what is there."""
        self._readiness = readiness
        self.retranslate()

    def show_model(self, name: str) -> None:
        """Say which model answers; empty: there is none."""
        self._model = name
        self._show_states()

    @Slot()
    def try_sample(self) -> None:
        """Read the sample library, then ask a first question."""
        if self._job is not None:
            return
        self._sample_language = self.language
        files = self.backend.sample_files(self._sample_language)
        self._done = 0
        self._try.setEnabled(False)
        self.progress.show()
        self.progress.begin(self.tr("Reading the sample documents"))
        self._job = Job(lambda: self.backend.add_documents(files))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)
        self._job.start()

    def refresh(self) -> None:
        """The one button has the focus, so that Enter is enough."""
        self._try.setFocus()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Welcome to Touchstone"))
        self._explain.setText(
            self.tr(
                "Ask a model on this computer about your documents. Every claim of its answer is checked "
                "against them before anyone acts on it. Nothing leaves this computer."
            )
        )
        self._try.setText(self.tr("Try the sample"))
        self._own.setText(self.tr("Add my own documents"))
        self._sample_note.setText(
            self.tr("Reads a few documents of an invented company and asks a first question about them.")
        )
        for language, choice in zip(_LANGUAGES, self._choices, strict=True):
            choice.setChecked(language is self.language)
        self._show_states()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_states()

    def _build(self) -> None:
        frame = card()
        frame.setFixedWidth(space(150))
        inside = column(frame, margin=8, gap=3)
        inside.addLayout(self._build_head())
        self._explain = label(wrap=True)
        inside.addWidget(self._explain)
        inside.addSpacing(space(1))
        inside.addWidget(rule())
        self._states = column(gap=2)
        self._state_lines = [(label(), label(wrap=True)) for _ in range(3)]
        for mark, words in self._state_lines:
            line = row(gap=2)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(words, 1)
            self._states.addLayout(line)
        inside.addLayout(self._states)
        inside.addWidget(rule())
        inside.addSpacing(space(1))
        self._try, self._own = button("play", "primary"), button("documents")
        self._try.clicked.connect(self.try_sample)
        self._own.clicked.connect(self.documents_wanted)
        actions = Flow()
        actions.add(self._try, self._own)
        inside.addWidget(actions)
        self._sample_note = label(kind="caption", wrap=True)
        inside.addWidget(self._sample_note)
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self._stop)
        self.progress.hide()
        inside.addWidget(self.progress)
        layout = column(self, margin=6)
        layout.addStretch(2)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(frame)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def _build_head(self) -> QLayout:
        self._title = label(kind="display", wrap=True)
        head = row(gap=2)
        head.addWidget(self._title, 1)
        self._group = QButtonGroup(self)
        self._choices: list[QPushButton] = []
        languages = row(gap=2)  # in a line of their own they are equally high, whatever script they are in
        for words in ("English", "中文"):
            choice = button()
            choice.setText(words)
            choice.setCheckable(True)
            self._group.addButton(choice, len(self._choices))
            self._choices.append(choice)
            choice.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
            languages.addWidget(choice)
        head.addLayout(languages)
        self._group.idClicked.connect(self._speak)
        return head

    @Slot(int)
    def _speak(self, index: int) -> None:
        speech = Speech(_LANGUAGES[index].value)
        self.settings_wanted.emit(replace(self.backend.settings, language=speech))

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _event(self, event: IngestEvent) -> None:
        if isinstance(event, FileStarted):
            words = self.tr("Reading the sample documents: {index} of {total}")
            self.progress.show_count(
                words.format(index=event.index, total=event.total), event.index - 1, event.total
            )
        elif isinstance(event, FileDone):
            self._done += 1

    @Slot()
    def _finished(self) -> None:
        cancelled = self._job is not None and self._job.cancelled
        self._job = None
        self.progress.end()
        self.progress.hide()
        self._try.setEnabled(True)
        if self._done and not cancelled:
            self.changed.emit()
            self.first_question.emit(self.backend.sample_questions(self._sample_language)[0])

    def _model_words(self) -> str:
        if self._model is None:
            return self.tr("Model: looking through the model files")
        if not self._model:
            return self.tr("Model: none installed. Add a model file on the Models page.")
        return self.tr("Model: {name}").format(name=self._model)

    def _show_states(self) -> None:
        ready = self._readiness
        lines = [
            (bool(self._model), self._model_words()),
            (
                bool(ready and ready.checker),
                self.tr("Checker: ready, English and Chinese")
                if ready and ready.checker
                else self.tr("Checker: rules and search only; the trained checker is not installed"),
            ),
            (
                bool(ready and ready.passages),
                self.tr("Library: %Ln document(s)", "", ready.documents)
                if ready
                else self.tr("Library: looking"),
            ),
        ]
        of = colors()
        for (mark, words), (good, text) in zip(self._state_lines, lines, strict=True):
            icon, tone = ("supported", of.supported) if good else ("info", of.muted)
            mark.setPixmap(icons.pixmap(icon, tone, space(4.5), self.devicePixelRatioF()))
            words.setText(text)
