"""Taking documents out: of the search, or out of the library for good."""

from __future__ import annotations

from core.store.database import Library
from core.store.documents import delete_versions, find_document, retire_document
from core.store.passages import drop_unheld


def remove(library: Library, path: str) -> None:
    """Stop searching a document; its pages stay, so that old answers can still show their evidence.

    Raises LibraryError when the library holds no such document.
    """
    with library.writing():
        retire_document(library, path)
        drop_unheld(library)


def forget(library: Library, path: str) -> None:
    """Erase all that was ever read from a path, unless another path holds the same content.

    What answers quoted stays with the answers. The bytes are gone from the disk after ``backup.compact``.
    Raises LibraryError when the library never held the path.
    """
    with library.writing():
        if find_document(library, path) is not None:
            remove(library, path)
        delete_versions(library, path)
