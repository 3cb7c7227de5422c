"""Files that leave: written beside their place and moved there, so that none is ever half there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import LibraryError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Where to write what is to stand at ``path``: a file beside it, moved there when the block ends well.

    A file that was there before stays until then. Something that is no file, as ``/dev/stdout``, is written
    to directly. Raises LibraryError ``export_failed`` for whatever the system refuses within the block.
    """
    direct = path.exists() and not path.is_file() and not path.is_dir()
    beside = path if direct else path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield beside
        if not direct:
            os.replace(beside, path)
    except OSError as error:
        raise LibraryError("export_failed", path=str(path), problem=error.strerror or "?") from error
    finally:
        if not direct:
            with suppress(OSError):  # it was moved, or never made
                beside.unlink()
