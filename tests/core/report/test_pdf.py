from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core import audit, exports
from core.cli import touchstone
from core.errors import DecisionError
from core.exports import ReportFormat, report_bytes
from core.report.answer import answer_page
from core.report.drawing import Line, Text
from core.report.label import aigc_fields
from core.report.lines import Breaker, Mark, Span
from core.report.pdf import Metadata, font_widths, write_pdf
from core.report.typeset import HEIGHT, LEFT, ROOM, Pages
from core.store.database import Library
from core.types import Answer, Claim, Decision, Language, Verdict

MakeAnswer = Callable[..., Answer]
HEAD = "12" * 32
RTL = "Pay \u202etxt.exe\u202c now"


def pdf_of(answer: Answer, language: Language = Language.EN, producer: str = "") -> bytes:
    return report_bytes(answer, language, ReportFormat.PDF, head=HEAD, producer=producer)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def one_claim_each(answer: Answer) -> Answer:
    """An answer with a claim of every verdict."""
    text = "One is so. Two is so. Three is so. Four is so. Five is so."
    ends = [found.end() for found in re.finditer(r"\.", text)]
    verdicts = [verdict for verdict in Verdict if verdict is not Verdict.NO_CLAIM]
    claims = tuple(
        Claim(start, end, text[start:end], verdict, 0.5)
        for start, end, verdict in zip([0, *[end + 1 for end in ends]], ends, verdicts, strict=False)
    )
    return replace(answer, text=text, check=replace(answer.check, claims=claims))


@pytest.mark.parametrize("language", list(Language))
def test_the_pdf_says_what_the_page_says(make_answer: MakeAnswer, language: Language) -> None:
    text = " ".join(text_of(pdf_of(make_answer("住宿费每晚不超过500元。"), language)).split())
    for expected in ("住宿费每晚不超过500元", "up to 130 €", "travel-policy.md", "3 Hotels", HEAD, "cd" * 32):
        assert expected in text
    assert {Language.EN: "page 1 of 1", Language.ZH: "第 1 页，共 1 页"}[language] in text


def test_the_same_answer_gives_the_same_bytes(make_answer: MakeAnswer) -> None:
    answer = make_answer()
    assert pdf_of(answer) == pdf_of(answer)


def test_the_font_is_embedded(make_answer: MakeAnswer) -> None:
    pdf = pdf_of(make_answer("标准 Ω 120"))
    assert b"/FontFile2" in pdf
    assert b"/Type0" in pdf or b"/TrueType" in pdf


def test_every_verdict_has_a_line_and_a_sign_of_its_own(make_answer: MakeAnswer) -> None:
    """A black and white print tells them apart: by shape and sign, not by colour."""
    pages = Pages(Breaker(font_widths()))
    for mark in Mark:
        pages.paragraph([Span("word", mark=mark)])
    (page,) = pages.finished(lambda number, count: "")
    lines = [shape for shape in page.shapes if isinstance(shape, Line)][:-1]
    looks = {(len(line.points) > 2, line.dash) for line in lines}
    assert len(looks) == 4, "solid and double share a look: double has two"
    assert len(lines) == len(Mark) + 1
    text = text_of(pdf_of(one_claim_each(make_answer())))
    for sign in "✓×≠?!":
        assert re.search(rf"\d ?{re.escape(sign)}", text), sign


def test_generated_text_is_labelled_for_people_and_programs(make_answer: MakeAnswer) -> None:
    answer = make_answer()
    pdf = pdf_of(answer, producer="91110000MA00000000")
    assert "AI-generated text" in text_of(pdf)
    fields = {"AIGC": aigc_fields(answer, "91110000MA00000000")}
    assert json.dumps(fields, separators=(",", ":")).encode() in pdf
    assert b"<TC260:AIGC>" in pdf
    assert b"trainedAlgorithmicMedia" in pdf
    assert fields["AIGC"]["Label"] == "1"
    assert fields["AIGC"]["ProduceID"] == answer.id
    page = answer_page(answer, Language.ZH, head=HEAD)
    assert "人工智能生成" in page
    assert '<meta name="AIGC" content="{&#34;AIGC&#34;:' in page


def test_a_supplied_text_is_not_called_generated(make_answer: MakeAnswer) -> None:
    answer = replace(make_answer(), model=None)
    pdf = pdf_of(answer)
    assert b"AIGC" not in pdf.replace(b"xmlns:TC260", b"").replace(b"/ns/AIGC/1.0/", b"")
    assert "not known" in text_of(pdf)
    assert '<meta name="AIGC"' not in answer_page(answer, Language.EN, head="")


