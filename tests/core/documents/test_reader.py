from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.documents.content import MIB, Limits
from core.documents.reader import Reader, discover, hash_file, read
from core.documents.wire import unpack
from core.errors import DocumentError
from core.types import DocumentState

Write = Callable[[str, bytes | str], Path]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

MISCHIEF = """
import os, time

def hang(path, sha256, limits):
    while True:
        time.sleep(1)

def spin(path, sha256, limits):
    while True:
        pass

def abort(path, sha256, limits):
    os.abort()

def exit_quietly(path, sha256, limits):
    os._exit(3)

def swallow_memory(path, sha256, limits):
    held = []
    while True:
        held.append(bytearray(8 * 1024 * 1024))

def recurse(path, sha256, limits):
    return recurse(path, sha256, limits)

def say_too_much(path, sha256, limits):
    return b"x" * (limits.result + 10)

def lie(path, sha256, limits):
    return b'{"not": "a file"}'

def raise_error(path, sha256, limits):
    raise KeyError("secret text of the file")

def crash_on_bad(path, sha256, limits):
    if "bad" in path:
        os.abort()
    from core.documents.parse import parse_file
    return parse_file(path, sha256, limits)
"""


@pytest.fixture
def mischief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Parsers that misbehave, in a module that the child process can import by its name."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "mischief_parsers.py").write_text(MISCHIEF, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "mischief_parsers", raising=False)

    def named(name: str) -> Any:
        return getattr(__import__("mischief_parsers"), name)

    return named


@pytest.mark.parametrize(
    ("name", "content", "state", "code"),
    [
        ("nothing.txt", b"", DocumentState.EMPTY, "file_zero_bytes"),
        ("blank.txt", b" \n\n  \t\n", DocumentState.EMPTY, "file_no_text"),
        ("blank.md", b"---\n---\n", DocumentState.EMPTY, "file_no_text"),
        ("data.txt", bytes(range(256)) * 20, DocumentState.BROKEN, "file_binary"),
        ("odd.txt", b"\xff\x81\x8d\x90\x9d\xff" * 50, DocumentState.BROKEN, "file_encoding_unknown"),
        ("cut.txt", b"\xef\xbb\xbfgood \xe4\xb8", DocumentState.BROKEN, "file_encoding_damaged"),
        ("photo.png", PNG, DocumentState.UNSUPPORTED, "file_picture"),
        ("photo.heic", b"anything", DocumentState.UNSUPPORTED, "file_picture"),
        ("program.py", b"print(1)\n", DocumentState.UNSUPPORTED, "file_unsupported"),
        ("old.doc", OLE, DocumentState.UNSUPPORTED, "file_old_office"),
        ("old.xlsx", OLE, DocumentState.UNSUPPORTED, "file_old_office"),
        (
            "locked.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            DocumentState.ENCRYPTED,
            "file_encrypted",
        ),
        ("letter.docx", b"Dear Sir,\nthis is no zip.", DocumentState.BROKEN, "file_not_format"),
        ("letter.docx", b"PK\x03\x04 and then nothing", DocumentState.BROKEN, "file_zip_damaged"),
        ("sheet.xlsx", b"%PDF-1.7 not a sheet", DocumentState.BROKEN, "file_mismatch"),
        ("page.txt", PNG, DocumentState.BROKEN, "file_mismatch"),
        ("paper.pdf", b"hello", DocumentState.BROKEN, "file_not_format"),
        ("paper.pdf", b"%PDF-1.7\nnothing more", DocumentState.BROKEN, "file_damaged"),
        ("deep.html", b"<div>" * 60_000 + b"x", DocumentState.BROKEN, "file_too_deep"),
    ],
)
def test_every_bad_file_has_a_state_and_a_reason(
    reader: Reader, write: Write, name: str, content: bytes, state: DocumentState, code: str
) -> None:
    found = reader.read(write(name, content))
    assert (found.state, found.reason and found.reason.code, found.pages) == (state, code, ())
    assert found.size == len(content)


def test_a_pdf_that_is_a_zip_says_so(reader: Reader, write: Write, make_zip: Callable[..., bytes]) -> None:
    found = reader.read(write("contract.pdf", make_zip({"a.txt": b"a"})))
    assert found.state is DocumentState.BROKEN
    assert found.reason is not None
    assert found.reason.code == "file_mismatch"
    assert found.reason.params == {"suffix": "pdf", "found": "zip"}


def test_a_zip_bomb_is_not_unpacked(write: Write, make_zip: Callable[..., bytes]) -> None:
    bomb = write("bomb.docx", make_zip({"word/document.xml": b"\0" * (40 * MIB)}))
    assert bomb.stat().st_size < MIB
    found = read(bomb, Limits(unpacked=20 * MIB))
    assert found.state is DocumentState.TOO_LARGE
    assert found.reason is not None
    assert found.reason.code == "file_zip_bomb"


