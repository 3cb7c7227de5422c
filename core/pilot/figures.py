"""The figures of one model in a run, each with its interval and what it is counted over. Never one score.

A figure's name is ``figure.<code>`` in the words, its definition ``figure.<code>.means``. Failed rows count
as questions without an answer; nothing is left out of a denominator silently.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import VerifierError
from core.pilot.statistics import Interval, TestErrors, claim_share, mean, ratio, rogan_gladen, share
from core.pilot.types import Expect, Knock, Question, RowStatus, Run, RunRow
from core.types import Claim, Level, Verdict
from core.verify.fusion import CALIBRATION_FILE, Mode


class Unit(StrEnum):
    """How a figure is written."""

    SHARE = "share"
    SECONDS = "seconds"
    TOKENS = "tokens"
    SPEED = "speed"  # tokens a second


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``counted`` is how many answers, questions or claims it stands on; ``note`` is a code
    ``figure_note.<note>`` where something must be said with it. ``interval`` None: it cannot be told.
    """

    code: str
    unit: Unit
    interval: Interval | None
    counted: int
    note: str = ""


def figures(run: Run, model: str) -> tuple[Figure, ...]:
    """All figures of a model, over the original questions."""
    rows = run.of(model)
    found = [
        *_answering(rows, run.questions),
        *_levels(rows),
        *_claims(rows),
        *_hallucination(rows, run),
        *_agreement(rows),
        *_knockouts(rows),
        *_cost(rows),
    ]
    return tuple(found)


def _answering(rows: Sequence[RunRow], questions: Sequence[Question]) -> list[Figure]:
    expects = {question.number: question.expect for question in questions}
    answerable = [row for row in rows if expects[row.question] is Expect.ANSWER]
    absent = [row for row in rows if expects[row.question] is Expect.REFUSE]
    done_answerable = [row for row in answerable if row.done]
    done_absent = [row for row in absent if row.done]
    return [
        _share("answer_rate", rows, lambda row: row.done and not row.refused),
        _share("failed", rows, lambda row: row.status is RowStatus.FAILED),
        _share("right_refusals", done_absent, lambda row: row.refused),
        _share("caught_inventions", [row for row in done_absent if not row.refused], _flagged),
        _share("wrong_refusals", done_answerable, lambda row: row.refused),
        _share("cut_off", [row for row in rows if row.done], lambda row: row.stop == "length"),
    ]


def _levels(rows: Sequence[RunRow]) -> list[Figure]:
    done = [row for row in rows if row.done]
    return [_share(f"level_{level.value}", done, _has(level)) for level in Level]


def _has(level: Level) -> Callable[[RunRow], bool]:
    return lambda row: row.level is level


def _claims(rows: Sequence[RunRow]) -> list[Figure]:
    groups = [stated(row) for row in rows if row.done]
    totals = [len(claims) for claims in groups]
    found = [
        Figure(
            f"claims_{verdict.value}",
            Unit.SHARE,
            claim_share([sum(claim.verdict is verdict for claim in claims) for claims in groups], totals),
            sum(totals),
        )
        for verdict in Verdict
        if verdict is not Verdict.NO_CLAIM
    ]
    coverages = [row.check.coverage for row in rows if row.check is not None]
    return [*found, Figure("coverage", Unit.SHARE, mean(coverages), len(coverages))]


def stated(row: RunRow) -> tuple[Claim, ...]:
    """The claims of a row that say something."""
    claims = row.check.claims if row.check else ()
    return tuple(claim for claim in claims if claim.verdict is not Verdict.NO_CLAIM)


def _flagged(row: RunRow) -> bool:
    return row.level is not Level.LOW


def _hallucination(rows: Sequence[RunRow], run: Run) -> list[Figure]:
    """Flagged answers among those that state something; then what that says about bad ones."""
    stating = [row for row in rows if row.done and not row.refused and stated(row)]
    flagged = sum(map(_flagged, stating))
    errors, note = errors_of(run)
    corrected = rogan_gladen(flagged, len(stating), errors) if errors else None
    return [
        _share("hallucination_seen", stating, _flagged),
        Figure("hallucination_corrected", Unit.SHARE, corrected, len(stating), note),
    ]


