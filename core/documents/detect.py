"""Which format a file is in, by its content first and its name second; they must not disagree."""

from __future__ import annotations

import zipfile
from io import BytesIO

from core.documents.content import Limits, Unreadable, broken
from core.types import DocumentState

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".log": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".pptx": "pptx",
    ".pptm": "pptx",
}
_BINARY = ("pdf", "docx", "xlsx", "pptx")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic")
_OLD_OFFICE = (".doc", ".xls", ".ppt", ".dot", ".xlt", ".pps", ".wps", ".et", ".dps")
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_PARTS = 50_000


def format_by_name(suffix: str) -> str:
    """The format that a lower-case suffix promises; the bare suffix where we know none."""
    return SUFFIXES.get(suffix, suffix.lstrip("."))


def detect(data: bytes, suffix: str, limits: Limits) -> str:
    """Name the loader for these bytes.

    Raises Unreadable for an unsupported or encrypted file, one whose content is not what its name says, and
    a zip that would unpack to more than ``limits.unpacked``.
    """
    promised = SUFFIXES.get(suffix)
    found = _by_content(data, suffix, limits)
    if promised is None:
        return _unpromised(found, suffix)
    if found == promised:
        return found
    if found is not None:
        raise broken("file_mismatch", suffix=suffix.lstrip("."), found=found)
    if promised in _BINARY:
        raise broken("file_not_format", format=promised.upper())
    return promised


def _unpromised(found: str | None, suffix: str) -> str:
    if found in _BINARY:
        return found
    if found is None and suffix == "":
        return "txt"
    if found == "image" or suffix in _PICTURES:
        raise Unreadable(DocumentState.UNSUPPORTED, "file_picture")
    raise Unreadable(DocumentState.UNSUPPORTED, "file_unsupported", suffix=suffix.lstrip(".") or found or "")


def _by_content(data: bytes, suffix: str, limits: Limits) -> str | None:
    """What the first bytes say, None for text and for everything unknown."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        raise _ole(data, suffix)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, limits)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return "image"
    return None


def _ole(data: bytes, suffix: str) -> Unreadable:
    """Office encrypts by wrapping the file in the container that its old formats use."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(DocumentState.ENCRYPTED, "file_encrypted")
    if suffix in _OLD_OFFICE or SUFFIXES.get(suffix) in _BINARY:
        return Unreadable(DocumentState.UNSUPPORTED, "file_old_office")
    return broken("file_mismatch", suffix=suffix.lstrip("."), found="ole")


def _zip_kind(data: bytes, limits: Limits) -> str:
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise broken("file_zip_damaged") from error
    # zipfile never inflates more of a part than is declared here, so the declared sizes bound them all.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or len(parts) > _MAX_PARTS:
        megabytes = limits.unpacked // 1_000_000
        raise Unreadable(DocumentState.TOO_LARGE, "file_zip_bomb", unpacked=unpacked, limit=megabytes)
    names = {part.filename for part in parts}
    return next((kind for part, kind in _PARTS.items() if part in names), "zip")
