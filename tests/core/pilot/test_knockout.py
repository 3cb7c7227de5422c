from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.pilot.knockout import Without
from core.types import Place
from core.verify.evidence import Window

HERE = Place("terms.docx", "a" * 64, page=1, section="Repairs", sheet=None)
BANNED = frozenset({("a" * 64, 1, "Repairs", None, 10, 20)})


@dataclass
class Held:
    """A source that finds these windows for whatever is claimed."""

    found: tuple[Window, ...]
    empty: bool = False

    def texts(self) -> tuple[str, ...]:
        return ("the whole text",)

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        return self.found[:k]


@pytest.mark.parametrize(
    ("place", "start", "end", "seen"),
    [
        (HERE, 10, 20, False),
        (HERE, 0, 11, False),
        (HERE, 19, 30, False),
        (HERE, 0, 10, True),  # they touch and share nothing
        (HERE, 20, 30, True),
        (Place("prices.xlsx", "b" * 64, page=1, section="Repairs"), 10, 20, True),
        (Place("terms.docx", "a" * 64, page=2, section="Repairs"), 10, 20, True),
        (Place("terms.docx", "a" * 64, page=1, section="Sales"), 10, 20, True),
    ],
)
def test_only_what_overlaps_a_cited_stretch_is_hidden(place: Place, start: int, end: int, seen: bool) -> None:
    window = Window("text", start, end, 1.0, place=place)
    left = Without(Held((window,)), BANNED).windows("claim", None, 5)
    assert left == ((window,) if seen else ())


def test_hidden_windows_make_room_for_others_and_whole_texts_stay_away() -> None:
    other = Window("other", 30, 40, 0.5, place=HERE)
    source = Without(Held((Window("text", 10, 20, 1.0, place=HERE), other)), BANNED)
    assert source.windows("claim", None, 1) == (other,)
    assert source.texts() is None
