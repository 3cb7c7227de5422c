"""Every reason and error that reading can give has its sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import core.documents
from core.types import DocumentState
from core.words import catalogue

CODE = re.compile(r'"(file_\w+|page_not_drawn)"')


def used_codes() -> set[str]:
    folder = Path(core.documents.__file__).parent
    return {code for path in folder.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_its_sentences() -> None:
    codes = used_codes()
    assert len(codes) > 20
    for code in codes:
        texts = catalogue().get(f"reason.{code}") or catalogue().get(f"error.{code}")
        assert texts is not None, code
        assert set(texts) == {"en", "zh"}


def test_no_sentence_is_left_over() -> None:
    told = {name.partition(".")[2] for name in catalogue() if name.startswith("reason.file_")}
    assert told == {code for code in used_codes() if f"reason.{code}" in catalogue()}


def test_every_state_has_its_word() -> None:
    for state in DocumentState:
        assert set(catalogue()[f"state.{state.value}"]) == {"en", "zh"}
