from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core.cli import touchstone
from core.llm import catalog
from core.llm.catalog import InstalledModel
from core.llm.passport import Passport, examine, kept
from core.llm.passport.types import Certainty, Declared, Finding
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
    assert "licence removed" in text_of(answer_pdf(make_answer(), language, head="ab", passport=ROWS))


def test_a_server_has_no_file_and_a_letter_no_model(make_answer: Callable[..., Answer]) -> None:
    served = replace(make_answer(), model=ModelInfo("m", "", None, "https://models.firm"))
    ((_, said),) = answer_rows(served, Language.EN)
    assert "server" in said
    assert answer_rows(replace(served, model=None), Language.EN) == ()
    page = answer_page(served, Language.EN, head="ab")
    assert "m<br>https://models.firm</td>" in page, "no hash is told where none is known"


def test_a_file_that_is_gone_is_told_and_no_reason_to_refuse(
    make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path))
    ((_, said),) = answer_rows(replace(make_answer(), model=ModelInfo("m", "ab" * 32)), Language.EN)
    assert "not on this machine" in said


@pytest.fixture(scope="module")
def examined(small_model: Path) -> Passport:
    """The small model's passport, read once."""
    return examine(small_model)


@pytest.fixture
def at_hand(small_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> InstalledModel:
    """The small model under another name, in a folder of models of its own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    file = tmp_path / "home" / "models" / "small.gguf"
    file.parent.mkdir(parents=True)
    file.symlink_to(small_model)
    return catalog.identify(file)


def written_by(answer: Answer, model: InstalledModel) -> Answer:
    return replace(answer, model=model.info)


@pytest.mark.model
def test_the_file_that_wrote_the_answer_is_examined_once(
    at_hand: InstalledModel,
    examined: Passport,
    make_answer: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "examining", lambda _: iter([examined]))
    answer = written_by(make_answer(), at_hand)
    rows = answer_rows(answer, Language.ZH)
    assert any("SmolLM2" in value for _, value in rows)
    assert at_hand.sha256 in rows[0][1]
    monkeypatch.setattr(kept, "examining", None)  # reading the file again would fail
    assert answer_rows(answer, Language.ZH) == rows


@pytest.mark.model
@pytest.mark.parametrize("spoil", ["{", '{"passports": []}', "made by another", "code", "stamp"])
def test_a_kept_passport_that_makes_no_sense_is_none(
    at_hand: InstalledModel,
    examined: Passport,
    make_answer: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
    spoil: str,
) -> None:
    monkeypatch.setattr(kept, "examining", lambda _: iter([examined]))
    answer = written_by(make_answer(), at_hand)
    rows = answer_rows(answer, Language.EN)
    path = at_hand.path.parent / kept.FILE
    stored = json.loads(path.read_text(encoding="utf-8"))
    (entry,) = stored["passports"].values()
    entry["brief"]["declared"]["name"] = "planted"
    if spoil == "made by another":
        stored["made_by"] = "1"
    elif spoil == "code":
        entry["brief"]["findings"][0]["code"] = "no such finding"
    elif spoil == "stamp":
        entry["stamp"][1] += 1
    path.write_text(spoil if spoil.startswith("{") else json.dumps(stored), encoding="utf-8")
    assert answer_rows(answer, Language.EN) == rows


@pytest.mark.model
def test_another_file_under_the_same_path_is_told(
    at_hand: InstalledModel,
    examined: Passport,
    make_answer: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "examining", lambda _: iter([examined]))
    monkeypatch.setattr(catalog, "find", lambda _: at_hand)
    other = replace(make_answer(), model=ModelInfo("small", "ab" * 32))
    ((_, said),) = answer_rows(other, Language.EN)
    assert "another file" in said


@pytest.mark.model
@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_command_writes_it_unless_told_not_to(
    library: Library,
    stored_answer: Answer,
    small_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    def brief(_path: Path) -> kept.Brief:
        declared = Declared("<b>Evil</b>", (), "", "", "llama", "", "", ())
        return kept.Brief(sha256, declared, (Finding(Certainty.UNKNOWN, "origin", {}),))

    assert stored_answer.model is not None
    sha256 = stored_answer.model.sha256
    model = InstalledModel("small", small_model, sha256, 1, None, "llama", "Q4_1", 512, 1, ("en",))
    monkeypatch.setattr(catalog, "find", lambda _: model)
    monkeypatch.setattr(kept, "brief", brief)
    command = ["report", stored_answer.id, "--library", str(library.folder), "--out"]
    for name, *more in (("with",), ("without", "--no-passport")):
        told = CliRunner().invoke(touchstone, [*command, str(tmp_path / f"{name}.{suffix}"), *more])
        assert told.exit_code == 0, told.output
    assert [told_in(tmp_path / f"{name}.{suffix}") for name in ("with", "without")] == [1, 0]


def told_in(path: Path) -> int:
    """How often a report tells the declared name; markup in it stays text."""
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        assert "<b>Evil" not in page
        return page.count("&lt;b&gt;Evil")
    return text_of(path.read_bytes()).count("<b>Evil")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    finally:
        document.close()
