from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.settings import RESOURCES, Theme
from core.types import Decision, Level, Verdict
from desktop import theme
from desktop.colors import DARK, LIGHT, Colors, blend, contrast, verdict_color
from desktop.icons import icon
from desktop.models.history import _DECISION_ICON
from desktop.widgets.claim_marks import UNDERLINES
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill

THEMES = (LIGHT, DARK)
TONES = ("text", "muted", "accent", "supported", "contradicted", "conflicting", "not_found", "unchecked")
SURFACES = ("window", "surface", "rail", "raised")


@pytest.mark.parametrize(("of", "tone", "surface"), list(product(THEMES, TONES, SURFACES)))
def test_every_text_colour_can_be_read_on_every_surface(of: Colors, tone: str, surface: str) -> None:
    assert contrast(getattr(of, tone), getattr(of, surface)) >= 4.5


@pytest.mark.parametrize(("of", "verdict"), list(product(THEMES, Verdict)))
def test_a_pill_and_a_marked_word_can_be_read_on_their_own_tint(of: Colors, verdict: Verdict) -> None:
    color = verdict_color(verdict, of)
    assert contrast(color, blend(color, of.surface, 0.1)) >= 4.5
    assert contrast(of.text, blend(color, of.surface, 0.2)) >= 4.5


@pytest.mark.parametrize("of", THEMES)
def test_primary_buttons_and_marked_words_can_be_read(of: Colors) -> None:
    assert contrast(of.on_accent, of.accent) >= 4.5
    assert contrast(of.text, of.match) >= 4.5
    assert contrast(of.text, of.accent_tint) >= 4.5


def test_verdicts_differ_in_underline_and_icon_not_by_colour_alone() -> None:
    assert set(UNDERLINES) == set(Verdict) - {Verdict.NO_CLAIM}
    assert len(set(UNDERLINES.values())) == len(UNDERLINES)
    drawings = {(RESOURCES / "icons" / f"{each.value}.svg").read_bytes() for each in (*Verdict, *Level)}
    assert len(drawings) == len(Verdict) + len(Level)


def test_the_theme_switches_palette_and_style_sheet_together(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK, 1.0, chinese=True)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert DARK.surface in qapp.styleSheet()
    assert theme.colors() is DARK
    theme.apply(qapp, Theme.LIGHT, 1.0, chinese=False)
    assert theme.colors() is LIGHT


def test_text_and_spacing_grow_with_the_text_size(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT, 1.0, chinese=False)
    points, step = qapp.font().pointSizeF(), theme.unit()
    theme.apply(qapp, Theme.LIGHT, 2.0, chinese=False)
    assert qapp.font().pointSizeF() == pytest.approx(2 * points)
    assert theme.unit() == pytest.approx(2 * step, abs=1)


def test_icons_follow_the_theme_when_they_are_painted(qapp: QApplication) -> None:
    made = icon("done", "text")
    light = made.pixmap(16, 16).toImage()
    theme.apply(qapp, Theme.DARK, 1.0, chinese=False)
    dark = made.pixmap(16, 16).toImage()
    assert light != dark
    assert not light.isNull()


def test_every_decision_has_an_icon_of_its_own() -> None:
    assert {name for name, _ in _DECISION_ICON.values()} <= {
        path.stem for path in (RESOURCES / "icons").glob("*.svg")
    }
    assert set(_DECISION_ICON) == set(Decision)


def test_icons_are_sharp_on_a_screen_of_double_density() -> None:
    picture = icon("done", "text").pixmap(QSize(16, 16), 2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2.0
    image = picture.toImage()
    corners = [image.pixelColor(x, y).alpha() for x in range(24, 32) for y in range(4, 12)]
    assert any(corners)  # the tick reaches the right half: it was not drawn at single size


@pytest.mark.parametrize(("width", "rows"), [(600, 1), (130, 3)])
def test_a_row_of_pills_breaks_and_grows_where_it_is_narrow(qtbot: QtBot, width: int, rows: int) -> None:
    outside = QWidget()
    qtbot.addWidget(outside)
    flow = Flow(parent=outside)
    pills = [Pill() for _ in range(3)]
    for pill in pills:
        pill.set("done", "A word or two", "muted")
    flow.add(*pills)
    outside.show()
    flow.resize(width, 10)
    assert len({pill.y() for pill in pills}) == rows
    assert flow.height() >= pills[-1].geometry().bottom()
    pills[0].hide()
    qtbot.waitUntil(lambda: pills[1].y() == 0 and pills[1].x() == 0)
