"""What of a passage goes into the word index and to the encoder, and keeping both in step with the code."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import PurePath

from core.documents.fold import fold
from core.index.segment import SEGMENTATION, segment
from core.store.database import Library
from core.store.facts import fact, set_fact
from core.store.passages import all_passages, replace_words
from core.types import Passage, PassageId

_INPUT_BYTES = 16


def context_of(document: str, section: str | None, sheet: str | None, header: str | None) -> str:
    """What stands around a passage and helps to find it: file name, heading, sheet, table header."""
    return "\n".join(part for part in (PurePath(document).stem, section, sheet, header) if part)


def encoder_text(section: str | None, sheet: str | None, header: str | None, text: str) -> str:
    """What the encoder reads of a passage: a row of figures means little without its header."""
    return "\n".join(part for part in (section, sheet, header, text) if part)


def digest(encoded: str) -> bytes:
    """The name of an encoder's input."""
    return hashlib.sha256(encoded.encode("utf-8")).digest()[:_INPUT_BYTES]


@cache
def segmentation() -> str:
    """Names the present way of cutting words; it changes with the code and with the folding tables."""
    ideographs = "".join(map(chr, range(0x3400, 0xA000)))
    return f"{SEGMENTATION}-{hashlib.sha256(fold(ideographs).encode('utf-8')).hexdigest()[:8]}"


def use_segmentation(library: Library) -> None:
    """Make the library's word index that of this version, rebuilding it where it is another's."""
    if fact(library, "segmentation") == segmentation():
        return
    with library.writing():
        replace_words(library, (_words(passage) for passage in all_passages(library)))
        set_fact(library, "segmentation", segmentation())


def _words(passage: Passage) -> tuple[PassageId, str, str]:
    place = passage.place
    context = context_of(place.document, place.section, place.sheet, passage.header)
    return passage.id, segment(passage.text), segment(context)
