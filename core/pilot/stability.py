"""Whether answers survive what should not matter, and follow what should.

Every variant is compared with ``given``: the base question answered and checked on the same passages alone,
with the same model and settings. Other words, another language, typing errors, another order and a
distractor should change nothing; without its evidence a question must be refused; a changed figure must
appear in the answer; a question turned round must not get the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.language import detect_language
from core.pilot.agreement import similarity
from core.pilot.evidence import same, wanted_figures
from core.pilot.statistics import Interval, share
from core.pilot.types import Question, RowStatus, Run, RunRow, Variant
from core.types import Level
from core.verify.rules.values import Value, values

ALIKE = 0.6  # token-set similarity from which two answers without a figure of the expected one say the same

PRESERVING = (
    Variant.REWORDED,
    Variant.REWRITTEN,
    Variant.TRANSLATED,
    Variant.TYPOS,
    Variant.ORDER,
    Variant.DISTRACTOR,
)
FOLLOWING = (Variant.REMOVED, Variant.CHANGED, Variant.NEGATED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one variant of one question. ``answer`` says whether the answer survived or followed as
    it should, ``verdict`` whether the level did (for removed evidence: refused or flagged); both None where
    that cannot be compared, and ``why`` is ``stability_why.<why>``.
    """

    question: int
    variant: Variant
    answer: bool | None
    verdict: bool | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stability:
    """One kind of variant for one model: of ``asked`` questions ``compared`` could be compared.

    ``left_out`` counts why the others could not.
    """

    model: str
    variant: Variant
    asked: int
    compared: int
    answer: Interval | None
    verdict: Interval | None
    left_out: Mapping[str, int]


def stability(run: Run) -> tuple[Stability, ...]:
    """Every kind of variant for every model, in their order."""
    kinds = (Variant.GIVEN, *PRESERVING, *FOLLOWING)
    return tuple(
        _summed(model.name, kind, outcomes(run, model.name, kind))
        for model in run.models
        for kind in kinds
        if run.of(model.name, kind)
    )


def _summed(model: str, variant: Variant, found: tuple[Outcome, ...]) -> Stability:
    compared = [outcome for outcome in found if outcome.answer is not None]
    return Stability(
        model=model,
        variant=variant,
        asked=len(found),
        compared=len(compared),
        answer=share(sum(outcome.answer is True for outcome in compared), len(compared))
        if compared
        else None,
        verdict=share(sum(outcome.verdict is True for outcome in compared), len(compared))
        if compared
        else None,
        left_out=dict(Counter(outcome.why for outcome in found if outcome.answer is None)),
    )


def outcomes(run: Run, model: str, variant: Variant) -> tuple[Outcome, ...]:
    """What became of each question's variant. For ``given`` itself: whether the base answer came again, bit
    for bit.
    """
    against = Variant.BASE if variant is Variant.GIVEN else Variant.GIVEN
    before = {row.question: row for row in run.of(model, against)}
    return tuple(
        _outcome(run.question(row.question), before.get(row.question), row) for row in run.of(model, variant)
    )


def _outcome(question: Question, base: RunRow | None, row: RunRow) -> Outcome:
    why = _why_not(base, row)
    if base is None or why:
        return Outcome(question.number, row.variant, None, None, why)
    if row.variant is Variant.GIVEN:
        again = row.answer == base.answer
        return Outcome(question.number, row.variant, again, again)
    answer, verdict = _JUDGES[row.variant](question, base, row)
    if answer is None:
        return Outcome(question.number, row.variant, None, None, "figure_not_answered")
    return Outcome(question.number, row.variant, answer, verdict)


def _why_not(base: RunRow | None, row: RunRow) -> str:
    """Why a variant cannot be compared, as a code; empty where it can."""
    if row.status is RowStatus.SKIPPED:
        return row.reason.code if row.reason else "skipped"
    if base is None or not base.done or not row.done:
        return "failed"
    if base.cut != row.cut and row.variant is not Variant.DISTRACTOR:
        return "passages_cut"
    return ""


Judged = tuple[bool | None, bool]


def _survived(question: Question, base: RunRow, row: RunRow) -> Judged:
    return same_answer(question, base, row), row.level is base.level


def _refused(_question: Question, _base: RunRow, row: RunRow) -> Judged:
    return row.refused, row.refused or row.level is not Level.LOW


def _followed(_question: Question, base: RunRow, row: RunRow) -> Judged:
    """Whether the new figure took the old one's place; None where the base answer did not state the old."""
    old, new = (values(str(row.note[name])) for name in ("old", "new"))
    if not (old and new) or not states(base.answer, old[0]):
        return None, False
    return states(row.answer, new[0]) and not states(row.answer, old[0]), row.level is base.level


def _turned(question: Question, base: RunRow, row: RunRow) -> Judged:
    return not same_answer(question, base, row), row.level is not Level.LOW


_JUDGES: Mapping[Variant, Callable[[Question, RunRow, RunRow], Judged]] = {
    **dict.fromkeys(PRESERVING, _survived),
    Variant.REMOVED: _refused,
    Variant.CHANGED: _followed,
    Variant.NEGATED: _turned,
}


def same_answer(question: Question, one: RunRow, other: RunRow) -> bool:
    """Whether two answers say the same: both refuse; or both state the figures of the expected answer, or
    neither does; without such figures in either, whether their words are alike (within one language).
    """
    if one.refused or other.refused:
        return one.refused and other.refused
    figures = wanted_figures(question)
    if figures:
        has = [all(states(row.answer, figure) for figure in figures) for row in (one, other)]
        if any(has):
            return all(has)
    if detect_language(one.answer) is not detect_language(other.answer):
        return False
    return similarity(one.answer, other.answer) >= ALIKE


def states(answer: str, figure: Value) -> bool:
    """Whether an answer gives a figure, in whatever form."""
    return any(same(figure, value) for value in values(answer))
