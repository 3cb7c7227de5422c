"""The main window: the navigation rail and the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from core.offline import hosts_of
from core.settings import Settings
from desktop import icons
from desktop.backend import Backend, Readiness
from desktop.errors import Errors
from desktop.jobs import call, start_call, stop_all
from desktop.late import warm
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.about import AboutView
from desktop.views.ask import AskView
from desktop.views.base import View
from desktop.views.calibrate import CalibrateView
from desktop.views.check import CheckView
from desktop.views.documents import DocumentsView
from desktop.views.help import HelpView
from desktop.views.history import HistoryView
from desktop.views.models import ModelsView
from desktop.views.pilot import PilotView
from desktop.views.review import ReviewView
from desktop.views.settings import SettingsView
from desktop.views.welcome import WelcomeView
from desktop.widgets.rail import Rail


@dataclass(frozen=True, slots=True)
class Screen:
    """A view, with its icon and its name in the rail (said anew in each language)."""

    view: View
    icon: str
    name: Callable[[], str]


class MainWindow(QMainWindow):
    """The window. It holds no logic of its own: it shows screens and passes requests between them.

    Signals:
        settings_changed: new Settings were applied; the application follows with language and theme
        painted: the window has been drawn for the first time
    """

    settings_changed = Signal(object)
    painted = Signal()

    def __init__(self, backend: Backend, errors: Errors) -> None:
        super().__init__()
        self.backend = backend
        self._errors = errors
        self._was_painted = False
        self._typed = Typed(self)
        self._typed.find_left()
        self.setWindowIcon(icons.logo())
        self.resize(space(310), space(192))
        self._build()
        self._connect()
        self.retranslate()

    def open_screen(self, view: View) -> None:
        """Bring a screen into view."""
        index = self._index(view)
        self._stack.setCurrentIndex(index)
        self.rail.select(index if index < len(self._screens) else 0)
        view.refresh()

    @Slot()
    def look_around(self) -> None:
        """Ask the core what is there; the answer decides whether the welcome screen is shown."""
        start_call(self.backend.readiness, self._ready, self._errors.show)
        start_call(self.backend.model_in_use, self._model_found, self._errors.show)

    @Slot(object)
    def apply_settings(self, settings: Settings) -> None:
        """Store new settings and let everyone follow."""
        self.backend.apply(settings)
        self.settings_changed.emit(settings)
        self.settings.refresh()
        self.models_changed()

    @Slot()
    def documents_changed(self) -> None:
        """The library holds other documents or answers than before."""
        start_call(self.backend.readiness, self._status, self._errors.show)

    @Slot()
    def models_changed(self) -> None:
        """Another model may answer than before."""
        start_call(self.backend.model_in_use, self._model_found, self._errors.show)

    @Slot(str)
    def ask_sample(self, question: str) -> None:
        """The welcome screen has loaded the sample: show a first answer being made."""
        self.open_screen(self.ask)
        self.ask.ask(question)

    def retranslate(self) -> None:
        """Name the window and its screens."""
        self.setWindowTitle(self.tr("Touchstone"))
        self.rail.brand.setText(self.tr("Touchstone"))
        self.rail.words([screen.name() for screen in self._screens])
        self._show_status()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the language at run time."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time; what takes long begins after it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, then let the model go."""
        stop_all()
        self._typed.close()
        self.backend.close()
        super().closeEvent(event)

    def _build(self) -> None:
        self.ask = AskView(self.backend)
        self.check = CheckView(self.backend)
        self.documents = DocumentsView(self.backend)
        self.history = HistoryView(self.backend)
        self.review = ReviewView(self.backend)
        self.models = ModelsView(self.backend)
        self.pilot = PilotView(self.backend)
        self.calibrate = CalibrateView(self.backend)
        self.settings = SettingsView(self.backend)
        self.about = AboutView(self.backend)
        self.help = HelpView(self.backend)
        self.welcome = WelcomeView(self.backend)
        self._screens = [
            Screen(self.ask, "ask", lambda: self.tr("Ask")),
            Screen(self.check, "check", lambda: self.tr("Check a text")),
            Screen(self.documents, "documents", lambda: self.tr("Documents")),
            Screen(self.review, "release", self._review_name),
            Screen(self.history, "history", lambda: self.tr("History")),
            Screen(self.models, "models", lambda: self.tr("Models")),
            Screen(self.pilot, "pilot", lambda: self.tr("Pilot")),
            Screen(self.calibrate, "calibrate", lambda: self.tr("Calibrate")),
            Screen(self.settings, "settings", lambda: self.tr("Settings")),
            Screen(self.help, "help", lambda: self.tr("Help")),
            Screen(self.about, "info", lambda: self.tr("About")),
        ]
        self._waiting = 0  # answers that a person has to look at
        self._readiness: Readiness | None = None
        self._went = False  # whether a screen was chosen
        self._model: str | None = None
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.rail = Rail()
        self._stack = QStackedWidget()
        for screen in self._screens:
            self.rail.add(screen.icon)
            self._stack.addWidget(screen.view)
        self._stack.addWidget(self.welcome)
        layout.addWidget(self.rail)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        self.rail.select(0)

    def _connect(self) -> None:
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self).activated.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self._to_help)
        self.rail.chosen.connect(self._chosen)
        self._typed.failed.connect(self._errors.show)
        for view in self._views():
            view.failed.connect(self._errors.show)
            view.use_typed(self._typed)
        self.review.counted.connect(self._counted)
        self.documents.changed.connect(self.documents_changed)
        for recorded in (self.ask.answered, self.check.answered, self.history.decided):
            recorded.connect(self._answered)
        self.ask.documents_wanted.connect(self._to_documents)
        self.welcome.documents_wanted.connect(self._to_documents)
        self.welcome.changed.connect(self.documents_changed)
        self.models.changed.connect(self.models_changed)
        self.welcome.first_question.connect(self.ask_sample)
        self.welcome.settings_wanted.connect(self.apply_settings)
        self.settings.settings_wanted.connect(self.apply_settings)
        self.models.settings_wanted.connect(self.apply_settings)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self._went = True
        self.open_screen(self._screens[index].view)

    @Slot(int)
    def _counted(self, waiting: int) -> None:
        self._waiting = waiting
        self.rail.words([screen.name() for screen in self._screens])

    def _review_name(self) -> str:
        name = self.tr("Review")
        return f"{name} ({QLocale().toString(self._waiting)})" if self._waiting else name

    @Slot()
    def _to_documents(self) -> None:
        self.open_screen(self.documents)

    @Slot()
    def _to_help(self) -> None:
        self.open_screen(self.help)

    @Slot()
    def _answered(self) -> None:
        self.documents_changed()

    @Slot(object)
    def _ready(self, readiness: Readiness) -> None:
        self._status(readiness)
        call(warm).start()
        if self._went:
            return  # the user has gone somewhere meanwhile
        first = not readiness.documents and not readiness.answers
        self.open_screen(self.welcome if first else self.ask)

    @Slot(object)
    def _status(self, readiness: Readiness) -> None:
        self._readiness = readiness
        self.ask.show_readiness(readiness)
        self.welcome.show_readiness(readiness)
        self.about.show_readiness(readiness)
        if readiness.answers:
            self.review.refresh()
        self._show_status()

    @Slot(object)
    def _model_found(self, name: str | None) -> None:
        self._model = name or ""
        self.welcome.show_model(self._model)
        self._show_status()

    def _show_status(self) -> None:
        if self._readiness is None:
            self.rail.status.setText(self._network_line())
            return
        lines = [
            self.tr("%Ln document(s)", "", self._readiness.documents),
            self.tr("Looking for models") if self._model is None else self._model or self.tr("No model"),
            self._network_line(),
        ]
        self.rail.status.setText("\n".join(lines))

    def _network_line(self) -> str:
        hosts = hosts_of(self.backend.settings.allowed_hosts)
        if hosts:
            return self.tr("Network: only {hosts}").format(hosts=", ".join(hosts))
        return self.tr("Offline. Nothing leaves this computer.")

    def _index(self, view: View) -> int:
        return self._views().index(view)

    def _views(self) -> list[View]:
        return [screen.view for screen in self._screens] + [self.welcome]
