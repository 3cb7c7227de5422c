"""The window's language: installs the translator, at the start and again whenever it is changed."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from core.settings import RESOURCES
from core.types import Language

_QT_CATALOGUE = {Language.EN: "qtbase_en", Language.ZH: "qtbase_zh_CN"}
_LOCALE = {Language.EN: QLocale(QLocale.Language.English), Language.ZH: QLocale(QLocale.Language.Chinese)}


class Translators:
    """Owns the two translators of the application: our words, and those of Qt's own dialogs."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._ours = QTranslator(app)
        self._qts = QTranslator(app)
        self.language = Language.EN
        self.spoken = False

    def speak(self, language: Language) -> bool:
        """Switch every open window to a language; False where our catalogue has not been built."""
        self.silence()
        self.language = language
        self.spoken = True
        QLocale.setDefault(_LOCALE[language])
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qts.load(_QT_CATALOGUE[language], folder):
            self._app.installTranslator(self._qts)
        found = self._ours.load(f"touchstone_{language.value}", str(RESOURCES / "i18n"))
        if found:
            self._app.installTranslator(self._ours)
        return found

    def silence(self) -> None:
        """Take our translators off the application."""
        self._app.removeTranslator(self._ours)
        self._app.removeTranslator(self._qts)
