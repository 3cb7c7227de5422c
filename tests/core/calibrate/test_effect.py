"""An adopted policy decides: levels, shown risks and the audit record of the next answer."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from core import audit
from core.assistant import Assistant
from core.assistant.events import Finished
from core.index import ingest
from core.settings import Settings
from core.store import answers, audit_log, calibration
from core.store.answers import canonical
from core.store.database import Library
from core.types import Answer, Decision, Level
from core.verify.levels import Policy
from core.verify.policy import SHIPPED, Calibration, from_record, verifier_identity
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier

VERIFIER = verifier_identity(None)
TEXT = "An expense claim is submitted within 30 days of the return from the trip."


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has read one document, in a home of its own: reading takes a process."""
    base = tmp_path_factory.mktemp("read")
    (base / "travel.md").write_text(f"# Travel\n\n## Claims\n\n{TEXT}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOUCHSTONE_HOME", str(base / "home"))
        with Library.open(base / "library") as library:
            list(ingest.add(library, [base / "travel.md"], None))
    return base


@pytest.fixture
def folder(read: Path, tmp_path: Path) -> Path:
    """A copy of it for each test, with its key."""
    for name in ("library", "home"):
        shutil.copytree(read / name, tmp_path / name)
    return tmp_path / "library"


def use(folder: Path, *, verifier: str = VERIFIER, **figures: float | None) -> None:
    """Adopt a policy of these figures."""
    body = canonical({"shift": 0.0, "slope": 1.0, "hold_from": None, **figures, "verifier": verifier})
    digest = hashlib.sha256(body.encode()).hexdigest()
    with Library.open(folder) as library:
        policy = calibration.add_policy(library, "ours", "Ann", audit.now(), body, digest)
        calibration.add_use(library, calibration.StoredUse(policy.id, audit.now(), "Ann", ""))


def checked(folder: Path, settings: Settings | None = None) -> Answer:
    *_, last = Assistant(folder, None, None, None, settings or Settings()).check_text(TEXT)
    assert isinstance(last, Finished)
    return last.answer


def recorded(folder: Path, answer: Answer) -> Calibration:
    with Library.open(folder) as library:
        (record,) = audit_log.records(library, answer.id)
        assert answers.load_answer(library, answer.id).check == answer.check
    return from_record(json.loads(record.body)["context"]["policy"])


def test_a_lower_threshold_holds_what_had_passed(folder: Path) -> None:
    before = checked(folder)
    assert (before.decision, before.check.level) == (Decision.USABLE, Level.LOW)
    assert recorded(folder, before) == SHIPPED
    use(folder, hold_from=before.check.risk - 0.01)
    after = checked(folder)
    assert (after.decision, after.check.level) == (Decision.HELD, Level.MEDIUM)
    assert after.check.risk == before.check.risk
    record = recorded(folder, after)
    assert (record.name, record.version, record.hold_from) == ("ours", 1, before.check.risk - 0.01)


def test_a_curve_changes_what_is_shown_and_not_what_is_held(folder: Path) -> None:
    before = checked(folder)
    use(folder, shift=0.8, slope=0.9)
    after = checked(folder)
    assert after.check.risk > before.check.risk
    assert after.check.claims[0].risk > before.check.claims[0].risk
    assert after.decision is before.decision


def test_the_threshold_travels_with_the_curve(folder: Path) -> None:
    """What is held does not depend on how risks are shown: the promise is about shipped risks."""
    before = checked(folder).check.risk
    for shift in (-1.5, 0.0, 1.5):
        use(folder, shift=shift, hold_from=before + 0.001)
        assert checked(folder).decision is Decision.USABLE
        use(folder, shift=shift, hold_from=before - 0.001)
        assert checked(folder).decision is Decision.HELD


def test_a_setting_goes_before_the_policy(folder: Path) -> None:
    use(folder, hold_from=0.9)
    assert checked(folder, Settings(medium_from=0.0)).decision is Decision.HELD


def test_a_policy_for_another_checker_is_not_used_and_that_is_said(folder: Path) -> None:
    use(folder, hold_from=0.0001, verifier="another")
    answer = checked(folder)
    assert answer.decision is Decision.USABLE
    assert "policy_outdated" in [reason.code for reason in answer.check.reasons]
    assert recorded(folder, answer) == SHIPPED


def test_what_could_not_be_checked_stays_held_under_any_policy() -> None:
    of = Calibration("ours", 1, "ab", VERIFIER, shift=-3.0, hold_from=0.999)
    check = Verifier(None, Policy(calibration=of)).check("Parking is free for guests.", ContextSource([TEXT]))
    assert check.coverage < 1
    assert check.level is not Level.LOW
