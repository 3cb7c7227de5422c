from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core.cli import touchstone
from core.llm import catalog
from core.llm.catalog import InstalledModel
from core.report.answer import answer_page
from core.report.answer_pdf import answer_pdf
from core.report.passport import answer_rows
from core.store.database import Library
from core.types import Answer, Language, ModelInfo

ROWS = (("What is certain", "tokenizer identical to <b>Llama</b>\nlicence removed"),)


@pytest.mark.parametrize("language", list(Language))
def test_the_reports_of_one_answer_tell_the_passport_that_they_are_given(
    language: Language, make_answer: Callable[..., Answer]
) -> None:
    page = answer_page(make_answer(), language, head="ab", passport=ROWS)
    assert "tokenizer identical to &lt;b&gt;Llama" in page
    assert "licence removed" not in answer_page(make_answer(), language, head="ab")
    document = pypdfium2.PdfDocument(answer_pdf(make_answer(), language, head="ab", passport=ROWS))
    try:
        text = "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    finally:
        document.close()
    assert "licence removed" in text


def test_a_server_and_a_text_from_elsewhere_have_no_file(make_answer: Callable[..., Answer]) -> None:
    served = replace(make_answer(), model=ModelInfo("m", "", None, "https://models.firm"))
    ((_, said),) = answer_rows(served, Language.EN)
    assert "server" in said
    ((_, said),) = answer_rows(replace(served, model=None), Language.EN)
    assert "brought along" in said


@pytest.mark.model
def test_the_file_that_wrote_the_answer_is_examined(
    small_model: Path, make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def find(name: str) -> InstalledModel:
        asked.append(name)
        return InstalledModel("small", small_model, name, 1, None, "llama", "Q4_1", 512, 1, ("en",))

    monkeypatch.setattr(catalog, "find", find)
    answer = make_answer()
    rows = answer_rows(replace(answer, model=ModelInfo("small", "ab" * 32)), Language.ZH)
    assert asked == ["ab" * 32]
    assert any("SmolLM2" in value for _, value in rows)


@pytest.mark.model
@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_command_writes_it_when_asked_and_names_a_file_that_is_not_here(
    library: Library,
    stored_answer: Answer,
    small_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    out = tmp_path / f"x.{suffix}"
    command = ["report", stored_answer.id, "--passport", "--out", str(out), "--library", str(library.folder)]
    refused = CliRunner().invoke(touchstone, command)
    assert refused.exit_code != 0
    assert not out.exists()
    model = InstalledModel("small", small_model, "ab" * 32, 1, None, "llama", "Q4_1", 512, 1, ("en",))
    monkeypatch.setattr(catalog, "find", lambda _: model)
    assert CliRunner().invoke(touchstone, command).exit_code == 0
    assert out.stat().st_size > 1000
    if suffix == "html":
        assert "SHA-256" in out.read_text(encoding="utf-8")
