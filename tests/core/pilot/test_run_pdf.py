from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core.cli.pilot import pilot
from core.index import ingest
from core.llm.catalog import InstalledModel
from core.llm.fake import FakeEngine
from core.pilot.run import Pilot
from core.pilot.run_pdf import run_pdf
from core.pilot.sets import read_set
from core.pilot.start import Options, start
from core.pilot.store import load_run
from core.pilot.tables import passport_table
from core.settings import Settings
from core.store.database import Library
from core.types import Language, Reason

RIGHT = "报销单应在返回后30天内提交。"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "差旅制度.md").write_text("# 差旅制度\n\n报销单应在返回后30天内提交。\n", encoding="utf-8")
    rows = [f"第{number}问：报销单应在返回后多少天内提交？,30天\n" for number in range(1, 41)]
    (tmp_path / "set.csv").write_text("question,expected\n" + "".join(rows), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [tmp_path / "差旅制度.md"], None))
    model = InstalledModel("模型甲", tmp_path / "a.gguf", "0" * 64, 1, None, "llama", "Q4", 512, 1, ("zh",))
    folder, asked = tmp_path / "run", read_set(tmp_path / "set.csv")
    start(folder, asked, [model], tmp_path / "library", Settings(), Options(), None, None)
    list(Pilot(folder, None, None, lambda *_: FakeEngine(*[RIGHT] * 40)).work())
    return folder


def test_the_matrix_stands_on_pages_across_with_every_question(run: Path) -> None:
    written = run_pdf(load_run(run), Language.ZH)
    assert written == run_pdf(load_run(run), Language.ZH)
    document = pypdfium2.PdfDocument(written)
    try:
        assert len(document) > 2
        pages = [document[at] for at in range(len(document))]
        assert all(page.get_width() > page.get_height() for page in pages)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
        for number in range(1, 41):
            assert f"第{number}问" in text
        assert text.count("模型甲") >= 3  # the header again on each page of the matrix
        assert "风险低" in text  # a level is a word beside its sign
        assert "按问题集判为正确" in text
        for heading in ("图表", "指标", "模型护照", "复现信息"):
            assert heading in text
    finally:
        document.close()


def test_the_command_writes_it_and_never_overwrites(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.pdf"
    asked = ["show", str(run), "--out", str(out), "--language", "en"]
    assert CliRunner().invoke(pilot, asked).exit_code == 0
    before = out.read_bytes()
    assert before.startswith(b"%PDF")
    assert CliRunner().invoke(pilot, asked).exit_code != 0
    assert out.read_bytes() == before


def test_a_run_keeps_why_a_file_has_no_passport_and_its_pages_say_so(run: Path) -> None:
    (model,) = load_run(run).models
    assert model.passport is not None
    assert model.passport.reason == Reason("passport_failed", {"detail": "model_missing"})
    assert any("could not be read" in str(row) for row in passport_table(load_run(run), Language.EN).rows)
