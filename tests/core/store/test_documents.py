from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LibraryError
from core.store.database import Library
from core.store.documents import (
    ContentId,
    StoredContent,
    count_passages,
    find_content,
    find_document,
    list_documents,
    put_content,
    put_document,
    versions,
)
from core.store.facts import revision
from core.store.pages import find_page, page, pages_of, put_pages
from core.store.passages import (
    NewPassage,
    all_passages,
    count_holding,
    drop_unheld,
    load_passages,
    match_words,
    put_passages,
)
from core.store.removal import forget, remove
from core.types import Anchor, Box, DocumentState, Page, PageId, PassageId, Place, Reason

_PAGES = (
    Page("Hotels cost 130 € a night.", number=1, anchors=(Anchor(0, 6, Box(1.5, 2.25, 30.0, 12.125)),)),
    Page(
        "A | B\n1 | 2",
        sheet="Prices",
        header="A | B",
        anchors=(Anchor(6, 7, cell="A2"), Anchor(10, 11, cell="B2")),
    ),
    Page("𠮷野家 line\x00break", section="甲 > 乙"),
)


def _content(
    sha: str = "aa", state: DocumentState = DocumentState.INDEXED, reason: Reason | None = None
) -> StoredContent:
    return StoredContent(ContentId(0), sha, ".md", "md", 7, state, reason)


def _add(library: Library, path: str, sha: str, word: str = "hotel") -> ContentId:
    """A document of one page and one passage."""
    with library.writing():
        content = put_content(library, _content(sha))
        ids = put_pages(library, content, [Page(f"{word} text", section="S")])
        put_passages(
            library, content, [NewPassage(ids[0], 0, len(word), word, None, word, "s", sha.encode())]
        )
        put_document(library, path, content)
        drop_unheld(library)
    return content


def test_pages_come_back_as_they_were(library: Library) -> None:
    content = put_content(library, _content())
    ids = put_pages(library, content, _PAGES)
    assert tuple(page(library, each) for each in ids) == _PAGES
    assert tuple(pages_of(library, content)) == tuple(zip(ids, _PAGES, strict=True))


def test_a_page_is_found_by_its_place(library: Library) -> None:
    content = put_content(library, _content("aa"))
    again = Page("second text", section="甲 > 乙")
    put_pages(library, content, [*_PAGES, again])
    assert find_page(library, Place("x.md", "aa", page=1)) == _PAGES[0]
    assert find_page(library, Place("x.md", "aa", sheet="Prices")) == _PAGES[1]
    same_name = Place("x.md", "aa", section="甲 > 乙")
    assert find_page(library, same_name) == _PAGES[2]
    assert find_page(library, same_name, start=7, text="text") == again
    for place in (Place("x.md", "bb", page=1), Place("x.md", "aa", page=2)):
        with pytest.raises(LibraryError, match="library_no_such_page"):
            find_page(library, place)
    with pytest.raises(LibraryError, match="library_no_such_page"):
        page(library, PageId(99))


def test_a_bad_file_is_listed_with_its_reason(library: Library) -> None:
    reason = Reason("file_too_large", {"limit": 256})
    content = put_content(library, _content("cc", DocumentState.TOO_LARGE, reason))
    document = put_document(library, "/docs/big.pdf", content)
    assert list_documents(library) == (document,)
    assert (document.state, document.reason, document.passages) == (DocumentState.TOO_LARGE, reason, 0)


def test_reading_a_file_again_replaces_what_was_known_of_it(library: Library) -> None:
    first = put_content(
        library, _content("cc", DocumentState.BROKEN, Reason("file_crashed", {"detail": "x"}))
    )
    second = put_content(library, _content("cc"))
    assert first == second
    known = find_content(library, "cc", ".md")
    assert known is not None
    assert (known.state, known.reason) == (DocumentState.INDEXED, None)
    assert find_content(library, "cc", ".txt") is None


