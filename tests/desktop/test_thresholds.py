"""Settings: what thresholds would have let through is drawn from the history."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.review.thresholds import Past
from desktop.views.settings import SettingsView
from desktop.widgets.threshold_picture import ThresholdPicture


@pytest.fixture
def view(backend, qtbot: QtBot) -> SettingsView:
    made = SettingsView(backend)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitUntil(made.thresholds.note.isVisible)
    return made


def test_the_picture_says_what_passes_and_follows_the_threshold(view: SettingsView, backend) -> None:
    picture = view.thresholds
    assert picture.words.text() == "Of 4 past answers, 1 could have been used at once and 3 held."
    assert picture.note.text().startswith("Medium from 30%, high from 70%. 1 answer stays held")
    backend.settings = replace(backend.settings, medium_from=0.6)
    view.refresh()
    assert picture.words.text() == "Of 4 past answers, 2 could have been used at once and 2 held."


def test_the_chart_is_drawn_and_has_words(view: SettingsView) -> None:
    chart = view.thresholds._chart
    assert chart.accessibleName() == view.thresholds.words.text()
    image: QImage = chart.grab().toImage()
    colors = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(image.height())
    }
    assert len(colors) > 5


def test_an_empty_history_says_so(backend, qtbot: QtBot) -> None:
    picture = ThresholdPicture()
    qtbot.addWidget(picture)
    picture.show_settings(backend.settings)
    picture.show_past(Past((), 0.3, 0.7))
    assert "No answers yet" in picture.words.text()
