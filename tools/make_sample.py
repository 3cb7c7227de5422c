"""Builds the binary documents of the sample library (pdf, docx, xlsx) from the texts in ``tools/sample``.

    python tools/make_sample.py            writes into resources/sample
    python tools/make_sample.py FOLDER     writes elsewhere, to compare

The same texts and library versions give the same bytes: dates and identifiers are fixed. The texts use a
small part of Markdown: ``#`` headings, paragraphs, ``|`` tables and ``**bold**``.
"""

from __future__ import annotations

import datetime
import io
import re
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sample"
TARGET = HERE.parent / "resources" / "sample"
WRITTEN = datetime.datetime(2025, 3, 1, 9, 0)  # office files hold naive times
CJK_FONT = "TouchstoneSampleCJK"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a text: a heading (``level`` from 1), a paragraph (level 0) or a table (``rows``)."""

    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    return [_block(part) for part in re.split(r"\n\s*\n", text.strip())]


def _block(part: str) -> Block:
    if part.startswith("|"):
        lines = [line for line in part.splitlines() if not re.fullmatch(r"[|\- ]+", line)]
        return Block("", rows=tuple(tuple(c.strip() for c in line.strip("|").split("|")) for line in lines))
    marks = len(part) - len(part.lstrip("#"))
    return Block(part[marks:].strip(), marks)


# ---------------------------------------------------------------------------------------------- pdf


def write_pdf(blocks: list[Block], path: Path, *, chinese: bool, footer: str) -> None:
    """One PDF on A4 with page numbers; Chinese text embeds the font in ``tools/sample``."""
    if chinese:
        pdfmetrics.registerFont(TTFont(CJK_FONT, SOURCES / "sample-cjk.ttf"))
    regular, bold = (CJK_FONT, CJK_FONT) if chinese else ("Helvetica", "Helvetica-Bold")

    def number(canvas: Canvas, _template: SimpleDocTemplate) -> None:
        canvas.setFont(regular, 8)
        canvas.drawString(22 * mm, 12 * mm, footer)
        page = f"第{canvas.getPageNumber()}页" if chinese else f"Page {canvas.getPageNumber()}"
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, page)

    margins = {"leftMargin": 22 * mm, "rightMargin": 22 * mm, "topMargin": 20 * mm, "bottomMargin": 22 * mm}
    template = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, title=blocks[0].text, **margins)
    flowables = [piece for block in blocks for piece in _flow(block, regular, bold, chinese)]
    template.build(flowables, onFirstPage=number, onLaterPages=number)


def _flow(block: Block, regular: str, bold: str, chinese: bool) -> list[Flowable]:
    wrap = {"wordWrap": "CJK"} if chinese else {}
    body = ParagraphStyle("body", fontName=regular, fontSize=10, leading=15, spaceAfter=6, **wrap)
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=12, spaceAfter=0)
    if block.rows:
        return [_pdf_table(block.rows, cell, bold), Spacer(1, 4 * mm)]
    if block.level:
        size = {1: 17, 2: 12.5}.get(block.level, 11)
        style = ParagraphStyle("head", fontName=bold, fontSize=size, leading=size * 1.4, spaceBefore=8,
                               spaceAfter=5, keepWithNext=1, **wrap)  # fmt: skip
        return [Paragraph(block.text, style)]
    return [Paragraph(re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", block.text), body)]


def _pdf_table(rows: tuple[tuple[str, ...], ...], cell: ParagraphStyle, bold: str) -> Table:
    head = ParagraphStyle("cellhead", parent=cell, fontName=bold)
    filled = [[Paragraph(text, head if not at else cell) for text in row] for at, row in enumerate(rows)]
    widths = [max(len(row[column]) for row in rows) ** 0.6 for column in range(len(rows[0]))]
    scale = (A4[0] - 44 * mm) / sum(widths)
    table = Table(filled, colWidths=[width * scale for width in widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


# --------------------------------------------------------------------------------------------- docx


def write_docx(blocks: list[Block], path: Path, *, chinese: bool) -> None:
    """One Word document with real headings and tables."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Calibri"
    if chinese:
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Microsoft YaHei")
    for block in blocks:
        if block.rows:
            _docx_table(document, block.rows)
        elif block.level:
            document.add_heading(block.text, level=block.level)
        else:
            document.add_paragraph(block.text)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = blocks[0].text, "Kestrelmont Instruments", ""
    about.created = about.modified = WRITTEN
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(fixed_zip(buffer.getvalue()))


def _docx_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            run = table.cell(at, column).paragraphs[0].add_run(text)
            run.bold = at == 0
    document.add_paragraph("")


# --------------------------------------------------------------------------------------------- xlsx


def write_price_list(source: dict[str, Any], year: int, path: Path) -> None:
    """One year's price list: a sheet for each group of products and one for the terms."""
    book = Workbook()
    book.remove(book.worksheets[0])
    edition = source[str(year)]
    for group in source["sheet"]:
        sheet = book.create_sheet(group["name"])
        sheet.append([edition["title"]])
        sheet.append([edition["note"]])
        sheet.append(source["columns"]["names"])
        for row in group["rows"]:
            listed = row[3:5] if year == 2024 else row[5:7]
            if listed[0] != "":
                sheet.append([*row[:3], listed[0], listed[1] if listed[1] != "" else None, row[7]])
        _style(sheet, (14, 32, 46, 18, 20, 18), head=3)
    terms = book.create_sheet(source["terms"]["name"])
    for row in source["terms"][str(year)]:
        terms.append(row)
    _style(terms, (22, 80), head=1)
    book.properties.creator = "Kestrelmont Instruments"
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(fixed_zip(buffer.getvalue()))


def _style(sheet: Any, widths: tuple[int, ...], *, head: int) -> None:
    for column, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGH"[column]].width = width
    for cell in sheet[head]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head > 1:
        sheet["A1"].font = Font(bold=True, size=14)
    for row in sheet.iter_rows(min_row=head + 1, min_col=4, max_col=5):
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.number_format = "#,##0.00"
    sheet.freeze_panes = f"A{head + 1}"


# ------------------------------------------------------------------------------------- same bytes


def fixed_zip(packed: bytes) -> bytes:
    """The same office file with fixed dates inside, so that two builds are equal."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<", b">" + stamp + b"<", content)
            entry = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
    return out.getvalue()


def build(target: Path) -> list[Path]:
    """Write every binary document of the sample below ``target``; return their paths."""
    for folder in ("en", "zh"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    read = {path.stem: parse(path.read_text(encoding="utf-8")) for path in SOURCES.glob("*.md")}
    written = [
        target / "en" / "service_contract.pdf",
        target / "zh" / "服务合同.pdf",
        target / "en" / "security_policy.docx",
        target / "zh" / "信息安全管理制度.docx",
    ]
    write_pdf(read["service_contract_en"], written[0], chinese=False, footer="Service Agreement SC-2025-041")
    write_pdf(read["service_contract_zh"], written[1], chinese=True, footer="合同编号：KSM-FW-2025-018")
    write_docx(read["security_policy_en"], written[2], chinese=False)
    write_docx(read["security_policy_zh"], written[3], chinese=True)
    for language in ("en", "zh"):
        source = tomllib.loads((SOURCES / f"prices_{language}.toml").read_text(encoding="utf-8"))
        for year in (2024, 2025):
            path = target / source[str(year)]["file"]
            write_price_list(source, year, path)
            written.append(path)
    return written


if __name__ == "__main__":
    for made in build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET):
        print(made.name, made.stat().st_size)
