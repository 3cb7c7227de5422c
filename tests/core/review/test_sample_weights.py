"""The rate of bad answers among the passed ones, when four eyes are asked for after some had passed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core import audit, review
from core.identity import Session
from core.review import sampling
from core.review.sampling import weights
from core.settings import Settings
from core.store.database import Library
from core.store.reviews import ReviewRow
from core.types import Answer, AnswerId, Decision, Level

Record = Callable[..., Answer]
DRAWN = "d"


@pytest.fixture(autouse=True)
def _chosen_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer whose id begins with ``d`` is drawn, any other not, so that the sums below are plain."""
    monkeypatch.setattr(sampling, "uniform", lambda _, __, answer_id: 0.0 if answer_id[0] == DRAWN else 0.999)


def row(name: str, rate: float | None = 0.1, level: Level = Level.LOW) -> ReviewRow:
    return ReviewRow(AnswerId(name), "2026-01-01", "q", level, 0.1, Decision.USABLE, rate, None)


def weighed(rows: list[ReviewRow], *seen: str) -> dict[str, float]:
    return {str(name): weight for name, weight in weights(b"", rows, set(map(AnswerId, seen))).items()}


def test_a_drawn_answer_stands_for_those_that_were_not() -> None:
    rows = [row("d1"), row("d2"), *(row(f"n{number}") for number in range(18))]
    assert weighed(rows, "d1", "d2") == {"d1": pytest.approx(10), "d2": pytest.approx(10)}


def test_what_four_eyes_brought_up_stands_for_itself() -> None:
    rows = [row("d1"), *(row(f"n{number}") for number in range(4)), row("f1", None), row("f2", None)]
    found = weighed(rows, "d1", "n0", "f1", "f2")
    assert found == {"d1": pytest.approx(1 + 9 * 3 / 4), "n0": 1.0, "f1": 1.0, "f2": 1.0}


def test_once_everything_was_seen_everything_counts_once() -> None:
    rows = [row("d1"), row("d2", 0.5), row("n1"), row("n2", 0.5), row("f1", None)]
    assert set(weighed(rows, "d1", "d2", "n1", "n2", "f1").values()) == {1.0}


def test_each_rate_of_its_time_is_kept_apart() -> None:
    rows = [row("d1"), row("n1"), row("d2", 0.5), row("n2", 0.5), row("n3", 0.0)]
    found = weighed(rows, "d1", "d2", "n2", "n3")
    assert found == {"d1": pytest.approx(10), "d2": 1.0, "n2": 1.0, "n3": 1.0}


def test_held_answers_are_no_part_of_it() -> None:
    assert weighed([row("d1", None, Level.HIGH)], "d1") == {}


def test_the_figures_weigh_by_the_way_an_answer_came_before_people(
    library: Library, record: Record, people: dict[str, Session]
) -> None:
    """Twenty answers passed at a rate of 10 %; two were drawn, one of them bad. Then four eyes are asked for:
    two of the others come up and are good, as are four that are asked later.
    """
    old = [
        record(level=Level.LOW, rate=0.1, id=AnswerId(f"{'d' if n < 2 else 'a'}{n:031x}")) for n in range(20)
    ]
    review.reject(library, old[0].id, who="Ann", reason="wrong")
    review.release(library, old[1].id, who="Ann", reason="fine")
    assert review.figures(library).missed.share == pytest.approx(0.5)
    audit.note_settings(library, Settings(four_eyes=True))
    new = [record(level=Level.LOW, four_eyes=True, id=AnswerId(f"b{n:031x}")) for n in range(4)]
    for answer in (*old[2:4], *new):
        review.release(library, answer.id, who="Ann", reason="fine", signer=people["Ann"])
    each = 1 + 9 * 16 / 18
    found = review.figures(library)
    assert found.missed.share == pytest.approx(each / (2 * each + 6))
    assert (found.missed.hits, found.missed.count) == (1, 8)
    assert (found.waiting, found.sampled_waiting) == (16 + 1, 0), "the one that was released unsigned, too"


@dataclass(frozen=True)
class _Firm:
    """A firm that passes answers at 5 %, then asks for four eyes and looks at a part of what had passed."""

    bad: frozenset[str]
    rows: list[ReviewRow]
    seen: frozenset[str]


def _firm(chance: random.Random) -> _Firm:
    """3 % of 1,000 old answers are bad and 20 % of 200 new ones; of the old ones that were not drawn the bad
    ones come up far more often, since somebody complains.
    """
    drawn = {number for number in range(1000) if chance.random() < 0.05}
    names = [f"{'d' if number in drawn else 'n'}{number:04}" for number in range(1000)]
    bad = {name for name in names if chance.random() < 0.03}
    seen = {n for n in names if n[0] == "d" or chance.random() < (0.2 if n in bad else 0.05)}
    fresh = [f"f{number}" for number in range(200)]
    bad |= {name for name in fresh if chance.random() < 0.2}
    rows = [*(row(name, 0.05) for name in names), *(row(name, None) for name in fresh)]
    return _Firm(frozenset(bad), rows, frozenset(seen | set(fresh)))


def test_the_rate_is_right_on_average_over_many_firms() -> None:
    """Weighing all that had passed by the inverse of the rate, drawn or not, is off by more than a third."""
    told, truth, naive = 0.0, 0.0, 0.0
    for seed in range(60):
        firm = _firm(random.Random(seed))
        found = weighed(firm.rows, *firm.seen)
        told += sum(found[name] for name in firm.bad & firm.seen) / sum(found.values())
        truth += len(firm.bad) / len(firm.rows)
        by_rate = {one.id: 1 / one.sample_rate if one.sample_rate else 1.0 for one in firm.rows}
        naive += sum(by_rate[AnswerId(n)] for n in firm.bad & firm.seen) / sum(
            by_rate[AnswerId(n)] for n in firm.seen
        )
    assert told / 60 == pytest.approx(truth / 60, abs=0.006)
    assert naive / 60 > 1.3 * truth / 60
