from __future__ import annotations

import pytest

from core.documents.loaders import html_loader, md_loader, txt_loader
from core.types import DocumentState, Page

MARKDOWN = """---
title: "Travel policy"
tags: x
---
Approved by the *board* on [intranet](https://intra.example/x), see [rates](../rates.md).

# 3 Travel
## 3.2 Hotels
Rooms cost **up to 150 €** a
night; `room_type` is _single_.<br>Breakfast <b>included</b>.

- first item
  - inner \\*item\\*
- [ ] second
  goes on

1. one
2. two

| City | Limit |
|------|------:|
| Paris | **180** |
| Bonn \\| Köln | 120 |

```python
# not a heading
x = a_b_c * 2
```
<!-- INTERNAL: not for readers -->
## 3.3 Trains
Text

Setext title
============
after {% link "x" %} the end
"""


def pages_of(markdown: str) -> tuple[Page, ...]:
    return md_loader.load(markdown.encode(), ".md").pages


def test_sections_carry_their_heading_path() -> None:
    assert [page.section for page in pages_of(MARKDOWN)] == [
        "Travel policy",
        "3 Travel > 3.2 Hotels",
        "3 Travel > 3.3 Trains",
        "Setext title",
    ]


def test_a_section_reads_as_plain_text() -> None:
    assert pages_of(MARKDOWN)[1].text == (
        "3 Travel\n\n3.2 Hotels\n\n"
        "Rooms cost up to 150 € a night; room_type is single. Breakfast included.\n\n"
        "- first item\n  - inner *item*\n- [ ] second goes on\n1. one\n2. two\n\n"
        "City | Limit\nParis | 180\nBonn | Köln | 120".replace("Bonn | Köln", "Bonn ¦ Köln")
        + "\n\n# not a heading\nx = a_b_c * 2"
    )


def test_an_address_is_told_when_it_leads_outside() -> None:
    text = pages_of(MARKDOWN)[0].text
    assert "intranet (https://intra.example/x)" in text
    assert "see rates." in text


def test_comments_and_front_matter_are_not_text() -> None:
    everything = "\n".join(page.text for page in pages_of(MARKDOWN))
    assert "INTERNAL" not in everything
    assert "tags" not in everything


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("~~old~~ price", "~~old~~ price"),
        ("**第一条** 规定", "第一条 规定"),
        ("A &amp; B &lt; C", "A & B < C"),
        ("[text][ref] and [ref]\n\n[ref]: https://a.example", "text (https://a.example) and [ref]"),
        ("![logo](x.png) Kestrel", "logo Kestrel"),
        ("<https://b.example/c_d_e>", "https://b.example/c_d_e"),
        ("替换 `a*b*c` 后", "替换 a*b*c 后"),
        ("<name of employee> signs", "<name of employee> signs"),
        ("两行\n文字", "两行文字"),
        ("\\*not emphasis\\*", "*not emphasis*"),
    ],
)
def test_marks_inside_a_line(marked: str, plain: str) -> None:
    assert pages_of(marked)[0].text == plain


def test_an_empty_section_keeps_its_heading() -> None:
    assert [page.text for page in pages_of("# A\n## B\n## C\ntext")] == ["A\n\nB", "C\n\ntext"]


HTML = """<!doctype html><html><head><title>Help</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1>Questions &amp; answers</h1>
<p>Intro with <b>bold</b>, 10<sup>6</sup> units and
a <a href="https://help.example">link</a>.</p>
<h2>Returns</h2>
<p>Within 30&nbsp;days.<br>No costs.</p>
<ul><li>Keep the box</li><li>Call us<ol><li>choose 1</li><li>wait</li></ol></li></ul>
<table><caption>Rates</caption>
<tr><th>Zone</th><th>Weight</th><th>Price</th></tr>
<tr><td rowspan="2">EU</td><td>1 kg</td><td>5 €</td></tr>
<tr><td>2 kg</td><td>7 €</td></tr>
<tr><td colspan="2">Other</td><td>on request</td></tr></table>
<pre>code  line
  two</pre>
<div style="display:none">secret trap</div><p hidden>unseen</p><script>var x = "script";</script>
</body></html>"""


def test_html_reads_as_a_person_sees_it() -> None:
    pages = html_loader.load(HTML.encode(), ".html").pages
    assert [page.section for page in pages] == ["Questions & answers", "Questions & answers > Returns"]
    assert pages[0].text == (
        "Questions & answers\n\nIntro with bold, 10⁶ units and a link (https://help.example)."
    )
    assert pages[1].text == (
        "Returns\n\nWithin 30 days.\nNo costs.\n\n"
        "- Keep the box\n- Call us\n  1. choose 1\n  2. wait\n\n"
        "Rates\n\nZone | Weight | Price\nEU | 1 kg | 5 €\nEU | 2 kg | 7 €\nOther |  | on request\n\n"
        "code  line\n  two"
    )


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    html = f"<table><tr><td><p>Left text</p></td><td>{inner}</td></tr></table>"
    assert html_loader.load(html.encode(), ".html").pages[0].text == "Left text\n\na | b"


def test_html_without_headings_takes_its_title() -> None:
    page = html_loader.load(b"<title>Opening hours</title><p>9 to 5</p>", ".html").pages[0]
    assert (page.section, page.text) == ("Opening hours", "Opening hours\n\n9 to 5")


def test_html_without_text_is_empty() -> None:
    assert html_loader.load(b"<html><body><img src=x><script>1</script></body></html>", ".html").state is (
        DocumentState.EMPTY
    )


def test_text_files_keep_their_lines_and_page_breaks() -> None:
    loaded = txt_loader.load("A\r\nB  \r\n\r\n\r\n\r\nC\fD\u200b\u00ad".encode(), ".txt")
    assert [(page.number, page.text) for page in loaded.pages] == [(1, "A\nB\n\nC"), (2, "D")]


def test_a_regulation_in_plain_text_has_its_chapters() -> None:
    contents = "差旅管理规定\n目录\n第一章 总则\n第二章 标准\n\n"
    body = "第一章 总则\n第一条 本规定适用于全体员工。\n第二章 标准\n第一节 住宿\n第二条 每晚500元。"
    pages = txt_loader.load((contents + body).encode(), ".txt").pages
    assert [page.section for page in pages] == [None, "第一章 总则", "第二章 标准 > 第一节 住宿"]
    assert pages[0].text == contents.strip()
    assert pages[2].text == "第二章 标准\n\n第一节 住宿\n\n第二条 每晚500元。"


def test_invisible_and_control_characters_are_gone() -> None:
    text = "a\ufeffb\x00c\u202ed ﬁ ⼀".replace("\x00", "\x07")
    assert txt_loader.load(text.encode(), ".txt").pages[0].text == "abcd fi 一"