def test_entities_that_multiply_are_not_expanded(
    reader: Reader, write: Write, make_zip: Callable[..., bytes]
) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body>"
    xml = f'<!DOCTYPE w [<!ENTITY e0 "lol">{entities}]><w:document xmlns:w="w">{text}</w:document>'
    found = reader.read(write("laughs.docx", make_zip({"word/document.xml": xml.encode()})))
    assert found.state in (DocumentState.EMPTY, DocumentState.BROKEN)


@pytest.mark.parametrize(
    ("parser", "limits", "state", "code"),
    [
        ("hang", Limits(seconds=1.5), DocumentState.BROKEN, "file_timed_out"),
        ("spin", Limits(seconds=1.5), DocumentState.BROKEN, "file_timed_out"),
        ("abort", Limits(), DocumentState.BROKEN, "file_crashed"),
        ("exit_quietly", Limits(), DocumentState.BROKEN, "file_crashed"),
        ("swallow_memory", Limits(memory=128 * MIB), DocumentState.BROKEN, "file_out_of_memory"),
        ("recurse", Limits(), DocumentState.BROKEN, "file_parser_failed"),
        ("say_too_much", Limits(result=MIB), DocumentState.TOO_LARGE, "file_too_much_text"),
        ("lie", Limits(), DocumentState.BROKEN, "file_crashed"),
        ("raise_error", Limits(), DocumentState.BROKEN, "file_parser_failed"),
    ],
)
def test_a_parser_that_misbehaves_is_a_state_of_its_file(
    write: Write,
    mischief: Callable[[str], Any],
    parser: str,
    limits: Limits,
    state: DocumentState,
    code: str,
) -> None:
    with Reader(limits, work=mischief(parser)) as reader:
        found = reader.read(write("a.txt", "text"))
    assert (found.state, found.reason and found.reason.code) == (state, code)
    assert found.sha256 == hash_file(write("a.txt", "text"))
    assert "secret" not in str(found.reason)


def test_after_a_crash_the_next_file_is_read(write: Write, mischief: Callable[[str], Any]) -> None:
    with Reader(work=mischief("crash_on_bad")) as reader:
        states = [reader.read(write(name, "some text")).state for name in ("bad.txt", "good.txt", "bad.txt")]
        assert reader.read(write("fine.txt", "more text")).pages[0].text == "more text"
    assert states == [DocumentState.BROKEN, DocumentState.INDEXED, DocumentState.BROKEN]


def test_reading_gives_signs_of_life_and_can_be_stopped(write: Write, mischief: Callable[[str], Any]) -> None:
    with Reader(work=mischief("hang")) as reader:
        steps = reader.steps(write("a.txt", "text"))
        assert [next(steps), next(steps)] == [None, None]
        steps.close()  # type: ignore[attr-defined]
        assert reader._worker._process is None


def test_one_child_reads_many_files(write: Write) -> None:
    with Reader() as reader:
        reader.read(write("a.txt", "one"))
        first = reader._worker._process
        reader.read(write("b.txt", "two"))
        assert reader._worker._process is first


def test_a_file_that_is_too_large_is_not_parsed(write: Write) -> None:
    found = read(write("a.txt", "x" * 2000), Limits(file=1000))
    assert found.state is DocumentState.TOO_LARGE
    assert found.sha256 != ""


def test_what_cannot_be_opened_is_broken(reader: Reader, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path):
        found = reader.read(path)
        assert found.state is DocumentState.BROKEN
        assert found.reason is not None
        assert found.reason.code == "file_unreadable"
        assert found.sha256 == ""


def test_folders_are_read_recursively_and_leftovers_stay_out(tmp_path: Path) -> None:
    kept = ["a.txt", "sub/b.pdf", "sub/deeper/c.docx", "z.unknown"]
    left = [".hidden", "~$a.docx", ".~lock.a.docx#", "sub/.git/config", "Thumbs.db", "x.tmp", "b.txt~"]
    for name in kept + left:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = discover([tmp_path, tmp_path / "a.txt"])
    assert found == sorted(tmp_path / name for name in kept)


def test_a_file_named_by_itself_is_read_even_when_hidden(tmp_path: Path) -> None:
    hidden = tmp_path / ".notes.txt"
    hidden.write_text("x", encoding="utf-8")
    assert discover([hidden]) == [hidden]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        discover([tmp_path / "nowhere"])
    assert caught.value.code == "file_missing"


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the owner of everything may list everything"
)
def test_a_folder_that_cannot_be_listed_is_not_missed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert discover([tmp_path]) == [closed]


def test_the_wire_refuses_what_is_no_file() -> None:
    for junk in (b"", b"[]", b"[1,2,3,4]", b'["txt","strange",null,[]]', b'["txt","empty",null,[[1]]]'):
        with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
            unpack(junk)
