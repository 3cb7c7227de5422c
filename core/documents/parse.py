"""Bytes into pages: tells the format by content and name, and hands over to its loader.

Runs inside the child process. Loaders are imported when first needed, so that a child that reads text never
loads a PDF library.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from importlib import import_module
from pathlib import Path

from core.documents import wire
from core.documents.content import Limits, Loaded, Unreadable, broken
from core.documents.detect import detect


def parse_file(path: str, sha256: str, limits: Limits) -> bytes:
    """Read and parse a file; the answer is packed by ``wire``."""
    data = Path(path).read_bytes()
    suffix = Path(path).suffix.lower()
    format_name = suffix.lstrip(".")
    try:
        if hashlib.sha256(data).hexdigest() != sha256:
            raise broken("file_changing")
        format_name = detect(data, suffix, limits)
        loaded = load(format_name, data, suffix)
    except Unreadable as unreadable:
        loaded = unreadable.loaded
    except (zipfile.BadZipFile, zlib.error):  # an inner part that only shows its damage when it is read
        loaded = broken("file_zip_damaged").loaded
    return wire.pack(format_name, loaded)


def load(format_name: str, data: bytes, suffix: str = "") -> Loaded:
    """Parse bytes of a known format. Raises Unreadable, or whatever the format's library raises."""
    loader = import_module(f"core.documents.loaders.{format_name}_loader")
    loaded: Loaded = loader.load(data, suffix)
    return loaded
