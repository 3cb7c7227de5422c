from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core import audit, gate, review
from core.errors import DecisionError
from core.identity import Session
from core.review import sampling
from core.review.sampling import draw_secret, drawn, hides_level, uniform
from core.store import answers, audit_log, reviews
from core.store.database import Library
from core.types import Answer, Decision, Level, Verdict

Record = Callable[..., Answer]


def ids(library: Library, **options: object) -> list[str]:
    return [item.answer_id for item in review.queue(library, **options)]  # type: ignore[arg-type]


def test_the_riskiest_and_oldest_come_first(library: Library, record: Record) -> None:
    now = datetime.now(UTC)

    def at(hours: float) -> str:
        return (now - timedelta(hours=hours)).isoformat(timespec="microseconds")

    new_high = record(level=Level.HIGH, created_at=at(0))
    old_medium = record(level=Level.MEDIUM, created_at=at(48))
    new_medium = record(level=Level.MEDIUM, created_at=at(0))
    old_high = record(level=Level.HIGH, created_at=at(24))
    assert ids(library) == [old_medium.id, old_high.id, new_high.id, new_medium.id]


def test_what_was_decided_or_erased_does_not_wait(library: Library, record: Record) -> None:
    released, rejected, erased, waits = (record() for _ in range(4))
    review.release(library, released.id, who="Ann", reason="fine")
    review.reject(library, rejected.id, who="Ann", reason="no")
    audit.erase(library, erased.id, who="Ann", reason="law")
    assert ids(library) == [waits.id]


def test_a_random_share_of_the_passed_ones_waits_too(library: Library, record: Record) -> None:
    low = {record(level=Level.LOW, rate=0.3).id for _ in range(60)}
    never = {record(level=Level.LOW, rate=0.0).id for _ in range(10)}
    always = {record(level=Level.LOW, rate=1.0).id for _ in range(5)}
    waiting = set(ids(library))
    assert always <= waiting
    assert not never & waiting
    assert 5 <= len(low & waiting) <= 35  # fails once in ten million draws
    assert set(ids(library)) == waiting, "the draw is made once"


def test_the_draw_follows_its_rate_and_needs_the_secret() -> None:
    secret = bytes(32)
    draws = [uniform(secret, "sample", f"{number:032x}") < 0.05 for number in range(20_000)]
    assert 0.045 < sum(draws) / len(draws) < 0.055
    other = [uniform(b"\x01" * 32, "sample", f"{number:032x}") < 0.05 for number in range(20_000)]
    assert draws != other


def test_a_hidden_level_does_not_say_low(library: Library, record: Record) -> None:
    """Sampled ones and some of the held ones look alike: no level, no risk, no other trait of the item."""
    low = {record(level=Level.LOW, rate=1.0).id for _ in range(5)}
    held = {record(level=Level.HIGH).id for _ in range(60)}
    items = {item.answer_id: item for item in review.queue(library)}
    hidden = {answer_id for answer_id, item in items.items() if item.level is None}
    assert low <= hidden
    assert 2 <= len(hidden & held) <= 40
    assert all((item.level is None) == (item.risk is None) for item in items.values())
    assert set(ids(library, level=Level.HIGH)) == held - hidden
    assert ids(library, level=Level.LOW) == []
    assert not set(review.QueueItem.__slots__) & {"decision", "sampled", "sample_rate"}


def test_a_hidden_low_answer_takes_a_place_among_the_held(library: Library, record: Record) -> None:
    for _ in range(15):
        record(level=Level.HIGH)
        record(level=Level.MEDIUM)
    low = {record(level=Level.LOW, rate=1.0).id for _ in range(10)}
    places = [place for place, answer_id in enumerate(ids(library)) if answer_id in low]
    assert places != list(range(30, 40)), "not all at the end, where their own risk would put them"


def test_every_answer_waits_under_four_eyes(
    library: Library, record: Record, four_eyes: dict[str, Session]
) -> None:
    low = record(level=Level.LOW, four_eyes=True)
    assert ids(library) == [low.id]


def test_filters_and_assignment(library: Library, record: Record) -> None:
    first, second = record(), record()
    review.assign(library, first.id[:12], " Ann ", by="Root")
    assert ids(library, assigned_to="ann") == [first.id]
    assert ids(library, assigned_to="") == [second.id]
    assert ids(library, text="HOTEL") == ids(library)
    assert ids(library, text="train") == []
    review.assign(library, first.id, None, by="Root")
    assert ids(library, assigned_to="Ann") == []
    assert [record.kind for record in audit_log.records(library, first.id)] == ["answer"] + ["assignment"] * 2
    with pytest.raises(DecisionError, match="decision_name"):
        review.assign(library, first.id, "Ann", by=" ")


def test_an_unsampled_low_answer_is_not_decided(library: Library, record: Record) -> None:
    low = record(level=Level.LOW)
    with pytest.raises(DecisionError, match="decision_not_held"):
        review.reject(library, low.id, who="Ann", reason="why not")
    assert gate.usable_text(answers.load_answer(library, low.id)) == low.text


def test_a_bad_answer_that_had_passed_is_taken_back(library: Library, record: Record) -> None:
    low = record(level=Level.LOW, rate=1.0)
    review.reject(library, low.id, who="Ann", reason="", code=review.RejectCode.WRONG)
    stored = answers.load_answer(library, low.id)
    assert (stored.decision, stored.decision_code) == (Decision.REJECTED, "wrong")
    assert gate.usable_text(stored) is None
    assert audit.verify(library).holds


