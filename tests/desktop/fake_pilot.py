"""The scripted core behind the screen Pilot: two questions, as many models as are asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.assistant.events import Stage, StageName
from core.errors import CoreError
from core.pilot.drafting import Wording
from core.pilot.progress import Began, Ended, LookedUp, RowDone, RunEvent, Working
from core.pilot.sets import Problem, QuestionSet
from core.pilot.state import RunState
from core.pilot.types import Environment, Question, RowStatus, Run, RunModel, RunPlan, RunRow, Timing, Variant
from core.types import Check, Decision, Level, Reason
from desktop.pilot_backend import DraftWish, PilotWish

QUESTIONS = (
    Question(1, "How much may a hotel cost?", expected="130 €"),
    Question(2, "When are receipts due?", must_refuse=True),
)
PROBLEMS = (
    Problem(3, "must_refuse", "not_yes_no", {"value": "maybe"}),
    Problem(5, "question", "duplicate", {"first": 2}),
)


def run_of(*models: str, rows: tuple[RunRow, ...] = ()) -> Run:
    plan = RunPlan("set.csv", "0" * 64, "/library", "", tuple((name, "") for name in models), {})
    environment = Environment("1", "1", "3", "x", "cpu", "1", "1", "e", None, "0" * 64)
    made = tuple(RunModel(name, "", "", 1) for name in models)
    return Run("r", "2026-11-25T00:00:00", plan, environment, QUESTIONS, {}, made, rows)


def row_of(number: int, model: str, level: Level = Level.LOW) -> RunRow:
    text = "Hotels cost up to 150 €."
    decision = Decision.USABLE if level is Level.LOW else Decision.HELD
    check = Check(text, 0.5, level, 1.0, ())
    status, timing = RowStatus.DONE, Timing(2.0, 1.0, 0.5)
    return RunRow(
        number, model, Variant.BASE, status, answer=text, check=check, decision=decision, timing=timing
    )


class FakePilot:
    """Answers one row after the other; ``wait_at`` rows it waits until it is told to go on."""

    calls: list[tuple[object, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.asked = QuestionSet("set.csv", "0" * 64, QUESTIONS)
        self.pilot_run: Run | None = None
        self.pilot_error: CoreError | None = None  # that a run ends with after the first row
        self.pilot_refused: CoreError | None = None  # before anything was done
        self.wait_at: int | None = None
        self.gone_on = threading.Event()
        self.failing: set[int] = set()  # questions without an answer

    def question_set(self, path: Path) -> QuestionSet:
        self.calls.append(("question_set", path))
        return replace(self.asked, name=path.name)

    def write_template(self, path: Path) -> Path:
        self.calls.append(("write_template", path))
        return path

    def draft_questions(self, wish: DraftWish) -> Iterator[Wording | Path]:
        self.calls.append(("draft_questions", wish))
        if wish.writer is not None:
            yield Wording(0, 2, 0)
            while self.wait_at is not None and not self.gone_on.wait(0.01):
                yield Wording(1, 2, 1)
        yield wish.path

    def load_pilot(self, folder: Path) -> tuple[Run, RunState]:
        self.calls.append(("load_pilot", folder))
        assert self.pilot_run is not None
        total = len(QUESTIONS) * len(self.pilot_run.models)
        failed = sum(row.status is RowStatus.FAILED for row in self.pilot_run.rows)
        return self.pilot_run, RunState(len(self.pilot_run.rows), total, failed, prepared=True)

    def begin_pilot(self, wish: PilotWish) -> Iterator[RunEvent]:
        self.calls.append(("begin_pilot", wish))
        if self.pilot_refused is not None:
            raise self.pilot_refused
        self.pilot_run = run_of(*(model.name for model in wish.models))
        yield LookedUp(1, len(QUESTIONS))
        yield from self._work()

    def resume_pilot(self, folder: Path, *, retry: bool = False) -> Iterator[RunEvent]:
        self.calls.append(("resume_pilot", folder, retry))
        if self.pilot_refused is not None:
            raise self.pilot_refused
        assert self.pilot_run is not None
        if retry:
            kept = tuple(row for row in self.pilot_run.rows if row.status is not RowStatus.FAILED)
            self.pilot_run = replace(self.pilot_run, rows=kept)
        yield from self._work()

    def _work(self) -> Iterator[RunEvent]:
        run = self.pilot_run
        assert run is not None
        there = {(row.model, row.question) for row in run.rows}
        jobs = [(model.name, question.number) for model in run.models for question in run.questions]
        yield Began(len(there), len(jobs))
        for name, number in jobs:
            if (name, number) in there:
                continue
            yield Working(number, name, Variant.BASE, Stage(StageName.WRITING))
            while self.wait_at == len(there) and not self.gone_on.is_set():
                time.sleep(0.005)
                yield Working(number, name, Variant.BASE)
            row = row_of(number, name)
            if number in self.failing:
                reason = Reason("engine_crashed", {"signal": "SIGSEGV"})
                row = RunRow(number, name, Variant.BASE, RowStatus.FAILED, reason=reason)
            there.add((name, number))
            assert self.pilot_run is not None
            self.pilot_run = replace(self.pilot_run, rows=(*self.pilot_run.rows, row))
            yield RowDone(row, len(there), len(jobs), 90.0)
            if self.pilot_error is not None:
                raise self.pilot_error
        yield Ended(len(there), len(self.failing))
