"""Which of the two languages a text is written in."""

from __future__ import annotations

import re

from core.types import Language

_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect_language(text: str) -> Language:
    """Chinese when at least as many Chinese characters as Latin words stand in the text, else English.

    A Chinese sentence that quotes English names is thereby Chinese.
    """
    characters = len(_CJK.findall(text))
    return Language.ZH if characters and characters >= len(_LATIN_WORD.findall(text)) else Language.EN
