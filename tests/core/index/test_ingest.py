from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import DocumentError
from core.index.ingest import FileDone, FileStarted, PassagesIndexed, add, encode_missing
from core.index.search import Searcher
from core.store.database import Library
from core.store.documents import count_passages, find_document, list_documents, versions
from core.store.facts import revision, set_fact
from core.store.pages import find_page
from core.store.passages import all_passages
from core.store.vectors import lacking_vectors
from core.types import DocumentState, Place

_HOTEL = "# Hotels\n\nA hotel may cost 130 € a night.\n"
_LEAVE = "# 年假\n\n职工每年享受年假二十五天。\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "hotel.md").write_text(_HOTEL, encoding="utf-8")
    (folder / "年假.md").write_text(_LEAVE, encoding="utf-8")
    return folder


def _add(library: Library, path: Path, embedder: Any = None) -> dict[str, DocumentState]:
    events = add(library, [path], embedder)
    return {Path(e.document.path).name: e.document.state for e in events if isinstance(e, FileDone)}


def _texts(library: Library) -> list[str]:
    return [passage.text for passage in all_passages(library)]


def test_a_folder_is_loaded_file_by_file(library: Library, docs: Path, embedder: Any) -> None:
    events = list(add(library, [docs], embedder))
    started = [event for event in events if isinstance(event, FileStarted)]
    done = [event for event in events if isinstance(event, FileDone)]
    assert [(Path(event.path).name, event.index, event.total) for event in started] == [
        ("hotel.md", 1, 2),
        ("年假.md", 2, 2),
    ]
    assert [event.document for event in done] == list(list_documents(library))
    assert any(isinstance(event, PassagesIndexed) and event.done == event.total > 0 for event in events)
    assert all(event.document.state is DocumentState.INDEXED for event in done)
    assert lacking_vectors(library, embedder.identity) == []


def test_passages_lie_where_they_say(library: Library, docs: Path) -> None:
    _add(library, docs)
    for passage in all_passages(library):
        page = find_page(library, passage.place, start=passage.start, text=passage.text)
        assert page.text[passage.start : passage.end] == passage.text


def test_an_unchanged_file_is_neither_read_nor_encoded_again(
    library: Library, docs: Path, embedder: Any
) -> None:
    _add(library, docs, embedder)
    before, encoded = revision(library), len(embedder.read)
    os.utime(docs / "hotel.md")
    assert _add(library, docs, embedder) == {
        "hotel.md": DocumentState.UNCHANGED,
        "年假.md": DocumentState.UNCHANGED,
    }
    assert (revision(library), len(embedder.read)) == (before, encoded)


def test_a_changed_file_is_seen_even_with_its_old_time_and_size(library: Library, docs: Path) -> None:
    path = docs / "hotel.md"
    _add(library, docs)
    old = path.stat()
    path.write_text(_HOTEL.replace("130", "150"), encoding="utf-8")
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert _add(library, path) == {"hotel.md": DocumentState.INDEXED}
    text = "".join(_texts(library))
    assert "150" in text
    assert "130" not in text
    new, previous = versions(library, str(path))
    assert (new.current, previous.current, previous.passages) == (True, False, 0)
    page = find_page(library, Place(str(path), previous.sha256, section="Hotels"))
    assert "130" in page.text


def test_only_what_changed_is_encoded_again(library: Library, docs: Path, embedder: Any) -> None:
    path = docs / "long.md"
    sections = [f"# Part {number}\n\nIn part {number} there is a rule.\n" for number in range(30)]
    path.write_text("\n".join(sections), encoding="utf-8")
    _add(library, path, embedder)
    embedder.read.clear()
    sections[7] = "# Part 7\n\nThis rule is new.\n"
    path.write_text("\n".join(sections), encoding="utf-8")
    _add(library, path, embedder)
    assert len(embedder.read) == 1
    assert "This rule is new." in embedder.read[0]