@pytest.mark.parametrize("code", [None, review.RejectCode.OTHER])
def test_another_reason_needs_words(library: Library, record: Record, code: review.RejectCode | None) -> None:
    with pytest.raises(DecisionError, match="decision_reason"):
        review.reject(library, record().id, who="Ann", reason=" ", code=code)


def test_the_time_that_a_review_took_is_kept(library: Library, record: Record) -> None:
    opened = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
    answer, ahead = record(), record()
    review.release(library, answer.id, who="Ann", reason="fine", opened_at=opened)
    assert answers.load_answer(library, answer.id).review_seconds == pytest.approx(180, abs=30)
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    review.release(library, ahead.id, who="Ann", reason="fine", opened_at=future)
    assert answers.load_answer(library, ahead.id).review_seconds == 0
    with pytest.raises(DecisionError, match="decision_time"):
        review.release(library, record().id, who="Ann", reason="fine", opened_at="yesterday")


def test_labels_are_kept_for_calibration(library: Library, record: Record) -> None:
    held, low = record(), record(level=Level.LOW, rate=0.25)
    confirmed = review.label_claim(library, held.id, 0, Verdict.CONTRADICTED, who="Ann")
    assert not confirmed.overruled
    overruled = review.label_claim(library, held.id, 0, Verdict.SUPPORTED, who="Ann", reason="misread")
    assert (overruled.shown, overruled.verdict, overruled.risk) == (
        Verdict.CONTRADICTED,
        Verdict.SUPPORTED,
        0.93,
    )
    review.label_claim(library, low.id, 0, Verdict.NOT_FOUND, who="Ann")
    kept = review.labels(library)
    assert [(label.answer_id, label.verdict) for label in kept] == [
        (held.id, Verdict.SUPPORTED),
        (low.id, Verdict.NOT_FOUND),
    ]
    assert review.labels(library, low.id) == kept[1:]
    bodies = [json.loads(entry.body) for entry in audit_log.records_of(library, "label")]
    assert [body["overruled"] for body in bodies] == [False, True, True]
    assert "misread" not in str(bodies)
    assert audit.verify(library).holds


@pytest.mark.parametrize("number", [-1, 1, 10**9])
def test_a_claim_that_is_not_there_is_not_labelled(library: Library, record: Record, number: int) -> None:
    with pytest.raises(DecisionError, match="label_claim"):
        review.label_claim(library, record().id, number, Verdict.SUPPORTED, who="Ann")


def test_the_figures_tell_misses_and_false_alarms(library: Library, record: Record) -> None:
    assert review.figures(library).missed.count == 0
    for position in range(6):
        low = record(level=Level.LOW, rate=1.0)
        if position == 0:
            review.reject(library, low.id, who="Ann", reason="wrong")
        elif position == 1:
            review.label_claim(library, low.id, 0, Verdict.NOT_FOUND, who="Ann")
            review.release(library, low.id, who="Ann", reason="passable")
        else:
            review.release(library, low.id, who="Ann", reason="fine")
    alarms = [record() for _ in range(5)]
    review.release(library, alarms[0].id, who="Ann", reason="false alarm", opened_at=audit.now())
    review.label_claim(library, alarms[1].id, 0, Verdict.CONTRADICTED, who="Ann")
    review.release(library, alarms[1].id, who="Ann", reason="wrong, but harmless")
    review.release(library, alarms[2].id, who="Ann", reason="edited", final_text="130 €.")
    review.reject(library, alarms[3].id, who="Ann", reason="wrong")
    found = review.figures(library)
    assert (found.missed.hits, found.missed.count) == (2, 6)
    assert found.missed.low < 2 / 6 < found.missed.high
    assert (found.false_alarms.hits, found.false_alarms.count) == (1, 4)
    assert (found.waiting, found.released, found.rejected, found.edited) == (1, 8, 2, 1)
    assert (found.labelled, found.overruled) == (2, 1)


def test_rare_draws_weigh_more(library: Library, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "uniform", lambda *_: 0.0)
    often, seldom = record(level=Level.LOW, rate=0.5), record(level=Level.LOW, rate=0.1)
    review.reject(library, seldom.id, who="Ann", reason="wrong")
    review.release(library, often.id, who="Ann", reason="fine")
    assert review.figures(library).missed.share == pytest.approx(10 / 12)


def test_an_edited_answer_is_checked_again(library: Library, record: Record) -> None:
    answer = record()
    asked: list[tuple[str, str | None]] = []

    def check(text: str, question: str | None):  # type: ignore[no-untyped-def]
        asked.append((text, question))
        return answer.check

    assert review.recheck(answer, answer.text, check) is None
    assert review.recheck(answer, "Hotels: 130 €.", check) is answer.check
    assert asked == [("Hotels: 130 €.", answer.question)]
    review.release(
        library, answer.id, who="Ann", reason="r", final_text="Hotels: 130 €.", rechecked=answer.check
    )
    body = json.loads(next(audit_log.records_of(library, "decision")).body)
    assert (body["edited"], body["rechecked"]) == (True, {"level": "high", "risk": 0.93})


def test_the_secret_is_made_once(library: Library) -> None:
    assert draw_secret(library) == draw_secret(library)
    assert reviews.review_rows(library) == ()


def test_who_knows_an_answer_but_not_the_secret_cannot_tell_whether_it_is_drawn(
    library: Library, record: Record
) -> None:
    passed, held = record(level=Level.LOW, rate=0.5), record()
    secrets = [bytes([number]) * 32 for number in range(32)]
    for answer, told in ((passed, drawn), (held, hides_level)):
        row = reviews.review_row(library, answer.id)
        assert row is not None
        assert {told(secret, row) for secret in secrets} == {True, False}
