"""Variants of questions, made once by rule and asked of every model with the same passages and settings.

The evidence of a variant is its passages alone, for the answer and for the check: so what is compared is
compared on equal terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.pilot.evidence import changed_figure, holds, wanted_figures, with_changed_figure
from core.pilot.rewriting import Wordings
from core.pilot.types import Expect, Question, Variant
from core.pilot.wording import negated, reworded, with_typos
from core.types import Hit, Param, Reason

Search = Callable[[str, int], tuple[Hit, ...]]
_AROUND = 30  # passages looked through for a distractor


@dataclass(frozen=True, slots=True)
class Case:
    """One variant: what is asked and which passages are read; or why there is none (``skipped``).

    ``note`` says how it was made: ``by`` (``rule``, ``set`` or a model's name), and what was exchanged.
    """

    question: int
    variant: Variant
    asked: str = ""
    hits: tuple[Hit, ...] = ()
    note: Mapping[str, Param] = field(default_factory=dict)
    skipped: Reason | None = None


def chosen(questions: Sequence[Question], count: int) -> tuple[Question, ...]:
    """The questions that get variants: those with an expected answer, evenly spread over the set."""
    fit = [question for question in questions if question.expect is Expect.ANSWER and question.expected]
    if count >= len(fit):
        return tuple(fit)
    return tuple(fit[at * len(fit) // count] for at in range(count))


def make_cases(
    question: Question, hits: tuple[Hit, ...], search: Search, wordings: Wordings | None = None
) -> Iterator[Case]:
    """All variants of one question, in a fixed order; ``wordings``: what a model made of it."""
    for make in (_given, _reworded, _typos, _order, _removed, _changed, _negated):
        yield make(question, hits)
    yield _translated(question, hits, wordings)
    if wordings is not None:
        yield _rewritten(question, hits, wordings)
    yield _distractor(question, hits, search)


def _given(question: Question, hits: tuple[Hit, ...]) -> Case:
    return Case(question.number, Variant.GIVEN, question.text, hits)


def _asked(question: Question, variant: Variant, text: str | None, hits: tuple[Hit, ...], by: str) -> Case:
    if text is None or text == question.text:
        return _skipped(question, variant, "no_wording")
    return Case(question.number, variant, text, hits, {"by": by})


def _reworded(question: Question, hits: tuple[Hit, ...]) -> Case:
    return _asked(question, Variant.REWORDED, reworded(question.text), hits, "rule")


def _typos(question: Question, hits: tuple[Hit, ...]) -> Case:
    return _asked(question, Variant.TYPOS, with_typos(question.text), hits, "rule")


def _negated(question: Question, hits: tuple[Hit, ...]) -> Case:
    turned = negated(question.text)
    if turned is None:
        return _skipped(question, Variant.NEGATED, "not_turned")
    return _asked(question, Variant.NEGATED, turned, hits, "rule")


def _translated(question: Question, hits: tuple[Hit, ...], wordings: Wordings | None) -> Case:
    """As the set gives it; where it does not, in a model's words."""
    if question.other is not None:
        return _asked(question, Variant.TRANSLATED, question.other, hits, "set")
    if wordings is None:
        return _skipped(question, Variant.TRANSLATED, "no_other_language")
    if wordings.other is None:
        return _skipped(question, Variant.TRANSLATED, "not_kept")
    return _asked(question, Variant.TRANSLATED, wordings.other, hits, wordings.by)


def _rewritten(question: Question, hits: tuple[Hit, ...], wordings: Wordings) -> Case:
    if wordings.reworded is None:
        return _skipped(question, Variant.REWRITTEN, "not_kept")
    return _asked(question, Variant.REWRITTEN, wordings.reworded, hits, wordings.by)


def _order(question: Question, hits: tuple[Hit, ...]) -> Case:
    if len(hits) < 2:
        return _skipped(question, Variant.ORDER, "one_passage")
    return Case(question.number, Variant.ORDER, question.text, tuple(reversed(hits)), {"by": "rule"})


def _removed(question: Question, hits: tuple[Hit, ...]) -> Case:
    kept = tuple(hit for hit in hits if not holds(question, hit.passage))
    if len(kept) == len(hits):
        return _skipped(question, Variant.REMOVED, "no_evidence_found")
    note: dict[str, Param] = {"by": "rule", "removed": len(hits) - len(kept)}
    return Case(question.number, Variant.REMOVED, question.text, kept, note)


def _changed(question: Question, hits: tuple[Hit, ...]) -> Case:
    for figure in wanted_figures(question):
        new = changed_figure(figure.text)
        changed = with_changed_figure(hits, figure) if new else None
        if new and changed:
            note: dict[str, Param] = {"by": "rule", "old": figure.text, "new": new}
            return Case(question.number, Variant.CHANGED, question.text, changed, note)
    return _skipped(question, Variant.CHANGED, "no_figure_found")


def _distractor(question: Question, hits: tuple[Hit, ...], search: Search) -> Case:
    """The best passage of another document that does not hold the answer, put first."""
    read = {hit.passage.place.document_sha256 for hit in hits}
    for hit in search(question.text, _AROUND):
        if hit.passage.place.document_sha256 not in read and not holds(question, hit.passage):
            note: dict[str, Param] = {"by": "rule", "document": hit.passage.place.document}
            return Case(question.number, Variant.DISTRACTOR, question.text, (hit, *hits), note)
    return _skipped(question, Variant.DISTRACTOR, "no_other_document")


def _skipped(question: Question, variant: Variant, code: str) -> Case:
    return Case(question.number, variant, question.text, skipped=Reason(code))
