"""What changed between two texts, word by word: what a reviewer edited, what a correction would change.

Sentences are compared first and words only inside those that changed, so that long texts stay quick. The
comparison itself is Python's ``difflib`` (Ratcliff and Obershelp's longest common runs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A number with its separators, a word, one Chinese or Japanese character, white space, any other sign.
_TOKEN = re.compile(
    r"[0-9]+(?:[.,:][0-9]+)*"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’\-][^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)*"
    r"|\s+|.",
    re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[。！？；\n])|(?<=[.!?;]\s)")
_MOST = 4000  # words of one changed stretch; a longer one is shown as replaced as a whole


class Edit(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stayed, went or came. SAME and REMOVED make up the old text, SAME and ADDED the new."""

    edit: Edit
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order, what went before what came; equal texts give one SAME piece at most."""
    old, new = _sentences(before), _sentences(after)
    first, last = _alike(old, new)
    pieces = [
        Piece(Edit.SAME, "".join(old[:first])),
        *_compared(old[first : len(old) - last], new[first : len(new) - last], inside=True),
        Piece(Edit.SAME, "".join(old[len(old) - last :])),
    ]
    return tuple(_joined(_without_lone_spaces(_joined(pieces))))


def is_changed(pieces: Iterable[Piece]) -> bool:
    """Whether anything went or came."""
    return any(piece.edit is not Edit.SAME for piece in pieces)


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many sentences are the same at the beginning, and how many of the rest at the end."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    most -= first
    return first, next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE_END.split(text) if found]


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _compared(before: Sequence[str], after: Sequence[str], *, inside: bool) -> Iterator[Piece]:
    """Runs of equal and changed parts; ``inside`` compares the words of what changed."""
    for kind, left, right, low, high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = "".join(before[left:right]), "".join(after[low:high])
        if kind == "equal":
            yield Piece(Edit.SAME, old)
        elif inside and old and new:
            yield from _inside(old, new)
        else:
            yield Piece(Edit.REMOVED, old)
            yield Piece(Edit.ADDED, new)


def _inside(old: str, new: str) -> Iterator[Piece]:
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > _MOST:
        yield Piece(Edit.REMOVED, old)
        yield Piece(Edit.ADDED, new)
        return
    yield from _compared(before, after, inside=False)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; between two SAME pieces, what went before what came."""
    made: list[Piece] = []
    old = new = ""
    for piece in [*pieces, Piece(Edit.SAME, "")]:
        if piece.edit is not Edit.SAME:
            old += piece.text if piece.edit is Edit.REMOVED else ""
            new += piece.text if piece.edit is Edit.ADDED else ""
            continue
        made += [one for one in (Piece(Edit.REMOVED, old), Piece(Edit.ADDED, new)) if one.text]
        old = new = ""
        if made and made[-1].edit is Edit.SAME:
            made[-1] = Piece(Edit.SAME, made[-1].text + piece.text)
        elif piece.text:
            made.append(piece)
    return made


def _without_lone_spaces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A space that stayed between two replacements belongs to both: "red big" became "blue small"."""
    for at, piece in enumerate(pieces):
        lone = piece.edit is Edit.SAME and piece.text.isspace() and "\n" not in piece.text
        if (
            lone
            and _is_replaced(pieces[at - 2 : at] if at > 1 else ())
            and _is_replaced(pieces[at + 1 : at + 3])
        ):
            yield Piece(Edit.REMOVED, piece.text)
            yield Piece(Edit.ADDED, piece.text)
        else:
            yield piece


def _is_replaced(pieces: Sequence[Piece]) -> bool:
    return [piece.edit for piece in pieces] == [Edit.REMOVED, Edit.ADDED]
