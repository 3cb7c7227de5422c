"""Calibrate and Documents over the real core: from a draw to a policy and back, and a standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import audit, review
from core.calibrate.analysis import present_verifier
from core.calibrate.labelling import Label
from core.errors import CalibrationError, LibraryError
from core.index.ingest import add
from core.settings import Settings
from core.store import answers, audit_log
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import Answer, AnswerId, Check, Decision, Level, Standing, Verdict
from desktop.core_backend import CoreBackend
from desktop.views.calibrate import CalibrateView

COUNT = 24
Make = Callable[..., Answer]
Settled = Callable[[Callable[[], bool]], None]


@pytest.fixture
def backend(tmp_path: Path, make_answer: Make, monkeypatch: pytest.MonkeyPatch) -> CoreBackend:
    """A library of one document and answers of one claim each, of rising risk; no encoders."""
    page = tmp_path / "policy.md"
    page.write_text("# Hotels\n\nHotels cost up to 130 € a night.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        for _ in add(library, [page], None):
            pass
        with library.writing():
            for number in range(COUNT):
                made, risk = make_answer(f"Hotel {number} costs 130 €."), round((number + 0.5) / COUNT, 6)
                claim = replace(made.check.claims[0], risk=risk)
                check = Check(made.text, risk, Level.MEDIUM, 1.0, (claim,))
                context = {"verifier": present_verifier()}
                audit.record_answer(library, replace(made, check=check), prompt="", context=context)
    found = CoreBackend(tmp_path / "library", Settings(reviewer="Ada"))
    monkeypatch.setattr(found, "_open_encoders", lambda: (None, None))
    return found


def drawn(backend: CoreBackend) -> CoreBackend:
    backend.draw_claims(COUNT, weighted=False, who="Ada")
    return backend


def labelled(backend: CoreBackend) -> CoreBackend:
    """Every claim from a risk of one half on is unsupported, and two more."""
    for task in drawn(backend).calibration().tasks:
        bad = task.claim.risk > 0.5 or task.number % 11 == 0
        backend.label_task(task, Label.NOT_FOUND if bad else Label.SUPPORTED, "Ada")
    return backend


def kinds(backend: CoreBackend) -> list[RecordKind]:
    with Library.open(backend.library_folder) as library:
        assert audit.verify(library).holds
        return [RecordKind(record.kind) for record in audit_log.records(library)]


def test_before_the_first_draw_there_is_something_to_draw(backend: CoreBackend) -> None:
    state = backend.calibration()
    assert (state.tasks, state.method, state.could_draw, state.labelled) == ((), None, COUNT, 0)
    assert state.present is None
    assert state.by_setting is None


def test_drawn_claims_come_with_passages_and_keep_their_labels(backend: CoreBackend) -> None:
    state = drawn(backend).calibration()
    assert (len(state.tasks), state.method, state.could_draw) == (COUNT, "random", 0)
    assert "130 €" in backend.passages(state.tasks[0])[0].text
    task = backend.label_task(state.tasks[0], Label.CONTRADICTED, "Ada")
    assert task.label is Label.CONTRADICTED
    assert backend.calibration().tasks[0].label is Label.CONTRADICTED
    with pytest.raises(CalibrationError, match="calibration_name"):
        backend.label_task(state.tasks[1], Label.SUPPORTED, " ")


def test_what_a_reviewer_said_is_counted_and_taken_over(backend: CoreBackend) -> None:
    answer = drawn(backend).calibration().tasks[3].answer.id
    with Library.open(backend.library_folder) as library:
        review.label_claim(library, AnswerId(answer), 0, Verdict.NOT_FOUND, who="Bea")
    assert backend.calibration().reviewed == 1
    state = backend.take_over_labels()
    assert (state.reviewed, state.labelled, state.tasks[3].label) == (0, 1, Label.NOT_FOUND)


def test_a_policy_is_stored_adopted_and_taken_back(backend: CoreBackend) -> None:
    outcome = labelled(backend).outcome(0.2, None)
    assert outcome.labelled == COUNT
    (row,) = backend.store_policy(outcome, "Hotels", "Ada").policies
    assert (row.policy.name, row.policy.version, row.labels, row.in_use, row.fits) == (
        "Hotels",
        1,
        COUNT,
        False,
        True,
    )
    state = backend.adopt_policy(row.policy, "Ada", "labelled in May")
    assert state.present is not None
    assert (state.present.policy, state.decided_by) == (row.policy, "Ada")
    assert state.since
    state = backend.revert_policy("Bea", "")
    assert (state.present, state.since, state.decided_by) == (None, "", "")
    assert kinds(backend).count(RecordKind.POLICY) == 3


def test_a_threshold_by_hand_becomes_the_policys(backend: CoreBackend) -> None:
    outcome = labelled(backend).outcome(0.2, 0.4)
    (row,) = backend.store_policy(outcome, "Hotels", "Ada").policies
    assert row.held_from == pytest.approx(0.4, abs=0.01)


def test_a_damaged_policy_is_listed_and_can_be_gone_back_from(backend: CoreBackend) -> None:
    (row,) = labelled(backend).store_policy(backend.outcome(0.2, None), "Hotels", "Ada").policies
    backend.adopt_policy(row.policy, "Ada", "")
    with Library.open(backend.library_folder) as library:
        library.db.execute("drop trigger policies_no_update")
        library.db.execute("update policies set body = '{}'")
    state = backend.calibration()
    assert state.present is not None
    assert state.present.damaged
    assert backend.revert_policy("Ada", "").present is None


def test_under_four_eyes_drawn_claims_are_secret_labelled_or_not(
    backend: CoreBackend, make_answer: Make
) -> None:
    assert not drawn(backend).calibration().secret
    with Library.open(backend.library_folder) as library:
        made = replace(make_answer(), four_eyes=True, asked_by="Bob", decision=Decision.HELD)
        audit.record_answer(library, made, prompt="", context={"verifier": present_verifier()})
    state = backend.draw_claims(10, weighted=False, who="Ada")
    assert state.secret
    for task in state.tasks:
        backend.label_task(task, Label.SUPPORTED, "Ada")
    assert backend.calibration().secret


def test_in_a_library_under_four_eyes_everything_drawn_is_secret(backend: CoreBackend) -> None:
    drawn(backend)
    with Library.open(backend.library_folder) as library:
        answers.set_four_eyes(library, on=True)
    assert backend.calibration().secret


def test_the_screen_labels_over_the_real_core(backend: CoreBackend, qtbot: QtBot, settled: Settled) -> None:
    view = CalibrateView(backend)
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    settled(view.start.drawing.draw.isEnabled)
    view.start.drawing.draw.click()
    settled(view.start.work.start.isEnabled)
    view.start.work.start.click()
    settled(lambda: bool(view.labels.passages.cards))
    for task in list(view.labels.tasks):
        view.labels.say("contradicted" if task.claim.risk > 0.5 else "supported")
    settled(lambda: "result" in vars(view) and view.result.outcome is not None)
    assert view.result.outcome is not None
    assert (view.result.outcome.labelled, view.result.outcome.unsupported) == (COUNT, COUNT // 2)
    assert kinds(backend).count(RecordKind.LABEL) == COUNT


def test_a_standing_is_kept_recorded_and_listed(backend: CoreBackend) -> None:
    (row,) = backend.files()
    assert row.standing == Standing()
    old = Standing(authority=2, valid_until="2020-12-31")
    assert backend.set_standing(row.document.path, old) == old
    assert backend.files()[0].standing == old
    assert kinds(backend).count(RecordKind.DOCUMENT) == 2
    with pytest.raises(LibraryError, match="standing_day"):
        backend.set_standing(row.document.path, Standing(valid_until="soon"))
    backend.set_standing(row.document.path, Standing())
    assert backend.files()[0].standing == Standing()
