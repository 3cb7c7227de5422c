"""Go, not yet or no: the reasons that the numbers of an owner's page give, and the worst of them."""

from __future__ import annotations

from collections.abc import Sequence

from core.pilot.owner_types import PASSED, Advice, OwnerPage, Source, Why, money
from core.pilot.types import Expect, Run, RunRow
from core.types import Level, Param

NEEDED = 30  # judged answers from which on a share says something
FEW_MISSED = 0.1  # a share of errors among the passed that need not hold a firm back
GOOD, HALF = 0.6, 0.5  # a share accepted whose lower bound reaches this is good; below half it is bad


def reasons_of(page: OwnerPage, run: Run, rows: Sequence[RunRow]) -> tuple[Why, ...]:
    """What speaks for and against, in the order in which the page tells it."""
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


def advice_of(reasons: Sequence[Why]) -> Advice:
    """The worst that a reason speaks for."""
    spoken = {reason.advice for reason in reasons}
    return next(advice for advice in (Advice.NO, Advice.NOT_YET, Advice.GO) if advice in spoken)
