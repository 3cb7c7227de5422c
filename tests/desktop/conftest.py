"""A window over a scripted core, in English, and nothing left running after a test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import CoreError
from core.settings import Theme
from core.types import Answer, Language
from desktop import theme
from desktop.i18n import Translators

from .fake_backend import FakeBackend
from .fake_data import answer_of


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


_sheet: dict[str, str] = {}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[Translators]:
    """The application as it is for users, in English; whatever a test starts has ended after it."""
    if qapp.styleSheet() != _sheet.get("light"):  # dressing takes half a second on a busy machine
        qapp.setStyle("Fusion")
        theme.apply(qapp, Theme.LIGHT, 1.0, chinese=False)
        _sheet["light"] = qapp.styleSheet()
    translators = Translators(qapp)
    translators.speak(Language.EN)
    yield translators
    translators.silence()
    QThreadPool.globalInstance().waitForDone(5000)
    qapp.processEvents()


@pytest.fixture
def failures() -> Callable[[object], list[CoreError]]:
    """Collects what a view reports to the error dialog."""

    def collect(view: object) -> list[CoreError]:
        seen: list[CoreError] = []
        view.failed.connect(seen.append)  # type: ignore[attr-defined]
        return seen

    return collect


@pytest.fixture
def make_answer_of() -> Callable[..., Answer]:
    """The scripted answer with changes."""
    return answer_of


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Callable[[], bool]], None]:
    """Waits in the event loop until something holds."""

    def wait(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds, timeout=5000)

    return wait
