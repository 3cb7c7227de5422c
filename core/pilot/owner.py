"""The owner's question: is it worth it? Judged answers, costs by hand and with the tool, go, not yet or no.

All costs are those of one question: work by hand for what was rejected, the reviewer's minutes, electricity,
and what errors cost that nobody notices. The computer's price is a cost a month, so that there is a volume
from which it pays.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.errors import PilotError
from core.pilot.cost import Spent, electricity, monthly_hardware, spent
from core.pilot.figures import errors_of
from core.pilot.statistics import Interval, rogan_gladen, share
from core.pilot.types import Expect, Run, RunRow
from core.review.figures import Figures
from core.settings import Settings
from core.types import Decision, Level, Param

NEEDED = 30  # judged answers from which on a share says something
PASSED = 10  # answers that must have passed before a share of them is told
FEW_MISSED = 0.1  # a share of errors among the passed that need not hold a firm back
GOOD, HALF = 0.6, 0.5  # a share accepted whose lower bound reaches this is good; below half it is bad
REVIEW_MINUTES = 2.0  # assumed for one held answer where nobody measured it


class Source(StrEnum):
    """Who judged the answers."""

    PEOPLE = "by_people"
    LIBRARY = "by_library"
    GATE = "by_gate"


class Advice(StrEnum):
    """What the numbers advise."""

    GO = "go"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of answers. ``minutes`` is the reviewer's time for one answer, over all of them."""

    source: Source
    as_is: int
    edited: int
    rejected: int
    minutes: float
    undecided: int = 0

    @property
    def accepted(self) -> Interval:
        """The share that could be used, as is or after an edit."""
        return share(self.as_is + self.edited, self.total)

    @property
    def total(self) -> int:
        """All answers that were judged; the undecided count as not accepted."""
        return self.as_is + self.edited + self.rejected + self.undecided


@dataclass(frozen=True, slots=True)
class PerQuestion:
    """The cost of one question, by its parts."""

    work: float
    review: float
    electricity: float
    missed: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.work + self.review + self.electricity + self.missed


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, in words under ``owner.reason.<code>``, and what it speaks for."""

    code: str
    params: Mapping[str, Param]
    advice: Advice


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """Everything that the page shows. ``missed`` is the share of passed answers that hold an error.

    ``break_even`` is the number of answers a month from which the computer pays, None where it never does.
    """

    model: str
    set_name: str
    created_at: str
    questions: int
    settings: Settings
    spent: Spent
    judged: Judged
    missed: Interval | None
    by_hand: PerQuestion
    with_tool: PerQuestion
    fixed: float
    break_even: int | None
    advice: Advice
    reasons: tuple[Why, ...]


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
    reasons = _reasons(page, run, rows)
    return replace(page, reasons=reasons, advice=_advice(reasons))


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


def _reasons(page: OwnerPage, run: Run, rows: Sequence[RunRow]) -> tuple[Why, ...]:
    return (*_acceptance(page), *_money(page), *_errors(page), *_refusals(run, rows))


def _acceptance(page: OwnerPage) -> list[Why]:
    people, accepted = page.judged, page.judged.accepted
    shares: dict[str, Param] = {
        "share": f"{100 * accepted.value:.0f}",
        "low": f"{100 * accepted.low:.0f}",
        "high": f"{100 * accepted.high:.0f}",
    }
    if people.source is Source.GATE:
        return [Why("not_judged", {}, Advice.NOT_YET)]
    found = []
    if people.total < NEEDED:
        found.append(Why("few_judged", {"count": people.total, "needed": NEEDED}, Advice.NOT_YET))
    if accepted.high < HALF:
        return [*found, Why("accepted_low", shares, Advice.NO)]
    good = accepted.low >= GOOD
    return [
        *found,
        Why("accepted_good" if good else "accepted_unsure", shares, Advice.GO if good else Advice.NOT_YET),
    ]


def _money(page: OwnerPage) -> list[Why]:
    prices: dict[str, Param] = {
        "tool": money(page.with_tool.total, page.settings),
        "hand": money(page.by_hand.total, page.settings),
    }
    if page.break_even is None:
        judged = page.judged.source is not Source.GATE
        return [Why("no_saving", prices, Advice.NO if judged else Advice.NOT_YET)]
    volume, needed = page.settings.monthly_answers, page.break_even
    params: dict[str, Param] = {"volume": f"{volume:,}", "needed": f"{needed:,}"}
    if not volume:
        reason = Why("no_volume", params, Advice.NOT_YET)
    else:
        above = volume >= needed
        reason = Why("above" if above else "below", params, Advice.GO if above else Advice.NO)
    return [Why("saving", prices, Advice.GO), reason]


def _errors(page: OwnerPage) -> list[Why]:
    if page.missed is None:
        return [Why("missed_unknown", {"needed": PASSED}, Advice.NOT_YET)]
    counts: dict[str, Param] = {
        "count": f"{100 * page.missed.value:.1f}",
        "high": f"{100 * page.missed.high:.1f}",
    }
    if page.settings.missed_error_cost:
        cost = money(page.with_tool.missed, page.settings)
        few = page.missed.value <= FEW_MISSED
        return [Why("missed_priced", {**counts, "cost": cost}, Advice.GO if few else Advice.NOT_YET)]
    return [Why("missed_not_priced", counts, Advice.NOT_YET)]


def _refusals(run: Run, rows: Sequence[RunRow]) -> list[Why]:
    """Questions without an answer in the documents that got one, and it passed."""
    expects = {question.number: question.expect for question in run.questions}
    absent = [row for row in rows if row.done and expects[row.question] is Expect.REFUSE]
    wrong = [row for row in absent if not row.refused and row.level is Level.LOW]
    if not wrong:
        return []
    return [Why("guessed_refusals", {"count": len(absent), "wrong": len(wrong)}, Advice.NOT_YET)]


def _advice(reasons: Sequence[Why]) -> Advice:
    """The worst that a reason speaks for."""
    spoken = {reason.advice for reason in reasons}
    return next(advice for advice in (Advice.NO, Advice.NOT_YET, Advice.GO) if advice in spoken)


def money(amount: float, settings: Settings) -> str:
    """An amount with its currency; small ones with the digits that count."""
    digits = 2 if amount == 0 or abs(amount) >= 0.01 else 4
    return f"{settings.currency} {amount:,.{digits}f}"