def errors_of(run: Run) -> tuple[TestErrors | None, str]:
    """``measured_errors`` for the verifier of a run. None, with the note ``other_thresholds``, where answers
    were flagged by thresholds or a policy other than those at which it was measured.
    """
    own = any(float(run.plan.settings.get(name, -1.0)) >= 0 for name in ("medium_from", "high_from"))
    if own or run.plan.policy:
        return None, "other_thresholds"
    return measured_errors(Mode.FULL if run.environment.checker else Mode.LEXICAL)


def measured_errors(mode: Mode) -> tuple[TestErrors | None, str]:
    """The verifier's misses and false alarms as its calibration measured them, and a note about them.

    Without a record of how many bad and good answers they stand on, half of all is assumed for each, and
    said. None, with the note ``uncorrected``, where nothing was measured. Raises VerifierError for a
    damaged file.
    """
    try:
        stored = json.loads(CALIBRATION_FILE.read_text(encoding="utf-8"))["modes"][mode.value]
        levels, answers = stored["levels"], int(stored["fitted_on"]["answers"])
        if "bad_passed_as_low" not in levels or "good_held" not in levels:
            return None, "uncorrected"
        bad = int(levels.get("bad_answers", answers // 2))
        good = int(levels.get("good_answers", answers - bad))
        errors = TestErrors(float(levels["bad_passed_as_low"]), float(levels["good_held"]), bad, good)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VerifierError("calibration_damaged", path=str(CALIBRATION_FILE)) from error
    return errors, "counts_known" if "bad_answers" in levels else "counts_assumed"


def _agreement(rows: Sequence[RunRow]) -> list[Figure]:
    compared = [row for row in rows if row.agreement is not None]
    similar = [row.agreement.similarity for row in compared if row.agreement is not None]
    answered = [row for row in compared if not row.refused]
    return [
        _share("covers", compared, lambda row: bool(row.agreement and row.agreement.covers)),
        _share("covered", answered, lambda row: bool(row.agreement and row.agreement.covered)),
        Figure("similarity", Unit.SHARE, mean(similar), len(similar)),
    ]


def _knockouts(rows: Sequence[RunRow]) -> list[Figure]:
    groups = [row.knockouts for row in rows if row.knockouts]
    if not groups:
        return []
    fell = [sum(each.result is Knock.FELL for each in group) for group in groups]
    totals = [len(group) for group in groups]
    return [Figure("citations_needed", Unit.SHARE, claim_share(fell, totals), sum(totals))]


def _cost(rows: Sequence[RunRow]) -> list[Figure]:
    done = [row for row in rows if row.done]
    kinds: list[tuple[str, Unit, Callable[[RunRow], float]]] = [
        ("seconds", Unit.SECONDS, lambda row: row.timing.seconds),
        ("seconds_reading", Unit.SECONDS, lambda row: row.timing.reading),
        ("seconds_writing", Unit.SECONDS, lambda row: row.timing.writing),
        ("seconds_checking", Unit.SECONDS, lambda row: row.timing.checking),
        ("prompt_tokens", Unit.TOKENS, lambda row: row.timing.prompt_tokens),
        ("answer_tokens", Unit.TOKENS, lambda row: row.timing.answer_tokens),
    ]
    found = [Figure(code, unit, mean([of(row) for row in done]), len(done)) for code, unit, of in kinds]
    read = [row.timing.prompt_tokens - row.timing.cached_tokens for row in done]
    written = [row.timing.answer_tokens for row in done]
    reading = ratio(read, [row.timing.reading for row in done])
    writing = ratio(written, [row.timing.writing for row in done])
    speeds = [("speed_reading", reading), ("speed_writing", writing)]
    return [*found, *(Figure(code, Unit.SPEED, speed, len(done)) for code, speed in speeds)]


def _share(code: str, rows: Sequence[RunRow], counts: Callable[[RunRow], bool]) -> Figure:
    successes = sum(counts(row) for row in rows)
    interval = share(successes, len(rows)) if rows else None
    return Figure(code, Unit.SHARE, interval, len(rows))
