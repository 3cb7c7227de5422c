"""What the labels say: how honest the risks are, what each threshold misses and holds, before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.calibrate import conformal
from core.calibrate.fitting import Line, Numbers, cross_fitted, fit_line
from core.calibrate.intervals import Rate, rate
from core.calibrate.labelling import Work
from core.verify.policy import Calibration

FOLDS = 10
_GRID = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_BIN_SIZE = 10  # labels a bin at least
_MOST_BINS = 8


@dataclass(frozen=True, slots=True)
class Bin:
    """Labelled claims of similar risk: what was told on average, and how many were unsupported."""

    told: float
    unsupported: Rate


@dataclass(frozen=True, slots=True)
class Honesty:
    """How near told risks come to what happened. ``ece`` is the mean gap over equally filled bins, ``brier``
    the mean squared error, ``log_loss`` the mean surprise in nats; all weighted, less is better.
    """

    ece: float
    brier: float
    log_loss: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What holding answers from a risk on would do. ``shown`` is the threshold on the risks as people see
    them, ``shipped`` the one that is stored. ``misses``: the share of unsupported claims that stand in an
    answer which passes; ``false_alarms``: the share of supported claims that wait in a held one; ``held``:
    the share of the past answers that would be held. ``guaranteed`` bounds the expected miss rate where
    the threshold was chosen without looking at these labels.
    """

    shown: float
    shipped: float
    misses: Rate
    false_alarms: Rate
    held: float
    guaranteed: float


@dataclass(frozen=True, slots=True)
class TooFew:
    """Why no threshold can be promised: so many unsupported claims are needed, so many there are, and about
    so many more claims have to be labelled at the rate seen.
    """

    needed: int
    found: int
    more: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole result. ``line`` is the customer's curve; where it helps no one (``helps`` False: told
    risks came out no better in cross-fitting) the shipped one stays. ``chosen`` is the threshold with the
    wished guarantee, None with ``too_few`` saying why. ``best`` is the lowest miss rate that these labels
    can promise at all, 1 where nothing was found unsupported. ``by_hand`` is a threshold that was asked
    about.
    """

    wished: float
    labelled: int
    unsupported: int
    unclear: int
    weighted: bool
    line: Line
    helps: bool
    before: Honesty
    after: Honesty
    now: Cutoff
    cutoffs: tuple[Cutoff, ...]
    chosen: Cutoff | None
    too_few: TooFew | None
    best: float
    by_hand: Cutoff | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled claims as figures, in the order in which they were drawn."""

    risks: Numbers
    answer_risks: Numbers
    unsupported: Numbers
    weights: Numbers
    groups: np.ndarray
    unclear: int
    heaviest: float

    @classmethod
    def of(cls, work: Work) -> Labelled:
        """Those of the work that were said to be supported or not."""
        pairs = zip(work.items, work.labels, strict=True)
        said = [(item, label) for item, label in pairs if label is not None and label.counts]
        answers = {item.answer_id: at for at, item in enumerate(work.items)}
        return cls(
            risks=np.array([item.risk for item, _ in said]),
            answer_risks=np.array([item.answer_risk for item, _ in said]),
            unsupported=np.array([float(label.is_unsupported) for _, label in said]),
            weights=np.array([item.weight for item, _ in said]),
            groups=np.array([answers[item.answer_id] % FOLDS for item, _ in said], dtype=np.int64),
            unclear=sum(label is not None and not label.counts for label in work.labels),
            heaviest=max((sample.heaviest for sample in work.samples), default=1.0),
        )