def test_an_earlier_version_that_comes_back_is_not_read_again(
    library: Library, docs: Path, embedder: Any
) -> None:
    path = docs / "hotel.md"
    _add(library, path, embedder)
    path.write_text("# Hotels\n\nNo hotels at all.\n", encoding="utf-8")
    _add(library, path, embedder)
    embedder.read.clear()
    path.write_text(_HOTEL, encoding="utf-8")
    assert _add(library, path, embedder) == {"hotel.md": DocumentState.INDEXED}
    assert embedder.read == []
    assert "130" in "".join(_texts(library))
    assert len(versions(library, str(path))) == 3


def test_a_copy_adds_a_document_but_no_evidence(library: Library, docs: Path) -> None:
    _add(library, docs)
    count = count_passages(library)
    (docs / "copy of hotel.md").write_text(_HOTEL, encoding="utf-8")
    assert _add(library, docs)["copy of hotel.md"] is DocumentState.INDEXED
    assert count_passages(library) == count
    assert len(list_documents(library)) == 3
    hits = Searcher(library, None).search("hotel night")
    assert [Path(hit.passage.place.document).name for hit in hits] == ["hotel.md"]


def test_a_moved_file_is_known_under_its_new_name(library: Library, docs: Path) -> None:
    _add(library, docs)
    (docs / "hotel.md").rename(docs / "lodging.md")
    assert _add(library, docs) == {"lodging.md": DocumentState.INDEXED, "年假.md": DocumentState.UNCHANGED}
    assert [Path(document.path).name for document in list_documents(library)] == ["lodging.md", "年假.md"]
    (hit,) = Searcher(library, None).search("hotel night")
    assert Path(hit.passage.place.document).name == "lodging.md"


def test_a_deleted_file_is_missing_and_still_searched(library: Library, docs: Path) -> None:
    _add(library, docs)
    (docs / "hotel.md").unlink()
    _add(library, docs)
    assert {Path(d.path).name: d.missing for d in list_documents(library)} == {
        "hotel.md": True,
        "年假.md": False,
    }
    assert Searcher(library, None).search("hotel")


