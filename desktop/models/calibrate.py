"""What thresholds do, and the policies, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.calibration_backend import PolicyRow
from desktop.models.tables import Column, RowsModel
from desktop.text import day_words, number_words, percent

if TYPE_CHECKING:
    from core.calibrate.intervals import Rate
    from core.calibrate.outcome import Cutoff, Outcome

translate = QCoreApplication.translate

SECONDS = 20  # that a person takes to label one claim


def progress_words(done: int, total: int) -> str:
    """How many of the drawn claims are labelled, and about how long the others take."""
    words = translate("LabelPage", "{done} of {total} labelled").format(
        done=number_words(done), total=number_words(total)
    )
    left = round((total - done) * SECONDS / 60)
    more = translate("LabelPage", "about {minutes} min to go").format(minutes=number_words(left))
    return f"{words} · {more}" if left else words


# What a row of the table of thresholds is there for.
STEP, NOW, CHOSEN, BY_HAND = "", "now", "chosen", "by_hand"


@dataclass(frozen=True, slots=True)
class CutoffRow:
    """A threshold, and why it is listed."""

    cutoff: Cutoff
    mark: str = STEP


def cutoff_rows(outcome: Outcome) -> tuple[CutoffRow, ...]:
    """Every tenth of the risk, what decides now, and what is wished for; by rising threshold."""
    rows = [CutoffRow(cutoff) for cutoff in outcome.cutoffs]
    rows.append(CutoffRow(outcome.now, NOW))
    if outcome.chosen is not None:
        rows.append(CutoffRow(outcome.chosen, CHOSEN))
    if outcome.by_hand is not None:
        rows.append(CutoffRow(outcome.by_hand, BY_HAND))
    return tuple(sorted(rows, key=lambda row: row.cutoff.shown))


def rate_words(rate: Rate) -> str:
    """A share with its interval."""
    words = translate("CutoffsModel", "{share} ({low}–{high})")
    return words.format(share=percent(rate.share), low=percent(rate.low), high=percent(rate.high))


def threshold_words(row: CutoffRow) -> str:
    """From which risk on answers would be held, and what this threshold is."""
    names = {
        NOW: translate("CutoffsModel", "{risk}, now"),
        CHOSEN: translate("CutoffsModel", "{risk}, for your wish"),
        BY_HAND: translate("CutoffsModel", "{risk}, by hand"),
    }
    return names.get(row.mark, "{risk}").format(risk=percent(row.cutoff.shown))


_MARKS = {NOW: ("play", "muted"), CHOSEN: ("done", "supported"), BY_HAND: ("settings", "accent")}


class CutoffsModel(RowsModel[CutoffRow]):
    """One row a threshold."""

    FROM, MISSES, ALARMS, HELD = range(4)

    columns: Sequence[Column[CutoffRow]] = (
        Column(
            lambda: translate("CutoffsModel", "Held from risk"),
            threshold_words,
            lambda row: row.cutoff.shown,
            lambda row: _MARKS.get(row.mark),
        ),
        Column(
            lambda: translate("CutoffsModel", "Misses"),
            lambda row: rate_words(row.cutoff.misses),
            lambda row: row.cutoff.misses.share,
        ),
        Column(
            lambda: translate("CutoffsModel", "False alarms"),
            lambda row: rate_words(row.cutoff.false_alarms),
            lambda row: row.cutoff.false_alarms.share,
        ),
        Column(
            lambda: translate("CutoffsModel", "Answers held"),
            lambda row: percent(row.cutoff.held),
            lambda row: row.cutoff.held,
            right=True,
        ),
    )


def policy_name(row: PolicyRow) -> str:
    """A policy's name with its version."""
    words = translate("PoliciesModel", "{name}, version {version}")
    return words.format(name=row.policy.name, version=number_words(row.policy.version))


def held_words(row: PolicyRow) -> str:
    """From which risk on a policy holds answers, or why it cannot decide."""
    if row.damaged:
        return translate("PoliciesModel", "Damaged")
    if not row.fits:
        return translate("PoliciesModel", "Other checker")
    return translate("PoliciesModel", "As shipped") if row.held_from is None else percent(row.held_from)


def _policy_icon(row: PolicyRow) -> tuple[str, str] | None:
    if row.damaged or not row.fits:
        return "warning", "not_found"
    return ("done", "supported") if row.in_use else None


class PoliciesModel(RowsModel[PolicyRow]):
    """One row a version of a policy, the newest first as the view hands them over."""

    NAME, VERSION, HELD, LABELS, MADE = range(5)

    columns: Sequence[Column[PolicyRow]] = (
        Column(
            lambda: translate("PoliciesModel", "Policy"),
            lambda row: row.policy.name,
            lambda row: (row.policy.name.casefold(), row.policy.version),
            _policy_icon,
        ),
        Column(
            lambda: translate("PoliciesModel", "Version"),
            lambda row: number_words(row.policy.version),
            lambda row: row.policy.version,
            right=True,
        ),
        Column(lambda: translate("PoliciesModel", "Held from"), held_words, lambda row: row.held_from or 0.0),
        Column(
            lambda: translate("PoliciesModel", "Labels"),
            lambda row: number_words(row.labels),
            lambda row: row.labels,
            right=True,
        ),
        Column(
            lambda: translate("PoliciesModel", "Made"),
            lambda row: day_words(row.policy.made_at),
            lambda row: row.policy.made_at,
        ),
    )
