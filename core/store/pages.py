"""Pages: the text of a document with its anchors, compressed, for showing evidence and re-indexing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.errors import LibraryError
from core.store.database import Library
from core.store.documents import ContentId
from core.types import Anchor, Box, Page, PageId, Place

_COLUMNS = "p.id, p.number, p.section, p.sheet, p.header, p.text, p.anchors"


def put_pages(library: Library, content: ContentId, pages: Sequence[Page]) -> tuple[PageId, ...]:
    """Store the pages of a content in reading order, in place of what was there."""
    with library.writing() as db:
        db.execute("delete from pages where content_id = ?", [content])
        ids = []
        for position, page in enumerate(pages):
            cursor = db.execute(
                """insert into pages (content_id, position, number, section, sheet, header, text, anchors)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                [content, position, page.number, page.section, page.sheet, page.header, *_packed(page)],
            )
            ids.append(PageId(cursor.lastrowid or 0))
    return tuple(ids)


def page(library: Library, page_id: PageId) -> Page:
    """One page. Raises LibraryError when it is not there any more."""
    query = f"select {_COLUMNS} from pages p where p.id = ?"  # noqa: S608 - a constant
    for row in library.db.query(query, [page_id]):
        return _page(row)
    raise LibraryError("library_no_such_page")


def pages_of(library: Library, content: ContentId) -> Iterator[tuple[PageId, Page]]:
    """The pages of a content in reading order."""
    query = f"select {_COLUMNS} from pages p where p.content_id = ? order by p.position"  # noqa: S608 - a constant
    for row in library.db.query(query, [content]):
        yield PageId(row["id"]), _page(row)


def find_page(library: Library, place: Place, *, start: int = 0, text: str = "") -> Page:
    """The page that evidence came from, in the version of the document that was checked then.

    Sections may share a name: the one that holds ``text`` at ``start`` is taken. Raises LibraryError when
    the page was erased.
    """
    query = f"""select {_COLUMNS} from pages p join contents c on c.id = p.content_id
        where c.sha256 = ? and p.number is ? and p.section is ? and p.sheet is ?
        order by p.content_id, p.position"""  # noqa: S608 - a constant
    for row in library.db.query(query, [place.document_sha256, place.page, place.section, place.sheet]):
        found = _page(row)
        if found.text.startswith(text, start):
            return found
    raise LibraryError("library_no_such_page")


def _packed(page: Page) -> tuple[bytes, bytes | None]:
    text = zlib.compress(page.text.encode("utf-8"))
    if not page.anchors:
        return text, None
    anchors = [[a.start, a.end, _corners(a.box), a.cell] for a in page.anchors]
    return text, zlib.compress(json.dumps(anchors, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _corners(box: Box | None) -> list[float] | None:
    return None if box is None else [box.x0, box.y0, box.x1, box.y1]


def _page(row: Mapping[str, Any]) -> Page:
    anchors = [] if row["anchors"] is None else json.loads(zlib.decompress(row["anchors"]))
    return Page(
        text=zlib.decompress(row["text"]).decode("utf-8"),
        number=row["number"],
        section=row["section"],
        sheet=row["sheet"],
        header=row["header"],
        anchors=tuple(
            Anchor(start, end, None if box is None else Box(*box), cell) for start, end, box, cell in anchors
        ),
    )
