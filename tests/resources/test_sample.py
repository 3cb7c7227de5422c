"""The sample library: complete, consistent with its questions and letters, and built from its sources."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from core.settings import RESOURCES

SAMPLE = RESOURCES / "sample"
MAKER = RESOURCES.parent / "tools" / "make_sample.py"
DOCUMENTS = {
    "en": {
        "travel_policy.md",
        "price_list_2024.xlsx",
        "price_list_2025.xlsx",
        "service_contract.pdf",
        "security_policy.docx",
        "faq.html",
    },
    "zh": {
        "差旅管理制度.md",
        "价格表_2024.xlsx",
        "价格表_2025.xlsx",
        "服务合同.pdf",
        "信息安全管理制度.docx",
        "常见问题.html",
        "售後服務說明_台灣.txt",
    },
}


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def xlsx_text(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value)


def html_text(path: Path) -> str:
    body = LexborHTMLParser(path.read_bytes()).body
    assert body is not None
    return body.text(separator=" ")


READERS = {".pdf": pdf_text, ".docx": docx_text, ".xlsx": xlsx_text, ".html": html_text}


def text_of(name: str) -> str:
    """The text of a sample document with all white space as one blank, as far as it separates words."""
    path = SAMPLE / name
    reader = READERS.get(path.suffix)
    return squeeze(reader(path) if reader else path.read_text(encoding="utf-8"))


def squeeze(text: str) -> str:
    one = re.sub(r"\s+", " ", text)
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])", "", one)


def load(name: str, key: str) -> list[dict[str, Any]]:
    entries = tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))[key]
    assert isinstance(entries, list)
    return entries


QUESTIONS = load("questions.toml", "question")
LETTERS = load("letter.toml", "letter")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_format_is_there_in_both_languages(language: str) -> None:
    assert {path.name for path in (SAMPLE / language).iterdir()} == DOCUMENTS[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_of_each_kind_in_each_language(language: str) -> None:
    kinds = [question["expect"] for question in QUESTIONS if question["language"] == language]
    assert len(kinds) >= 8
    assert kinds.count("refuse") >= 2
    assert "conflicting" in kinds


def test_question_identifiers_are_unique() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_expected_facts_stand_where_the_question_says(question: dict[str, Any]) -> None:
    if question["expect"] == "refuse":
        assert not {"document", "quote", "facts"} & set(question)
        return
    assert squeeze(question["quote"]) in text_of(question["document"])
    for fact in question["facts"]:
        assert any(form in question["quote"] for form in fact.split("|"))
    if question["expect"] == "conflicting":
        assert question["other_quote"] in text_of(question["other_document"])
        assert question["other_quote"] != question["quote"]


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if question.get("document", "").endswith("xlsx")],
    ids=lambda question: question["id"],
)
def test_price_stands_in_the_named_cell(question: dict[str, Any]) -> None:
    sheet, cell = re.split(r"[,，] ?", question["place"])
    book = openpyxl.load_workbook(SAMPLE / question["document"])
    assert f"{book[sheet][cell].value:g}" == question["quote"]
    product = book[sheet][f"A{cell[1:]}"].value
    assert product in question["text"]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["language"])
def test_letter_holds_one_wrong_number_and_one_invented_clause(letter: dict[str, Any]) -> None:
    truths = [statement["truth"] for statement in letter["statement"]]
    assert truths.count("wrong") == 1
    assert truths.count("invented") == 1
    assert truths.count("true") >= 4


@pytest.mark.parametrize(
    ("letter", "statement"),
    [(letter, statement) for letter in LETTERS for statement in letter["statement"]],
    ids=lambda value: value.get("truth", value.get("language")),
)
def test_statements_are_as_the_letter_and_the_contract_have_them(
    letter: dict[str, Any], statement: dict[str, Any]
) -> None:
    contract = text_of(letter["document"])
    assert statement["text"] in (SAMPLE / letter["file"]).read_text(encoding="utf-8")
    if "quote" in statement:
        assert squeeze(statement["quote"]) in contract
    if statement["truth"] == "wrong":
        assert statement["number"] in statement["text"]
        assert statement["right"] in statement["quote"]
        assert statement["right"] not in statement["text"]


def test_price_lists_differ_where_both_years_list_a_product() -> None:
    for language, names in (("en", "price_list"), ("zh", "价格表")):
        old, new = (prices(SAMPLE / language / f"{names}_{year}.xlsx") for year in (2024, 2025))
        both = set(old) & set(new)
        assert len(both) >= 20
        assert sum(old[item] != new[item] for item in both) > len(both) / 2
        assert set(old) - set(new), "a product was discontinued"
        assert set(new) - set(old), "a product is new"


def prices(path: Path) -> dict[str, float]:
    book = openpyxl.load_workbook(path)
    rows = [row for sheet in book.worksheets[:3] for row in sheet.iter_rows(min_row=4, values_only=True)]
    return {str(row[0]): float(str(row[3])) for row in rows}


def test_the_binary_documents_are_built_from_their_sources(tmp_path: Path) -> None:
    subprocess.run([sys.executable, MAKER, tmp_path], check=True, capture_output=True)
    built = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(built) == 8
    differing = [
        str(name) for name in built if (tmp_path / name).read_bytes() != (SAMPLE / name).read_bytes()
    ]
    assert differing == [], "run tools/make_sample.py and commit what it writes"


def test_chinese_pdf_needs_no_font_of_the_machine() -> None:
    """The text is drawn from the font inside: no page object of the PDF uses a font that is not embedded."""
    data = (SAMPLE / "zh" / "服务合同.pdf").read_bytes()
    assert b"/FontFile2" in data
    assert b"STSong" not in data
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=1).to_numpy()
    assert (image < 128).mean() > 0.01, "the page is blank"