def test_marks_that_turn_text_around_are_spelled_out(make_answer: MakeAnswer) -> None:
    answer = make_answer(RTL)
    assert "[U+202E]" in text_of(pdf_of(answer))
    page = answer_page(answer, Language.EN, head="")
    assert "\u202e" not in page
    assert "[U+202E]" in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> {{ 7*7 }} %(x)s \\n",
        "=HYPERLINK(1)",
        "\x00\x07\x1b[2J",
        "\ud800 lone",
        "🙂 שלום العربية ไทย",
        "",
        "\n\n\n",
    ],
)
def test_hostile_text_neither_breaks_nor_runs(make_answer: MakeAnswer, text: str) -> None:
    answer = replace(make_answer(text or "x"), question=text or None)
    if "\ud800" not in text:
        assert "<script" not in answer_page(answer, Language.EN, head="")
    pdf = pdf_of(answer)
    assert b"/JavaScript" not in pdf
    assert len(pypdfium2.PdfDocument(pdf)) >= 1


def test_long_lines_are_set_whole_and_long_quotes_cut_with_a_word(make_answer: MakeAnswer) -> None:
    assert "x" * 1_000_000 in answer_page(make_answer("x" * 1_000_000), Language.EN, head="")
    pages = Pages(Breaker(font_widths()))
    pages.paragraph([Span("x" * 100_000, 11)])
    drawn = pages.finished(lambda number, count: "")
    lengths = [len(shape.text) for page in drawn for shape in page.shapes if isinstance(shape, Text)]
    assert sum(lengths) == 100_000
    assert "4000 more characters" in text_of(pdf_of(make_answer("z" * 10_000))).replace("\r\n", " ")


def test_no_word_leaves_the_page(make_answer: MakeAnswer) -> None:
    widths = font_widths()
    pages = Pages(Breaker(widths))
    pages.paragraph(
        [Span("internationalisation 住宿费用标准，“特殊情况”须事先书面批准。 " * 40, 11)], indent=30
    )
    pages.table([("a very long name of a row that wraps", "0123456789abcdef" * 20)])
    for page in pages.finished(lambda number, count: f"{number}/{count}"):
        for shape in page.shapes:
            if isinstance(shape, Text):
                width = sum(widths.get(ord(char), 0) for char in shape.text) * shape.size / 1000
                assert shape.x + width <= LEFT + ROOM + 0.6 * shape.size
                assert 0 < shape.y < HEIGHT


def test_chinese_lines_neither_begin_nor_end_with_the_wrong_mark() -> None:
    pages = Pages(Breaker(font_widths()))
    pages.paragraph([Span("报销单（含发票），应在返回后30日内提交；“特殊情况”除外。" * 60, 11)])
    for page in pages.finished(lambda number, count: ""):
        for shape in page.shapes:
            if isinstance(shape, Text) and shape.text:
                assert shape.text[0] not in "，。；）”"
                assert shape.text.rstrip()[-1] not in "（“"


def test_an_empty_document_is_a_page() -> None:
    pages = Pages(Breaker(font_widths())).finished(lambda number, count: "")
    assert write_pdf(pages, Metadata("t", "en")).startswith(b"%PDF-1.")


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_command_line_writes_by_name_and_by_option(
    library: Library, stored_answer: Answer, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"x.{suffix}"
    where = ["--library", str(library.folder)]
    run = CliRunner().invoke(touchstone, ["report", stored_answer.id, "--out", str(out), *where])
    assert run.exit_code == 0
    named = out.read_bytes()
    other = tmp_path / "y"
    options = ["--out", str(other), "--format", suffix, *where]
    assert CliRunner().invoke(touchstone, ["report", stored_answer.id, *options]).exit_code == 0
    assert named.startswith({"pdf": b"%PDF", "html": b"<!doctype"}[suffix])
    assert other.read_bytes()[:5] == named[:5]


def test_a_held_answer_gives_no_pdf(library: Library, make_answer: MakeAnswer, tmp_path: Path) -> None:
    held = make_answer(decision=Decision.HELD)
    audit.record_answer(library, held, prompt="", context={})
    with pytest.raises(DecisionError, match="export_held"):
        exports.export_report(library, held.id, tmp_path / "x.pdf", Language.EN)
    assert not (tmp_path / "x.pdf").exists()


def test_whoever_writes_no_pdf_does_not_wait_for_reportlab() -> None:
    code = "import sys, core.cli, core.exports; print('reportlab' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