def test_bad_files_are_listed_with_reasons_and_tried_again(library: Library, docs: Path) -> None:
    (docs / "empty.txt").write_bytes(b"")
    (docs / "odd.xyz").write_bytes(b"\x00\x01\x02")
    (docs / "torn.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (docs / "rule.md").write_text("...\n\n!!!\n")
    states = _add(library, docs)
    assert states["empty.txt"] is DocumentState.EMPTY
    assert states["rule.md"] is DocumentState.EMPTY
    assert states["odd.xyz"] is DocumentState.UNSUPPORTED
    assert states["torn.pdf"] is DocumentState.BROKEN
    for name in ("empty.txt", "odd.xyz", "torn.pdf", "rule.md"):
        document = find_document(library, str(docs / name))
        assert document is not None
        assert document.reason is not None
        assert document.passages == 0
    assert _add(library, docs)["torn.pdf"] is DocumentState.BROKEN
    assert len(versions(library, str(docs / "torn.pdf"))) == 1


def test_a_file_that_breaks_is_no_longer_searched(library: Library, docs: Path) -> None:
    _add(library, docs)
    (docs / "hotel.md").write_bytes(b"")
    assert _add(library, docs)["hotel.md"] is DocumentState.EMPTY
    assert Searcher(library, None).search("hotel night") == ()


def test_unreadable_files_do_not_stand_for_each_other(
    library: Library, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, f"no: {path.name}")

    monkeypatch.setattr("core.documents.reader.hash_file", refuse)
    monkeypatch.setattr("core.index.ingest.hash_file", refuse)
    _add(library, docs)
    reasons = [document.reason for document in list_documents(library)]
    assert [reason.params["detail"] for reason in reasons if reason] == ["no: hotel.md", "no: 年假.md"]
    monkeypatch.undo()
    assert set(_add(library, docs).values()) == {DocumentState.INDEXED}


def test_a_path_that_is_not_there(library: Library, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        list(add(library, [tmp_path / "nothing"], None))


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_a_name_that_is_no_text(library: Library, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    path.write_text(_HOTEL, encoding="utf-8")
    (document,) = (e.document for e in add(library, [path], None) if isinstance(e, FileDone))
    assert document.path.endswith("caf\\xe9.md")
    assert document.state is DocumentState.INDEXED


def test_closing_between_batches_keeps_what_was_encoded(library: Library, docs: Path, embedder: Any) -> None:
    sections = [f"# Part {number}\n\nIn part {number} there is a rule.\n" for number in range(40)]
    (docs / "long.md").write_text("\n".join(sections), encoding="utf-8")
    events: Iterator[Any] = add(library, [docs / "long.md"], embedder)
    for event in events:
        if isinstance(event, PassagesIndexed) and event.done:
            break
    events.close()  # type: ignore[attr-defined]
    assert list_documents(library) == ()
    assert len(embedder.read) == 16
    _add(library, docs / "long.md", embedder)
    assert sorted(embedder.read) == sorted(set(embedder.read))
    assert len(embedder.read) == 40


def test_documents_added_without_an_encoder_get_their_vectors_later(
    library: Library, docs: Path, embedder: Any
) -> None:
    _add(library, docs)
    assert Searcher(library, embedder).vectors("lodging") == ()
    assert _add(library, docs, embedder)["hotel.md"] is DocumentState.UNCHANGED
    assert lacking_vectors(library, embedder.identity) == []
    assert "hotel" in Searcher(library, embedder).vectors("lodging", 1)[0].passage.text.lower()


def test_vectors_of_another_encoder_are_not_used(library: Library, docs: Path, embedder: Any) -> None:
    _add(library, docs, embedder)
    embedder.identity = "another"
    assert Searcher(library, embedder).vectors("lodging") == ()
    list(encode_missing(library, embedder))
    assert Searcher(library, embedder).vectors("lodging")
    embedder.identity = "stand-in"
    assert Searcher(library, embedder).vectors("lodging") == ()


def test_an_index_cut_another_way_is_rebuilt(library: Library, docs: Path) -> None:
    _add(library, docs)
    with library.writing() as db:
        db.execute("delete from passage_words")
        set_fact(library, "segmentation", "0")
    assert Searcher(library, None).search("hotel night")


_LOAD = """
import sys
from pathlib import Path
from core.index.ingest import FileDone, PassagesIndexed, add
from core.store.database import Library
if __name__ == "__main__":
    with Library.open(Path(sys.argv[1])) as library:
        for event in add(library, [Path(sys.argv[2])], None):
            if isinstance(event, FileDone):
                print(event.document.path, event.document.state, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_a_killed_process_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    docs, library_folder, script = tmp_path / "docs", tmp_path / "library", tmp_path / "load.py"
    docs.mkdir()
    script.write_text(_LOAD, encoding="utf-8")
    for number in range(60):
        (docs / f"{number:02}.md").write_text(
            f"# Rule {number}\n\nRule number {number} applies.\n", encoding="utf-8"
        )
    command = [sys.executable, str(script), str(library_folder), str(docs)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    finished = [process.stdout.readline().split()[0] for _ in range(10)]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with Library.open(library_folder, create=False) as library:
        kept = {document.path for document in list_documents(library)}
        assert set(finished) <= kept
        assert len(kept) < 60
        states = _add(library, docs)
        assert {name for name, state in states.items() if state is DocumentState.UNCHANGED} == {
            Path(path).name for path in kept
        }
        assert len(list_documents(library)) == count_passages(library) == 60
        assert all(len(versions(library, path)) == 1 for path in kept)


@pytest.mark.skipif(sys.platform == "win32", reason="scripted for POSIX")
def test_two_processes_loading_the_same_folder(tmp_path: Path) -> None:
    docs, library_folder, script = tmp_path / "docs", tmp_path / "library", tmp_path / "load.py"
    docs.mkdir()
    script.write_text(_LOAD, encoding="utf-8")
    for number in range(20):
        (docs / f"{number:02}.md").write_text(
            f"# Rule {number}\n\nRule number {number} applies.\n", encoding="utf-8"
        )
    command = [sys.executable, str(script), str(library_folder), str(docs)]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(120) for process in processes] == [0, 0]
    with Library.open(library_folder, create=False) as library:
        assert len(list_documents(library)) == count_passages(library) == 20
        assert library.db["contents"].count == 20
