from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.index.freshness import Freshness, folders_of, freshness
from core.index.ingest import FileDone, add
from core.store.database import Library
from core.store.documents import StoredDocument


@pytest.fixture
def read(library: Library, tmp_path: Path) -> StoredDocument:
    path = tmp_path / "leave.md"
    path.write_text("28 days of leave", encoding="utf-8")
    os.utime(path, (1, 1))
    (done,) = [event for event in add(library, [path], None) if isinstance(event, FileDone)]
    return done.document


def touch(document: StoredDocument, text: str) -> None:
    Path(document.path).write_text(text, encoding="utf-8")
    later = time.time() + 10
    os.utime(document.path, (later, later))


def test_a_file_that_nobody_touched_is_as_read(read: StoredDocument) -> None:
    assert freshness(read) is Freshness.AS_READ


def test_a_file_written_anew_with_the_same_text_is_as_read(read: StoredDocument) -> None:
    touch(read, "28 days of leave")
    assert freshness(read) is Freshness.AS_READ


@pytest.mark.parametrize("text", ["30 days of leave", "28 days of leave!"])
def test_another_text_is_seen_whether_it_has_another_length_or_not(read: StoredDocument, text: str) -> None:
    touch(read, text)
    assert freshness(read) is Freshness.CHANGED


def test_a_file_that_is_gone_is_missing(read: StoredDocument) -> None:
    Path(read.path).unlink()
    assert freshness(read) is Freshness.MISSING


def test_folders_inside_others_are_not_named_twice(read: StoredDocument) -> None:
    paths = ("/a/b/x.md", "/a/b/c/y.md", "/a/bb/z.md", "/a/b/x2.md")
    documents = [replace(read, path=path) for path in paths]
    assert folders_of(documents) == (Path("/a/b"), Path("/a/bb"))
