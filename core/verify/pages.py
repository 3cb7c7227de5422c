"""Evidence from files that are named for one check, without loading them into a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.documents.place import locate
from core.types import Page, Place
from core.verify.evidence import Window
from core.verify.sources import ContextSource, Embeds


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of a file that was read: its text, and the file's path and hash."""

    page: Page
    document: str
    document_sha256: str


class PageSource:
    """The pages of some files; evidence names file and page, offsets count within the page's text."""

    def __init__(self, pages: Sequence[FilePage], embedder: Embeds | None = None) -> None:
        self._pages = tuple(pages)
        self._source = ContextSource([page.page.text for page in pages], embedder)

    @property
    def empty(self) -> bool:
        """Whether the files hold no text."""
        return self._source.empty

    def texts(self) -> tuple[str, ...]:
        """The pages' texts."""
        return self._source.texts()

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        """The ``k`` windows that bear on a claim most, each with its place."""
        return tuple(self._placed(window) for window in self._source.windows(claim, question, k))

    def _placed(self, window: Window) -> Window:
        assert window.context_index is not None
        found = self._pages[window.context_index]
        page = found.page
        box, cells = locate(page, window.start, window.end)
        place = Place(
            found.document, found.document_sha256, page.number, page.section, page.sheet, cells, box
        )
        above = "\n".join(part for part in (page.section, window.header or page.header) if part)
        return replace(window, place=place, context_index=None, header=above or None)
