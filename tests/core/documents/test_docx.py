from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document

from core.documents.content import Unreadable
from core.documents.loaders.docx_loader import load
from core.documents.loaders.docx_numbers import chinese
from core.types import DocumentState, Page

MakeZip = Callable[[dict[str, bytes]], bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Document) -> tuple[Page, ...]:
    target = BytesIO()
    document.save(target)
    return load(target.getvalue(), ".docx").pages


def raw(make_zip: MakeZip, body: str, **parts: str) -> tuple[Page, ...]:
    """A document of hand-written XML, for what python-docx cannot write."""
    kinds = "".join(
        f'<Relationship Id="r{name}" Type="http://x/{name}" Target="{name}.xml"/>' for name in parts
    )
    files = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>'.encode()
        for name, xml in parts.items()
    }
    files["word/document.xml"] = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    files["word/_rels/document.xml.rels"] = f"<Relationships>{kinds}</Relationships>".encode()
    return load(make_zip(files), ".docx").pages


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_headings_make_the_path_and_the_order_of_the_body_is_kept() -> None:
    document = docx.Document()
    document.add_heading("Travel policy", 0)
    document.add_paragraph("In force from May.")
    document.add_heading("3 Travel", 1)
    document.add_heading("3.2 Hotels", 2)
    document.add_paragraph("Before the table.")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, [("City", "Limit", "Note"), ("Paris", "180 €", "")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("After the table.")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Bullet")
    pages = saved(document)
    assert [page.section for page in pages] == ["Travel policy", "Travel policy > 3 Travel > 3.2 Hotels"]
    assert pages[1].text == (
        "3 Travel\n\n3.2 Hotels\n\nBefore the table.\n\nCity | Limit | Note\nParis | 180 €\n\n"
        "After the table.\n\n- one\n- two"
    )


NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="9"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>"""
STYLES = """
<w:style w:styleId="1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>"""


def in_list(text: str, number: int, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_that_word_writes_are_written(make_zip: MakeZip) -> None:
    body = (
        paragraph("Contents … 1", '<w:pStyle w:val="toc"/>')
        + paragraph("Travel", '<w:pStyle w:val="1"/>')
        + paragraph("Trains", '<w:pStyle w:val="2"/>')
        + paragraph("Hotels", '<w:pStyle w:val="2"/>')
        + in_list("by day", 7, 2)
        + in_list("by night", 7, 2)
        + paragraph("Money", '<w:pStyle w:val="1"/>')
        + in_list("服务范围", 8, 0)
        + in_list("合同期限", 8, 0)
        + in_list("restarted", 9, 0)
    )
    pages = raw(make_zip, body, numbering=NUMBERING, styles=STYLES)
    assert [page.section for page in pages] == ["3 Travel > 3.1 Trains", "3 Travel > 3.2 Hotels", "4 Money"]
    assert pages[1].text == "3.2 Hotels\n\n    (a) by day\n    (b) by night"
    assert pages[2].text == "4 Money\n\n第一条 服务范围\n第二条 合同期限\n9 restarted"


def test_chapters_without_a_heading_style_are_sections(make_zip: MakeZip) -> None:
    body = (
        paragraph("管理制度")
        + paragraph("第一章　总则")
        + paragraph("第一条 内容。")
        + paragraph("第二章 附则")
    )
    pages = raw(make_zip, body + paragraph("第二条 自第一章规定之日起施行。"))
    assert [page.section for page in pages] == [None, "第一章 总则", "第二章 附则"]


def test_tracked_changes_read_as_accepted_and_hidden_text_is_not_read(make_zip: MakeZip) -> None:
    body = (
        "<w:p><w:r><w:t>The limit is </w:t></w:r>"
        "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>150</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>"
        "<w:r><w:t> euros, 10</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r></w:p>'
    )
    assert raw(make_zip, body)[0].text == "The limit is 150 euros, 10⁶"


def test_text_in_controls_boxes_and_notes_is_read(make_zip: MakeZip) -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id='4'/></w:r></w:p>"
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    notes = f"<w:footnote w:id='4'>{paragraph('The note.')}</w:footnote>"
    text = raw(make_zip, body, footnotes=notes)[0].text
    assert text == "In a control.\n\nClaim[1]\n\nIn a box.\n\n[1] The note."


def test_merged_cells_and_frames(make_zip: MakeZip) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    table = _table(cell)
    frame = f"<w:tbl><w:tr>{cell('Only a frame.')}</w:tr></w:tbl>"
    assert raw(make_zip, table + frame)[0].text == (
        "Zone | Weight | Price\nEU | 1 kg | 5\nEU | 2 kg | 7\nOther |  | ask\n\nOnly a frame."
    )


def _table(cell: Callable[..., str]) -> str:
    restart, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cell("Zone") + cell("Weight") + cell("Price"),
        cell("EU", restart) + cell("1 kg") + cell("5"),
        cell("", goes_on) + cell("2 kg") + cell("7"),
        cell("Other", wide) + cell("ask"),
    ]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_headers_and_footers_stand_on_a_page_of_their_own() -> None:
    document = docx.Document()
    document.add_paragraph("Body.")
    document.sections[0].header.paragraphs[0].text = "Version 3.2, in force from 1 March 2025"
    pages = saved(document)
    assert [page.text for page in pages] == ["Body.", "Version 3.2, in force from 1 March 2025"]


def test_a_document_of_pictures_only_says_so(make_zip: MakeZip) -> None:
    parts = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body/></w:document>'.encode()}
    loaded = load(make_zip({**parts, "word/media/scan.png": b"png"}), ".docx")
    assert (loaded.state, loaded.reason and loaded.reason.code) == (DocumentState.EMPTY, "file_pictures")
    assert load(make_zip(parts), ".docx").reason is not None


@pytest.mark.parametrize("content", [b"<w:document", b"", b"no xml at all"])
def test_damaged_xml_is_named(make_zip: MakeZip, content: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        load(make_zip({"word/document.xml": content}), ".docx")
    assert caught.value.loaded.reason is not None
    assert caught.value.loaded.reason.code == "file_damaged"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
    ],
)
def test_chinese_numbers(count: int, text: str) -> None:
    assert chinese(count) == text