def test_a_changed_file_replaces_its_passages_and_keeps_its_old_pages(library: Library) -> None:
    _add(library, "/docs/a.md", "old", "hotel")
    _add(library, "/docs/a.md", "new", "train")
    assert [passage.text for passage in all_passages(library)] == ["train"]
    assert match_words(library, '"hotel"', 5, 1.0) == []
    assert [(each.sha256, each.current) for each in versions(library, "/docs/a.md")] == [
        ("new", True),
        ("old", False),
    ]
    assert [each.sha256 for each in list_documents(library)] == ["new"]
    assert find_page(library, Place("/docs/a.md", "old", section="S")).text == "hotel text"


def test_two_paths_with_one_content_share_its_passages(library: Library) -> None:
    content = _add(library, "/docs/a.md", "same")
    put_document(library, "/docs/copy.md", content)
    assert len(list_documents(library)) == 2
    assert count_passages(library) == 1
    (passage,) = all_passages(library)
    assert passage.place.document == "/docs/a.md"
    remove(library, "/docs/a.md")
    (passage,) = all_passages(library)
    assert passage.place.document == "/docs/copy.md"
    remove(library, "/docs/copy.md")
    assert count_passages(library) == 0


def test_the_same_content_again_is_no_new_version(library: Library) -> None:
    content = _add(library, "/docs/a.md", "same")
    before = find_document(library, "/docs/a.md")
    assert put_document(library, "/docs/a.md", content) == before
    assert len(versions(library, "/docs/a.md")) == 1


def test_a_removed_document_is_not_searched_but_can_be_shown(library: Library) -> None:
    _add(library, "/docs/a.md", "one")
    remove(library, "/docs/a.md")
    assert list_documents(library) == ()
    assert find_page(library, Place("/docs/a.md", "one", section="S")).text == "hotel text"
    for forgotten in ("/docs/a.md", "/docs/never.md"):
        with pytest.raises(LibraryError, match="library_no_such_document"):
            remove(library, forgotten)


def test_a_forgotten_document_leaves_nothing_behind(library: Library) -> None:
    _add(library, "/docs/a.md", "old", "hotel")
    _add(library, "/docs/a.md", "new", "train")
    _add(library, "/docs/b.md", "other", "plane")
    forget(library, "/docs/a.md")
    assert [passage.text for passage in all_passages(library)] == ["plane"]
    assert versions(library, "/docs/a.md") == ()
    for table, count in (("contents", 1), ("pages", 1), ("passages", 1), ("passage_words", 1)):
        assert library.db[table].count == count, table
    assert count_holding(library, ["hotel", "train", "plane"]) == {"hotel": 0, "train": 0, "plane": 1}
    with pytest.raises(LibraryError, match="library_no_such_document"):
        forget(library, "/docs/a.md")


def test_forgetting_one_copy_keeps_what_the_other_holds(library: Library) -> None:
    content = _add(library, "/docs/a.md", "same")
    put_document(library, "/docs/copy.md", content)
    forget(library, "/docs/a.md")
    assert [passage.place.document for passage in all_passages(library)] == ["/docs/copy.md"]
    assert find_page(library, Place("/docs/copy.md", "same", section="S")).text == "hotel text"


def test_passages_come_in_the_order_asked_for(library: Library) -> None:
    _add(library, "/docs/a.md", "one", "hotel")
    _add(library, "/docs/b.md", "two", "train")
    first, second = [passage.id for passage in all_passages(library)]
    assert [each.id for each in load_passages(library, [second, PassageId(999), first])] == [second, first]


def test_every_change_raises_the_revision(library: Library) -> None:
    seen = [revision(library)]
    for change in (
        lambda: _add(library, "/docs/a.md", "one"),
        lambda: _add(library, "/docs/a.md", "two"),
        lambda: remove(library, "/docs/a.md"),
    ):
        change()
        seen.append(revision(library))
    assert sorted(set(seen)) == seen


def test_a_document_whose_file_is_gone_is_missing(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    _add(library, str(path), "one")
    document = find_document(library, str(path))
    assert document is not None
    assert not document.missing
    path.unlink()
    assert document.missing
