"""The core behind the screen Documents, as a part of the real backend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.documents import reader
from core.documents.render import PageImage, page_image
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import DocumentError
from core.index import ingest
from core.index.freshness import freshness
from core.index.progress import IngestEvent
from core.index.search import Searcher
from core.store import documents, pages, removal, standings
from core.store.database import Library
from core.store.documents import StoredDocument
from core.types import DocumentState, Hit, Page, Place, Standing
from desktop.backend import FileRow

_FOUND = 20  # passages that the retrieval test lists


class CoreDocuments:
    """Mixed into the backend, which opens the library and the encoders."""

    def _library(self) -> Library:
        raise NotImplementedError

    def _open_encoders(self) -> tuple[Embedder, Checker | None]:
        raise NotImplementedError

    def add_documents(self, paths: Sequence[Path]) -> Iterator[IngestEvent]:
        """Read files into the library, on a connection of its own."""
        embedder, _ = self._open_encoders()
        with self._library() as library:
            yield from ingest.add(library, paths, embedder)

    def text_of_file(self, path: Path) -> str:
        """The text of a file, read in a child process. Raises DocumentError when there is none in it."""
        content = reader.read(path)
        text = "\n\n".join(page.text for page in content.pages)
        if content.state is not DocumentState.INDEXED or not text.strip():
            raise DocumentError("file_without_text", name=path.name)
        return text

    def files(self) -> tuple[FileRow, ...]:
        """The current documents and what became of their files."""
        with self._library() as library:
            listed = documents.list_documents(library, current_only=False)
            given = standings.standings(library)
        seen = Counter(each.path for each in listed)
        return tuple(
            FileRow(each, freshness(each), seen[each.path], given.get(each.path, Standing()))
            for each in listed
            if each.current
        )

    def versions(self, path: str) -> tuple[StoredDocument, ...]:
        """Every version of one file."""
        with self._library() as library:
            return documents.versions(library, path)

    def pages(self, document: StoredDocument) -> tuple[Page, ...]:
        """What was read from one version of a file."""
        with self._library() as library:
            suffix = Path(document.path).suffix.lower()
            content = documents.find_content(library, document.sha256, suffix)
            if content is None:
                return ()
            return tuple(page for _, page in pages.pages_of(library, content.id))

    def evidence_page(self, place: Place, start: int, text: str) -> Page:
        """The page that a quote came from. Raises LibraryError when it was erased."""
        with self._library() as library:
            return pages.find_page(library, place, start=start, text=text)

    def find_passages(self, question: str) -> tuple[Hit, ...]:
        """The passages that a question finds."""
        embedder, _ = self._open_encoders()
        with self._library() as library:
            return Searcher(library, embedder).search(question, _FOUND)

    def remove_document(self, path: str) -> None:
        """Take a file out of the search."""
        with self._library() as library:
            removal.remove(library, path)

    def set_standing(self, path: str, standing: Standing) -> Standing:
        """Say how a document stands to others."""
        with self._library() as library:
            standings.set_standing(library, path, standing)
        return standing

    def page_image(self, document: str, sha256: str, page: int, scale: float) -> PageImage:
        """A page's picture, as long as the file is the one that was read.

        Raises DocumentError ``page_gone`` or ``page_changed`` when it is not.
        """
        path = Path(document)
        if not path.exists():
            raise DocumentError("page_gone", name=path.name)
        if reader.hash_file(path) != sha256:
            raise DocumentError("page_changed", name=path.name)
        return page_image(path, page, scale)
