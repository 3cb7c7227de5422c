from __future__ import annotations

import pytest

from core.language import detect_language
from core.types import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many days?", Language.EN),
        ("年假有几天？", Language.ZH),
        ("採購須經何人核准？", Language.ZH),
        ("Touchstone 支持 GGUF 吗？", Language.ZH),
        ("What does 试金石 mean in the travel policy of the company?", Language.EN),
        ("", Language.EN),
        ("12.5 %", Language.EN),
    ],
)
def test_the_language_of_a_text(text: str, language: Language) -> None:
    assert detect_language(text) is language
