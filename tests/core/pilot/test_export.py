from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from core.cli import pilot_show
from core.cli.pilot import pilot
from core.errors import PilotError
from core.index import ingest
from core.llm.catalog import InstalledModel
from core.llm.fake import FakeEngine
from core.pilot.export import export_csv, export_html, export_xlsx
from core.pilot.run import Pilot
from core.pilot.sets import read_set
from core.pilot.spreadsheet import guarded, write_csv, write_xlsx
from core.pilot.start import Options, start
from core.pilot.store import load_run
from core.pilot.template import write_set
from core.pilot.types import Question, Run
from core.settings import Settings
from core.store.database import Library
from core.types import Language

SCRIPT = "<script>alert('x')</script> How many days?"
FORMULA = '=HYPERLINK("http://example.org")'
STARTS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "|calc",
    "%x",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "'=1",
]
EXPORTS = {".csv": export_csv, ".xlsx": export_xlsx, ".html": export_html}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished run whose set, model name and answers all try to be more than text."""
    document = tmp_path / "claims.md"
    document.write_text("# Claims\n\nA claim is submitted within 30 days.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [document], None))
    questions = (Question(1, SCRIPT, "30 days", tags=("<b>",)), Question(2, FORMULA, must_refuse=True))
    write_set(tmp_path / "set.csv", questions, Language.EN)
    model = InstalledModel("<i>m</i>", tmp_path / "m.gguf", "0" * 64, 1, None, "llama", "Q4", 512, 1, ("en",))
    asked = read_set(tmp_path / "set.csv")
    start(tmp_path / "run", asked, [model], tmp_path / "library", Settings(), Options(), None, None)
    answers = FakeEngine("<img src=x onerror=alert(1)>", "@SUM(A1) is the \u202eanswer.")
    list(Pilot(tmp_path / "run", None, None, lambda *_: answers).work())
    return tmp_path / "run"


@pytest.fixture
def run(folder: Path) -> Run:
    return load_run(folder)


@pytest.mark.parametrize("text", STARTS)
def test_no_cell_starts_a_formula(tmp_path: Path, text: str) -> None:
    assert guarded(text) == f"'{text}"
    write_csv(tmp_path / "a.csv", [[text, -1, "a=b"]])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == [f"'{text}", "-1", "a=b"]
    write_xlsx(tmp_path / "a.xlsx", [("sheet", [[text, -1, "#N/A"]])])
    first, number, last = next(openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows())
    assert first.data_type == last.data_type == "s"
    assert str(first.value).startswith("'")
    assert (number.data_type, number.value) == ("n", -1)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_guarded_questions_read_back_as_they_were_asked(tmp_path: Path, suffix: str) -> None:
    texts = ["=1+1", "+1", "-1", "@A", "|calc", "%x", "＝1", "'quoted'", "'=1"]
    path = tmp_path / f"set{suffix}"
    write_set(path, [Question(at, text) for at, text in enumerate(texts, start=1)], Language.EN)
    assert [question.text for question in read_set(path).questions] == texts


def test_a_line_separator_in_a_question_splits_no_line_of_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    write_set(path, [Question(1, "One\u2028line?"), Question(2, "Two\x85lines?")], Language.EN)
    asked = read_set(path)
    assert [question.text for question in asked.questions] == ["One line?", "Two lines?"]
    assert not asked.problems


@pytest.mark.parametrize("language", list(Language))
def test_the_page_shows_markup_as_text_and_loads_nothing(
    run: Run, tmp_path: Path, language: Language
) -> None:
    export_html(run, tmp_path / "run.html", language)
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    for raw in ("<script", "<img", "<i>m", "<b>"):
        assert raw not in page
    for shown in ("&lt;script&gt;alert(", "&lt;img src=x", "&lt;i&gt;m", "&lt;b&gt;"):
        assert shown in page
    assert page.count("<svg") == 2
    assert "default-src 'none'" in page
    assert "\u202e" not in page  # it would turn what follows around
    assert "[U+202E]answer" in page


def test_spreadsheets_hold_every_row_and_no_formula(run: Run, tmp_path: Path) -> None:
    export_csv(run, tmp_path / "run.csv", Language.EN)
    with (tmp_path / "run.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[1] for row in rows[1:]] == [SCRIPT, f"'{FORMULA}"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]
    export_xlsx(run, tmp_path / "run.xlsx", Language.EN)
    book = openpyxl.load_workbook(tmp_path / "run.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert f"'{FORMULA}" in {cell.value for cell in cells}


@pytest.mark.parametrize("suffix", list(EXPORTS))
def test_what_is_there_is_never_overwritten(run: Run, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"mine{suffix}"
    path.write_bytes(b"mine")
    with pytest.raises(PilotError) as caught:
        EXPORTS[suffix](run, path, Language.EN)
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"mine"
    with pytest.raises(PilotError) as caught:
        EXPORTS[suffix](run, tmp_path / "nowhere" / f"new{suffix}", Language.EN)
    assert caught.value.code == "file_not_written"


def test_show_prints_json_that_a_program_reads(folder: Path) -> None:
    done = CliRunner().invoke(pilot, ["show", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    shown = json.loads(done.stdout, parse_constant=_not_json)
    assert [row["question"] for row in shown["rows"]] == [1, 2]
    assert shown["questions"][0]["text"] == SCRIPT
    assert {"failed", "answer_rate"} <= {figure["code"] for figure in shown["figures"]["<i>m</i>"]}
    assert shown["comparisons"] == []


def _not_json(constant: str) -> None:
    pytest.fail(f"{constant} is no JSON")


def test_show_writes_the_files_it_knows_and_names_the_rest(folder: Path, tmp_path: Path) -> None:
    for suffix in EXPORTS:
        out = tmp_path / f"out{suffix}"
        done = CliRunner().invoke(pilot_show.show, [str(folder), "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert out.stat().st_size
    refused = CliRunner().invoke(pilot_show.show, [str(folder), "--out", str(tmp_path / "out.docx")])
    assert isinstance(refused.exception, PilotError)
    assert refused.exception.code == "export_kind"
