from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from core.errors import EngineError, PilotError
from core.index import ingest
from core.llm.catalog import InstalledModel
from core.llm.engine import EngineConfig
from core.llm.fake import FakeEngine
from core.pilot.compare import comparisons
from core.pilot.export import export_csv, export_html, export_xlsx, run_object
from core.pilot.figures import errors_of, figures
from core.pilot.progress import Began, Ended, RowDone
from core.pilot.run import Pilot
from core.pilot.sets import read_set
from core.pilot.stability import outcomes
from core.pilot.start import Options, start
from core.pilot.store import load_run
from core.pilot.types import Knock, RowStatus, RunModel, Variant
from core.settings import Settings
from core.store import calibration
from core.store.calibration import StoredUse
from core.store.database import Library
from core.store.documents import list_documents
from core.store.pilot_run import RunStore
from core.store.standings import set_standing
from core.types import Language, ModelInfo, Standing
from core.verify.policy import verifier_identity

POLICY = """# Travel policy

## 3 Hotels

A hotel in Europe may cost up to 130 euros a night. Breakfast is paid in addition.

## 4 Claims

An expense claim is submitted within 30 days of the return from the trip.
"""
RIGHT = "An expense claim is submitted within 30 days of the return from the trip."
QUESTIONS = """question,expected,must refuse
Within at most how many days is an expense claim submitted?,Within 30 days of the return.,
How much may a hotel in Europe cost?,Up to 130 euros a night.,
What is the name of the office dog?,,yes
"""

