"""The guide: whole in both languages, true to the words of the window, and shown without reaching outside."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.settings import RESOURCES, Speech, Theme
from core.types import Language
from desktop import theme
from desktop.guide import FOLDER, pages, picture
from desktop.views.help import HelpView

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def window_words(language: Language) -> set[str]:
    """Every word of the window and every setting's name, as shown in a language."""
    root = ElementTree.parse(RESOURCES / "i18n" / "touchstone_zh.ts").getroot()
    shown = set()
    for message in root.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        shown |= {message.findtext("source", "")} if language is Language.EN else set(forms)
    for path in (RESOURCES / "i18n" / "words").glob("*.toml"):
        settings = tomllib.loads(path.read_text(encoding="utf-8")).get("setting", {})
        shown |= {entry[language.value] for entry in settings.values()}
    return shown


@pytest.mark.parametrize("language", Language)
def test_every_button_and_screen_that_the_guide_names_is_in_the_window(language: Language) -> None:
    """Bold marks what stands on the screen, or a stretch of a sentence (which has a space or comma in it)."""
    known = window_words(language)
    wrong = [
        (page.name, name)
        for page in pages(language)
        for name in BOLD.findall(page.text)
        if name not in known and not name.startswith(("every claim of", "回答里的每一条陈述"))
    ]
    assert wrong == []


def test_both_languages_have_the_same_pages_pictures_and_links() -> None:
    english, chinese = pages(Language.EN), pages(Language.ZH)
    assert [page.name for page in english] == [page.name for page in chinese]
    assert len({page.title for page in english}) == len(english)
    for one, other in zip(english, chinese, strict=True):
        assert [shape(link) for link in LINK.findall(one.text)] == [
            shape(link) for link in LINK.findall(other.text)
        ], one.name
        assert one.text.count("\n## ") == other.text.count("\n## "), one.name


def shape(link: tuple[str, str]) -> tuple[str, str]:
    """A link without what its language is."""
    return link[0], re.sub(r"-(en|zh)\.png$", ".png", link[1])


@pytest.mark.parametrize("language", Language)
def test_every_link_of_the_guide_leads_to_a_page_and_every_picture_is_there(language: Language) -> None:
    names = {page.name for page in pages(language)}
    for page in pages(language):
        for mark, target in LINK.findall(page.text):
            if mark:
                assert picture(target) is not None, (page.name, target)
                assert (FOLDER / language.value / target).resolve() == picture(target)
            else:
                assert target in names, (page.name, target)


@pytest.fixture
def view(backend, qtbot: QtBot) -> HelpView:
    made = HelpView(backend)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.refresh()
    return made


def test_the_guide_is_read_in_the_language_of_the_window(view: HelpView, backend) -> None:
    assert "First steps" in view.reader.toPlainText()
    backend.settings = backend.settings.with_text("language", Speech.ZH.value)
    view.retranslate()
    assert "快速上手" in view.reader.toPlainText()


def test_finding_a_word_lists_the_pages_that_hold_it(view: HelpView) -> None:
    view.filter.setText("no page holds qwertz")
    assert view.model.rowCount() == 0
    view.filter.setText("try the SAMPLE")
    assert view.model.index(0, 0).data() == "First steps"


def test_nothing_outside_the_guide_is_loaded_or_opened(view: HelpView, tmp_path: Path, qtbot: QtBot) -> None:
    image = QTextDocument.ResourceType.ImageResource.value
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG")
    for name in ("https://example.invalid/a.png", secret.as_uri(), "../../settings.json", "../x.png"):
        assert view.reader.loadResource(image, QUrl(name)) is None
    view.reader.anchorClicked.emit(QUrl("https://example.invalid/"))
    assert view._outside.isVisible()
    assert "https://example.invalid/" in view._outside_words.text()
    QTest.mouseClick(view._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "https://example.invalid/"


def test_a_link_inside_the_guide_opens_its_page(view: HelpView) -> None:
    last = view.model.rows[-1]
    view.reader.anchorClicked.emit(QUrl(last.name))
    assert view.list.currentIndex().data() == last.title


def test_every_page_stands_changes_of_width_and_theme_at_any_moment(
    view: HelpView, qapp: QApplication, qtbot: QtBot
) -> None:
    """Laying a page out anew in the middle of Qt's own events must not take its document away."""
    for number, page in enumerate(view.model.rows):
        view.open_page(page.name)
        theme.apply(qapp, Theme.DARK if number % 2 else Theme.LIGHT, 1.0, chinese=False)
        view.resize(900 + 10 * number, 700)
        qtbot.wait(5)
        first = view.reader.document().begin()
        assert first.text() == page.title  # nothing of the page before stands above it
        assert first.blockFormat().headingLevel() == 1
    theme.apply(qapp, Theme.LIGHT, 1.0, chinese=False)
