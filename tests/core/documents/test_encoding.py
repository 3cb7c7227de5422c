from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.content import Unreadable
from core.documents.encoding import Decoded, decode, decode_html
from core.types import Reason

SIMPLIFIED = "差旅费报销规定\n第一条 员工出差住宿标准为每晚500元，超出部分由个人承担。\n"
TRADITIONAL = "差旅費報銷規定\n第一條 員工出差住宿標準為每晚500元，超出部分由個人承擔。\n"
WESTERN = "Résumé of the café’s terms – “30 % off”, £5, naïve façade.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gb2312"),
        ("报销", "gbk"),
        ("𠮷野家的合同", "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (WESTERN, "cp1252"),
        ("Plain English only.\n", "ascii"),
        ("Plain English in wide letters.\n", "utf-16-le"),
    ],
)
def test_text_comes_back_as_it_was_written(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text)


def test_a_page_is_read_as_it_says_itself() -> None:
    page = '<meta charset="gb2312"><p>年假制度</p>'
    assert decode_html(page.encode("gb18030")).text == page


def test_a_page_that_says_something_wrong_is_read_by_its_bytes() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=ascii"><p>年假制度说明</p>'
    assert decode_html(page.encode("utf-8")).text == page
    assert decode_html(page.encode("gb18030")).text == page


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(256)) * 8, "file_binary"),
        (b"\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11" * 30, "file_binary"),
        (b"\xff\xfeodd", "file_encoding_damaged"),
        (b"\xfd\x81\xff\x8d" * 100, "file_encoding_unknown"),
    ],
)
def test_what_cannot_be_decided_is_said(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.loaded.reason is not None
    assert caught.value.loaded.reason.code == code


def test_a_character_cut_in_two_does_not_lose_the_rest() -> None:
    data = (SIMPLIFIED * 30).encode("utf-8")[:-2]
    for marked in (data, b"\xef\xbb\xbf" + data):
        decoded = decode(marked)
        assert decoded.text == (SIMPLIFIED * 30)[:-2] + "\ufffd"
        assert decoded.reason == Reason("file_bad_characters", {"count": 1})


def text_or_reason(data: bytes) -> str | Reason:
    """The text, or why there is none; anything else is a failure."""
    try:
        return decode(data).text
    except Unreadable as unreadable:
        return unreadable.loaded.reason or "no reason"


def test_another_east_asian_encoding_is_not_shown_as_chinese() -> None:
    korean = (
        "제1조 이 규정은 회사의 출장비 지급 기준을 정함을 목적으로 한다. 숙박비는 하루 십만원으로 한다.\n" * 5
    )
    read = text_or_reason(korean.encode("euc-kr"))
    assert read == korean or isinstance(read, Reason)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    assert text_or_reason(data) != "no reason"
