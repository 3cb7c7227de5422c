"""The owner's question: is it worth it? Judged answers, costs by hand and with the tool, go, not yet or no.

All costs are those of one question: work by hand for what was rejected, the reviewer's minutes, electricity,
and what errors cost that nobody notices. The computer's price is a cost a month, so that there is a volume
from which it pays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from core.errors import PilotError
from core.pilot.cost import Spent, electricity, monthly_hardware, spent
from core.pilot.figures import errors_of
from core.pilot.owner_advice import advice_of, reasons_of
from core.pilot.owner_types import PASSED, Advice, Judged, OwnerPage, PerQuestion, Source
from core.pilot.statistics import Interval, rogan_gladen
from core.pilot.types import Run, RunRow
from core.review.figures import Figures
from core.settings import Settings
from core.types import Decision, Level

REVIEW_MINUTES = 2.0  # assumed for one held answer where nobody measured it


def judged_by_review(found: Figures) -> Judged | None:
    """What people decided in a library; None where nobody has decided enough to count."""
    decided = found.released + found.rejected
    if not decided:
        return None
    edited = min(found.edited, found.released)
    minutes = found.minutes / decided
    return Judged(Source.LIBRARY, found.released - edited, edited, found.rejected, minutes)


def judged_by_gate(rows: Sequence[RunRow]) -> Judged:
    """What the gate alone says: what passes would be used, what is held waits for a person."""
    done = [row for row in rows if row.done and not row.refused]
    usable = sum(row.decision is Decision.USABLE for row in done)
    held = len(done) - usable
    refused = sum(row.done and row.refused for row in rows)
    minutes = REVIEW_MINUTES * held / max(1, len(done) + refused)
    return Judged(Source.GATE, usable, 0, refused, minutes, undecided=held)


def owner_page(run: Run, model: str | None, settings: Settings, judged: Judged | None) -> OwnerPage:
    """The page of one model; without a name that whose answers most often pass.

    Raises PilotError ``owner_model`` for a model that is not in the run, ``owner_empty`` without answers.
    """
    name = _model(run, model)
    rows = run.of(name)
    if not any(row.done for row in rows):
        raise PilotError("owner_empty")
    took = spent(rows, settings)
    people = judged or judged_by_gate(rows)
    missed = _missed(run, rows)
    hand = PerQuestion(settings.manual_minutes * settings.hourly_wage / 60, 0.0, 0.0, 0.0)
    tool = _with_tool(settings, took, people, rows, missed, hand.work)
    fixed = monthly_hardware(settings)
    saved = hand.total - tool.total
    page = OwnerPage(
        model=name,
        set_name=run.plan.set_name,
        created_at=run.created_at,
        questions=len(rows),
        settings=settings,
        spent=took,
        judged=people,
        missed=missed,
        by_hand=hand,
        with_tool=tool,
        fixed=fixed,
        break_even=math.ceil(fixed / saved) if saved > 0 else None,
        advice=Advice.NOT_YET,
        reasons=(),
    )
    reasons = reasons_of(page, run, rows)
    return replace(page, reasons=reasons, advice=advice_of(reasons))


def _model(run: Run, model: str | None) -> str:
    names = [each.name for each in run.models]
    if model is not None:
        if model not in names:
            raise PilotError("owner_model", model=model, known=", ".join(names))
        return model
    if not names:
        raise PilotError("owner_empty")
    return max(names, key=lambda name: sum(row.done and row.level is Level.LOW for row in run.of(name)))


def _passed(rows: Sequence[RunRow]) -> float:
    """The share of answers that pass the gate unseen."""
    done = [row for row in rows if row.done]
    return sum(row.decision is Decision.USABLE for row in done) / max(1, len(done))


def _missed(run: Run, rows: Sequence[RunRow]) -> Interval | None:
    """The share of passed answers that hold an error, from how the verifier erred where it was measured.

    Bayes over the share of bad answers (corrected for the verifier's own errors): bad ones that pass, held
    against all that pass. The bounds are those of the share of bad answers. None where too few answers pass,
    nothing was measured, or the run has other thresholds than those at which it was.
    """
    errors, _ = errors_of(run)
    done = [row for row in rows if row.done]
    flagged = sum(row.level is not Level.LOW for row in done)
    if errors is None or len(done) - flagged < PASSED:
        return None
    bad = rogan_gladen(flagged, len(done), errors)
    if bad is None:
        return None

    def among_passed(share_bad: float) -> float:
        wrong, right = share_bad * errors.misses, (1 - share_bad) * (1 - errors.false_alarms)
        return wrong / (wrong + right) if wrong + right > 0 else 0.0

    return Interval(*map(among_passed, (bad.value, bad.low, bad.high)))


def _with_tool(
    settings: Settings,
    took: Spent,
    people: Judged,
    rows: Sequence[RunRow],
    missed: Interval | None,
    hand: float,
) -> PerQuestion:
    errors = missed.value * _passed(rows) * settings.missed_error_cost if missed else 0.0
    return PerQuestion(
        work=hand * (1 - people.accepted.value),
        review=people.minutes * settings.hourly_wage / 60,
        electricity=electricity(took.energy.wh, settings),
        missed=errors,
    )
