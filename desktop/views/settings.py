"""Settings: a form made from the declared fields of ``core.settings.Settings``."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from core.errors import SettingsError
from core.offline import hosts_of
from core.settings import Settings
from core.words import say_error
from desktop import crash
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.text import path_words, section_word
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.allow_hosts import AllowHosts
from desktop.widgets.basic import card, column, label, notice, row, rule
from desktop.widgets.facts import Facts
from desktop.widgets.setting_field import SettingField
from desktop.widgets.threshold_picture import ThresholdPicture

_THRESHOLD = "high_from"  # the last of the thresholds; under it stands what they do
_HOSTS = "allowed_hosts"  # an administrator's to say where the library has users
_WIDEST = 200  # steps; longer lines are hard to read


class SettingsView(View):
    """Every change is checked, applied and stored at once.

    Signals:
        settings_wanted: new Settings
    """

    settings_wanted = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.fields: dict[str, SettingField] = {}
        self._sections: dict[str, QLabel] = {}
        self._seen = False
        self.hosts = AllowHosts(backend, self)
        self.hosts.allowed.connect(self._hosts_allowed)
        self.hosts.dropped.connect(self.refresh)
        self.hosts.failed.connect(self.failed)
        self._build()
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show the settings as they are."""
        for name, field in self.fields.items():
            field.show_value(getattr(self.backend.settings, name))
        self.thresholds.show_settings(self.backend.settings)
        if self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """The history may have grown meanwhile. The sentences of the fields come from the core's words, which
        take a while to read: not before the window is first painted.
        """
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self._say_fields()
        self._look()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Settings"))
        self._explain.setText(self.tr("Changes take effect at once and are stored on this computer."))
        for section, heading in self._sections.items():
            heading.setText(section_word(section))
        if self._seen:
            self._say_fields()
        self._about.setText(self.tr("About"))

    @Slot(str, str)
    def change(self, name: str, text: str) -> None:
        """Apply one setting, or say beside the form why it does not fit."""
        try:
            settings = self.backend.settings.with_text(name, text)
        except SettingsError as error:
            self._problem.setText(say_error(error, self.language))
            self._notice.show()
            self.refresh()
            return
        self._notice.hide()
        if settings == self.backend.settings:
            return
        if name == _HOSTS:
            self.hosts.ask(text)
        else:
            self.settings_wanted.emit(settings)

    @Slot(str)
    def _hosts_allowed(self, hosts: str) -> None:
        self.settings_wanted.emit(replace(self.backend.settings, allowed_hosts=hosts))
        start_call(crash.versions, self._show_versions, self.failed)

    def _say_fields(self) -> None:
        for field in self.fields.values():
            field.say(self.language)
        start_call(crash.versions, self._show_versions, self.failed)

    @Slot(str)
    def _show_versions(self, versions: str) -> None:
        self._versions.show_pairs(
            [
                (self.tr("Library"), path_words(self.backend.library_folder)),
                (self.tr("Versions"), versions),
                (self.tr("Network"), self._network_words()),
            ]
        )

    def _network_words(self) -> str:
        hosts = hosts_of(self.backend.settings.allowed_hosts)
        if not hosts:
            return self.tr("Touchstone opens no network connection and needs none.")
        words = self.tr("Only to {hosts}, and only when a model there is asked.")
        return words.format(hosts=", ".join(hosts))

    def _look(self) -> None:
        start_call(self.backend.past_risks, self.thresholds.show_past, self.failed)

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted")
        self._notice, self._problem = notice(), label(wrap=True)
        column(self._notice, margin=3).addWidget(self._problem)
        self._notice.hide()
        page = QWidget()
        page.setObjectName("page")
        page.setMaximumWidth(space(_WIDEST))
        inside = column(page, gap=4)
        for section in dict.fromkeys(field.metadata["section"] for field in fields(Settings)):
            self._add_section(inside, section)
        self._about = label(kind="strong")
        self._versions = Facts()
        frame = card()
        column(frame, margin=5).addWidget(self._versions)
        inside.addWidget(self._about)
        inside.addWidget(frame)
        inside.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field
        area.setWidgetResizable(True)
        area.setWidget(_at_the_left(page))
        layout = column(self, margin=6, gap=3)
        layout.addWidget(self._title)
        layout.addWidget(self._explain)
        layout.addWidget(self._notice)
        layout.addSpacing(space(1))
        layout.addWidget(area, 1)

    def _add_section(self, inside: QVBoxLayout, section: str) -> None:
        heading = label(kind="strong")
        self._sections[section] = heading
        frame = card()
        rows = column(frame, margin=5, gap=4)
        mine = [field for field in fields(Settings) if field.metadata["section"] == section]
        for at, declared in enumerate(mine):
            if at:
                rows.addWidget(rule())
            field = SettingField(declared)
            field.edited.connect(self.change)
            self.fields[declared.name] = field
            rows.addWidget(field)
            if declared.name == _THRESHOLD:
                self.thresholds = ThresholdPicture()
                rows.addWidget(self.thresholds)
        inside.addWidget(heading)
        inside.addWidget(frame)


def _at_the_left(page: QWidget) -> QWidget:
    """The page in a widget without a greatest width: a scroll area asks its own widget how high it must be
    for the width of the window, and a narrower page needs more.
    """
    whole = QWidget()
    whole.setObjectName("page")
    line = row(whole)
    line.addWidget(page, 100)
    line.addStretch(1)
    return whole