Begin = Callable[..., Path]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    (tmp_path / "travel-policy.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "set.csv").write_text(QUESTIONS, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [tmp_path / "travel-policy.md"], None))

    def run(*names: str, options: Options | None = None) -> Path:
        models = [
            InstalledModel(
                name, tmp_path / f"{name}.gguf", "0" * 64, 1, None, "llama", "Q4_1", 512, 1, ("en",)
            )
            for name in names or ("a",)
        ]
        asked = read_set(tmp_path / "set.csv")
        start(
            tmp_path / "run",
            asked,
            models,
            tmp_path / "library",
            Settings(),
            options or Options(),
            None,
            None,
        )
        return tmp_path / "run"

    return run


def scripted(*answers: str | EngineError) -> Callable[[RunModel, EngineConfig], FakeEngine]:
    return lambda _model, _config: FakeEngine(*answers)


REFUSAL = "The documents do not say."


def test_every_model_reads_the_same_passages(begin: Begin) -> None:
    folder = begin("a", "b")
    engines = {name: FakeEngine(RIGHT, RIGHT, REFUSAL) for name in ("a", "b")}
    events = list(Pilot(folder, None, None, lambda model, _: engines[model.name]).work())
    assert isinstance(events[-1], Ended)
    assert engines["a"].history == engines["b"].history
    run = load_run(folder)
    assert [(row.model, row.question) for row in run.rows] == [(name, n) for name in "ab" for n in (1, 2, 3)]
    assert {row.prompt_sha256 for row in run.of("a")} == {row.prompt_sha256 for row in run.of("b")}
    assert all(not each.shown for each in comparisons(run))


def test_a_pause_keeps_what_is_done_and_the_rest_follows_once(begin: Begin) -> None:
    folder = begin()
    events = Pilot(folder, None, None, scripted(RIGHT, RIGHT, REFUSAL)).work()
    next(event for event in events if isinstance(event, RowDone))
    events.close()
    assert len(load_run(folder).rows) == 1
    rest = FakeEngine("Up to 130 euros a night.", REFUSAL)
    list(Pilot(folder, None, None, lambda *_: rest).work())
    assert [row.answer for row in load_run(folder).rows] == [RIGHT, "Up to 130 euros a night.", REFUSAL]
    assert len(rest.history) == 2
    list(Pilot(folder, None, None, scripted()).work())  # nothing is left: no engine is asked


def test_the_same_answers_give_the_same_rows(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    list(Pilot(folder, None, None, scripted(RIGHT, RIGHT, REFUSAL)).work())
    first = load_run(folder)
    folder.rename(tmp_path / "before")
    list(Pilot(begin(), None, None, scripted(RIGHT, RIGHT, REFUSAL)).work())
    second = load_run(folder)
    assert [(r.answer, r.check, r.agreement) for r in first.rows] == [
        (r.answer, r.check, r.agreement) for r in second.rows
    ]
    assert first.hits == second.hits
    assert first.plan == second.plan


def test_a_failure_is_a_row_with_a_reason_and_can_be_done_again(begin: Begin) -> None:
    folder = begin()
    list(Pilot(folder, None, None, scripted(RIGHT, EngineError("engine_busy"), REFUSAL)).work())
    run = load_run(folder)
    failed = run.rows[1]
    assert failed.status is RowStatus.FAILED
    assert failed.reason is not None
    assert failed.reason.code == "engine_busy"
    shown = {figure.code: figure for figure in figures(run, "a")}
    assert shown["failed"].counted == 3
    assert shown["answer_rate"].interval is not None
    assert shown["answer_rate"].interval.value == pytest.approx(1 / 3)
    with RunStore.open(folder) as store:
        assert store.drop("failed") == 1
    list(Pilot(folder, None, None, scripted("Up to 130 euros a night.")).work())
    assert all(row.done for row in load_run(folder).rows)


def test_a_run_on_another_state_of_the_library_is_refused(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    (tmp_path / "other.md").write_text("# Dogs\n\nThe office dog is called Rex.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [tmp_path / "other.md"], None))
    with pytest.raises(PilotError, match="run_documents"):
        list(Pilot(folder, None, None, scripted()).work())
    with pytest.raises(PilotError, match="run_exists"):
        begin()


def test_a_document_of_another_standing_is_another_state_too(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    with Library.open(tmp_path / "library") as library:
        (document,) = list_documents(library)
        set_standing(library, document.path, Standing(authority=3))
    with pytest.raises(PilotError, match="run_documents"):
        list(Pilot(folder, None, None, scripted()).work())


def test_a_run_goes_on_under_its_own_policy_only(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    with Library.open(tmp_path / "library") as library:
        body = json.dumps({"shift": 0.5, "slope": 1.0, "hold_from": 0.3, "verifier": verifier_identity(None)})
        digest = hashlib.sha256(body.encode()).hexdigest()
        policy = calibration.add_policy(library, "ours", "Ann", "2026-01-01", body, digest)
        calibration.add_use(library, StoredUse(policy.id, "2026-01-01", "Ann", "tried"))
    with pytest.raises(PilotError, match="run_policy"):
        list(Pilot(folder, None, None, scripted()).work())
    folder.rename(tmp_path / "before")
    list(Pilot(begin(), None, None, scripted(RIGHT, RIGHT, REFUSAL)).work())
    run = load_run(folder)
    assert run.plan.policy == digest
    assert errors_of(run) == (None, "other_thresholds")  # measured at the shipped thresholds only


def test_a_run_goes_on_with_the_versions_it_began_with(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = begin()
    monkeypatch.setattr("core.pilot.environment.PROMPT_VERSION", "another")
    with pytest.raises(PilotError) as raised:
        list(Pilot(folder, None, None, scripted()).work())
    assert (raised.value.code, raised.value.params) == ("run_environment", {"what": "prompt_version"})


def test_another_file_under_the_models_name_is_refused(begin: Begin) -> None:
    folder = begin()
    engine = FakeEngine(RIGHT)
    other = replace(engine.facts(), model=ModelInfo("a", "1" * 64))
    engine.facts = lambda: other  # type: ignore[method-assign]
    with pytest.raises(PilotError, match="run_model_changed"):
        list(Pilot(folder, None, None, lambda *_: engine).work())
    assert not load_run(folder).rows


def test_two_programs_on_one_run_lose_nothing_and_the_later_one_stops(begin: Begin) -> None:
    folder = begin()
    first = Pilot(folder, None, None, scripted(RIGHT, RIGHT, REFUSAL)).work()
    second = Pilot(folder, None, None, scripted("Two days.", "Two days.")).work()
    next(event for event in second if isinstance(event, Began))
    next(event for event in first if isinstance(event, RowDone))
    with pytest.raises(PilotError, match="run_elsewhere"):
        list(second)
    assert isinstance(list(first)[-1], Ended)
    assert [row.answer for row in load_run(folder).rows] == [RIGHT, RIGHT, REFUSAL]


def test_variants_follow_the_evidence(begin: Begin) -> None:
    """Question 1 of the stability: the script follows a changed figure and refuses without evidence."""
    folder = begin(options=Options(stability=1, knockout=True))
    with RunStore.open(folder) as store:
        assert not store.cases()
    script = [RIGHT, "Up to 130 euros a night.", REFUSAL]  # base
    by_variant = {
        Variant.CHANGED: "An expense claim is submitted within 40 days of the return from the trip.",
        Variant.REMOVED: REFUSAL,
    }
    script += [by_variant.get(kind, RIGHT) for kind in sorted(Variant) if kind in _ASKED]
    list(Pilot(folder, None, None, scripted(*script)).work())
    run = load_run(folder)
    assert [row.variant for row in run.rows if row.variant is not Variant.BASE and row.done] == sorted(_ASKED)
    found = {
        kind: outcomes(run, "a", kind)[0]
        for kind in Variant
        if run.of("a", kind) and kind is not Variant.BASE
    }
    assert found[Variant.GIVEN].answer is True
    assert found[Variant.CHANGED].answer is True
    assert found[Variant.REMOVED].answer is True
    assert found[Variant.NEGATED].answer is False  # the same answer to the opposite question
    assert found[Variant.TRANSLATED].why == "no_other_language"
    assert run.rows[0].knockouts[0].result is Knock.FELL


def test_a_model_of_the_run_rewords_and_translates(begin: Begin) -> None:
    folder = begin(options=Options(stability=1, writer="a"))
    wording = "An expense claim is submitted in how many days at most?"
    other = "报销申请最多应在多少天内提交？"
    engines = [FakeEngine(wording, other), FakeEngine(*[RIGHT] * 12)]
    list(Pilot(folder, None, None, lambda _model, _config: engines.pop(0)).work())
    run = load_run(folder)
    made = {row.variant: row for row in run.rows if row.note.get("by") == "a"}
    assert {kind: row.asked for kind, row in made.items()} == {
        Variant.REWRITTEN: wording,
        Variant.TRANSLATED: other,
    }
    assert outcomes(run, "a", Variant.REWRITTEN)[0].answer is True


def test_a_writer_must_be_a_model_of_the_run(begin: Begin) -> None:
    with pytest.raises(PilotError, match="run_writer"):
        begin(options=Options(stability=1, writer="b"))


_ASKED = (Variant.GIVEN, Variant.REWORDED, Variant.TYPOS, Variant.REMOVED, Variant.CHANGED, Variant.NEGATED)


def test_exports_hold_no_formula_and_no_markup(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    evil = "=HYPERLINK(1) <script>alert(1)</script>"
    list(Pilot(folder, None, None, scripted(evil, RIGHT, REFUSAL)).work())
    run = load_run(folder)
    export_csv(run, tmp_path / "run.csv", Language.EN)
    export_xlsx(run, tmp_path / "run.xlsx", Language.ZH)
    export_html(run, tmp_path / "run.html", Language.ZH)
    with (tmp_path / "run.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'{evil}" in cells
    assert evil not in cells
    book = openpyxl.load_workbook(tmp_path / "run.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert json.loads(json.dumps(run_object(run)))["rows"][0]["answer"] == evil


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a matter of POSIX")
def test_a_kill_in_the_middle_loses_no_row_and_repeats_none(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    script = tmp_path / "slow.py"
    script.write_text(_SLOW.format(folder=str(folder)), encoding="utf-8")
    child = subprocess.Popen([sys.executable, str(script)], cwd=Path.cwd())
    while not _rows(folder):
        assert child.poll() is None
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    kept = load_run(folder).rows
    assert 1 <= len(kept) < 3
    list(Pilot(folder, None, None, scripted(*[REFUSAL] * (3 - len(kept)))).work())
    rows = load_run(folder).rows
    assert [row.question for row in rows] == [1, 2, 3]
    assert rows[: len(kept)] == kept


def _rows(folder: Path) -> int:
    with RunStore.open(folder) as store:
        return len(store.keys())


_SLOW = """
import time
from pathlib import Path
from core.llm.fake import FakeEngine
from core.pilot.run import Pilot

class Slow(FakeEngine):
    def generate(self, request):
        for event in super().generate(request):
            time.sleep(0.05)
            yield event

long = "An expense claim is submitted within 30 days of the return from the trip. " * 4
for _ in Pilot(Path({folder!r}), None, None, lambda *_: Slow(long, long, long)).work():
    pass
"""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("nothing", None, "run_missing"), ("run.db", b"no database", "run_not_ours")],
)
def test_what_is_no_run_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PilotError, match=code):
        RunStore.open(tmp_path / name)
