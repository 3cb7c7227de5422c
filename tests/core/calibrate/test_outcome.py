from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core import audit
from core.audit import RecordKind
from core.calibrate import policies
from core.calibrate.analysis import analyse, present_verifier
from core.calibrate.charts import charts
from core.calibrate.fitting import Line
from core.calibrate.labelling import Label, set_label, tasks, work_of
from core.calibrate.sampling import draw
from core.errors import CalibrationError, VerifierError
from core.store import audit_log, calibration
from core.store.database import Library
from core.types import Language
from core.verify.policy import SHIPPED, from_record, from_stored, in_use

Fill = Callable[..., list[str]]


def labelled(library: Library, fill: Fill, truth: Callable[[float], bool], count: int = 60) -> list[str]:
    """A sample of which every claim is labelled by a rule on its risk."""
    ids = fill(list(np.linspace(0.03, 0.97, count)))
    sample = draw(library, present_verifier(), who="Ann", size=count, seed=1)
    with library.writing():
        for item in calibration.items(library, sample.id):
            label = Label.UNSUPPORTED if truth(item.risk) else Label.SUPPORTED
            set_label(library, sample.id, item.position, label, who="Ann")
    return ids


def test_the_threshold_lies_where_the_wrong_claims_begin(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.6)
    outcome = analyse(library, wished=0.1)
    assert outcome.chosen is not None
    assert (outcome.labelled, outcome.unsupported) == (60, 24)
    assert 0.6 < outcome.chosen.shipped < 0.7
    assert outcome.chosen.misses.hits == 1  # (1 + 1) / (24 + 1) = 0.08; with two it would be 0.12
    assert outcome.chosen.guaranteed == pytest.approx(0.08)
    assert outcome.chosen.false_alarms.hits == 0
    assert outcome.now.false_alarms.hits > 0
    assert outcome.chosen.held < outcome.now.held


def test_too_few_labels_say_how_many_more(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.9)
    outcome = analyse(library, wished=0.05)
    assert outcome.chosen is None
    assert outcome.too_few is not None
    assert (outcome.too_few.needed, outcome.too_few.found) == (19, 5)
    assert outcome.too_few.more == 145  # 14 more at a rate of (5 + 1) / (60 + 2)
    assert outcome.best == pytest.approx(1 / 6)
    assert analyse(library, wished=0.2).chosen is not None


def test_without_any_wrong_claim_nothing_is_promised(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: False, 20)
    outcome = analyse(library, wished=0.1)
    assert outcome.chosen is None
    assert outcome.best == 1.0
    assert (outcome.now.misses.low, outcome.now.misses.high) == (0.0, 1.0)


def test_a_curve_that_helps_no_one_is_not_taken(
    library: Library, fill: Fill, random: np.random.Generator
) -> None:
    """Risks that are honest already: refitting on their labels can only add noise."""
    labelled(library, fill, lambda risk: bool(random.random() < risk), 200)
    outcome = analyse(library)
    assert outcome.before.ece < 0.12
    assert not outcome.helps
    assert (outcome.line, outcome.after) == (Line(), outcome.before)


def test_dishonest_risks_become_honest(library: Library, fill: Fill, random: np.random.Generator) -> None:
    labelled(library, fill, lambda risk: bool(random.random() < risk**3), 200)
    outcome = analyse(library)
    assert outcome.helps
    assert outcome.after.ece < 0.6 * outcome.before.ece
    assert sum(each.unsupported.count for each in outcome.before.bins) == 200


def test_an_unclear_claim_counts_for_nothing(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.5, 20)
    before = analyse(library)
    set_label(library, 1, 0, Label.UNCLEAR, who="Ann")
    after = analyse(library)
    assert (before.labelled, before.unclear, after.labelled, after.unclear) == (20, 0, 19, 1)


def test_labels_of_erased_answers_stay_but_are_not_shown(library: Library, fill: Fill) -> None:
    ids = labelled(library, fill, lambda risk: risk > 0.5, 20)
    audit.erase(library, ids[0], who="Ann", reason="asked to")
    work = work_of(library, present_verifier())
    assert work.labelled == 20
    assert len(tasks(library, work)) == 19
    assert not tasks(library, work, only_open=True)