def outcome_of(
    data: Labelled,
    answers: Sequence[float],
    *,
    wished: float,
    shipped_from: float,
    present: Calibration,
    by_hand: float | None = None,
) -> Outcome:
    """All figures. ``answers`` are the shipped risks of the past answers, ``shipped_from`` the risk from
    which they are held as shipped, ``present`` what decides now, ``wished`` the miss rate to promise,
    ``by_hand`` a threshold on the risks as they will be shown.
    """
    line = fit_line(data.risks, data.unsupported, data.weights)
    before = _honesty(data.risks, data)
    after = _honesty(cross_fitted(data.risks, data.unsupported, data.weights, data.groups), data)
    helps = bool(len(data.risks)) and after.log_loss < before.log_loss
    shown = Calibration(shift=line.shift, slope=line.slope) if helps else Calibration()
    judge = _Judge(data, np.asarray(answers), shown)
    bad = data.unsupported == 1
    chosen = conformal.threshold(
        data.answer_risks[bad].tolist(), data.weights[bad].tolist(), wished, data.heaviest
    )
    return Outcome(
        wished=wished,
        labelled=len(data.risks),
        unsupported=int(bad.sum()),
        unclear=data.unclear,
        weighted=bool(len(data.weights)) and not np.allclose(data.weights, data.weights[0]),
        line=line if helps else Line(),
        helps=helps,
        before=before,
        after=after if helps else before,
        now=judge.at(shipped_from if present.hold_from is None else present.hold_from),
        cutoffs=tuple(judge.at(shown.shipped(at)) for at in _GRID),
        chosen=None if chosen is None else judge.at(math.floor(chosen * 1e4) / 1e4),
        too_few=_too_few(data, wished) if chosen is None else None,
        best=conformal.bound(0.0, float(data.weights[bad].sum()), data.heaviest),
        by_hand=None if by_hand is None else judge.at(shown.shipped(by_hand)),
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Tells what a threshold does to the labelled claims and the past answers."""

    data: Labelled
    answers: Numbers
    shown: Calibration

    def at(self, shipped: float) -> Cutoff:
        data, bad = self.data, self.data.unsupported == 1
        passes = data.answer_risks < shipped
        return Cutoff(
            shown=self.shown.shown(shipped),
            shipped=shipped,
            misses=rate(passes[bad].tolist(), data.weights[bad].tolist()),
            false_alarms=rate((~passes[~bad]).tolist(), data.weights[~bad].tolist()),
            held=float((self.answers >= shipped).mean()) if len(self.answers) else 0.0,
            guaranteed=conformal.guaranteed(
                data.answer_risks[bad].tolist(), data.weights[bad].tolist(), shipped, data.heaviest
            ),
        )


def _too_few(data: Labelled, wished: float) -> TooFew:
    """The need in plain numbers; the rate of unsupported claims is estimated cautiously (Laplace's rule)."""
    bad = data.unsupported == 1
    mean = float(data.weights[bad].mean()) if bad.any() else 1.0
    needed = conformal.unsupported_needed(wished, data.heaviest, mean)
    found = int(bad.sum())
    share = (found + 1) / (len(data.risks) + 2)
    return TooFew(needed, found, math.ceil(max(1, needed - found) / share))


def _honesty(told: Numbers, data: Labelled) -> Honesty:
    if not len(told):
        return Honesty(0.0, 0.0, 0.0, ())
    y, w = data.unsupported, data.weights / data.weights.sum()
    safe = np.clip(told, 1e-6, 1 - 1e-6)
    surprise = -(y * np.log(safe) + (1 - y) * np.log(1 - safe))
    gap, bins = 0.0, []
    for part in _parts(told):
        share = float(w[part].sum())
        mean = float((told[part] * w[part]).sum() / share)
        seen = rate((y[part] == 1).tolist(), data.weights[part].tolist())
        bins.append(Bin(mean, seen))
        gap += share * abs(mean - seen.share)
    return Honesty(gap, float((w * (told - y) ** 2).sum()), float((w * surprise).sum()), tuple(bins))


def _parts(told: Numbers) -> list[np.ndarray]:
    """The cases in bins of equal number, by rising risk; equal risks in a row may fall into two bins."""
    count = max(1, min(_MOST_BINS, len(told) // _BIN_SIZE))
    return [part for part in np.array_split(np.argsort(told, kind="stable"), count) if len(part)]