def test_labels_are_recorded_without_words(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.5, 12)
    bodies = [record.body for record in audit_log.records(library) if record.kind == RecordKind.LABEL]
    assert len(bodies) == 12
    assert not any("Ann" in body for body in bodies)
    assert audit.verify(library).holds


@pytest.mark.parametrize(
    ("sample", "position", "who", "code"),
    [(1, 99, "Ann", "calibration_unknown_claim"), (1, 0, " ", "calibration_name")],
)
def test_a_label_needs_a_claim_and_a_name(
    library: Library, fill: Fill, sample: int, position: int, who: str, code: str
) -> None:
    labelled(library, fill, lambda risk: True, 12)
    with pytest.raises(CalibrationError, match=code):
        set_label(library, sample, position, Label.SUPPORTED, who=who)


@pytest.mark.parametrize("wished", [0.0, 1.0, 5.0])
def test_a_wish_is_a_share(library: Library, wished: float) -> None:
    with pytest.raises(CalibrationError, match="calibration_wish"):
        analyse(library, wished=wished)


def test_without_labels_there_is_no_outcome(library: Library, fill: Fill) -> None:
    fill([0.5] * 12)
    draw(library, present_verifier(), who="Ann", size=10)
    with pytest.raises(CalibrationError, match="calibration_no_labels"):
        analyse(library)


def test_policies_are_adopted_and_taken_back(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.6)
    verifier = present_verifier()
    first = policies.save(
        library, analyse(library, wished=0.1), name=" our  files ", who="Ann", verifier=verifier
    )
    second = policies.save(
        library, analyse(library, wished=0.2), name="our files", who="Ann", verifier=verifier
    )
    assert (first.name, first.version, second.version) == ("our files", 1, 2)
    assert in_use(library, verifier) == (SHIPPED, False)
    for policy in (first, second):
        policies.adopt(library, policy, who="Ann", verifier=verifier)
        assert in_use(library, verifier)[0] == from_stored(policy)
    assert policies.revert(library, who="Ann") == first
    assert policies.revert(library, who="Ann") is None
    assert in_use(library, verifier) == (SHIPPED, False)
    with pytest.raises(CalibrationError, match="policy_none"):
        policies.revert(library, who="Ann")
    assert [each.policy for each in policies.history(library)] == [first, second, first, None]
    events = [record for record in audit_log.records(library) if record.kind == RecordKind.POLICY]
    assert len(events) == 6
    assert audit.verify(library).holds


def test_a_policy_of_another_verifier_is_set_aside(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.6)
    policy = policies.save(library, analyse(library), name="ours", who="Ann", verifier="old")
    with pytest.raises(CalibrationError, match="policy_other_verifier"):
        policies.adopt(library, policy, who="Ann", verifier=present_verifier())
    policies.adopt(library, policy, who="Ann", verifier="old")
    assert in_use(library, present_verifier()) == (SHIPPED, True)


def test_a_policy_that_was_changed_is_refused(library: Library) -> None:
    policy = calibration.add_policy(library, "ours", "Ann", audit.now(), '{"shift":0}', "00" * 32)
    with pytest.raises(VerifierError, match="policy_damaged"):
        policies.adopt(library, policy, who="Ann", verifier=present_verifier())


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan"), "steep", None])
def test_a_record_that_no_policy_wrote_is_refused(slope: object) -> None:
    record = {**SHIPPED.record(), "slope": slope}
    with pytest.raises(VerifierError, match="policy_damaged"):
        from_record(record)


def test_nothing_to_store_is_said(library: Library, fill: Fill) -> None:
    labelled(library, fill, lambda risk: risk > 0.97, 12)
    outcome = analyse(library, wished=0.01)
    if not outcome.helps:
        with pytest.raises(CalibrationError, match="policy_nothing"):
            policies.save(library, outcome, name="ours", who="Ann", verifier=present_verifier())
    with pytest.raises(CalibrationError, match="policy_name"):
        policies.save(library, outcome, name=" ", who="Ann", verifier=present_verifier())


@pytest.mark.parametrize("language", list(Language))
def test_the_charts_stand_alone(library: Library, fill: Fill, language: Language) -> None:
    labelled(library, fill, lambda risk: risk > 0.6)
    drawn = charts(analyse(library), language)
    assert set(drawn) == {"before", "after", "thresholds"}
    for drawing in drawn.values():
        assert drawing.to_svg().startswith("<svg")
