"""What calibration on a customer's own documents does to the shipped risks and thresholds.

    python -m bench.calibration --data DIR [--cache FILE] [--rows N] [--fitted N] [--sets NAME ...]

Each labelled set of ``--data`` plays a customer. The shipped verifier judges its answers; of the claims that
it could check, 60 are drawn at random and labelled as the set labels them. ``core.calibrate`` fits curve and
threshold to these as the product does; all other claims of the set tell what came of it. That is repeated
for many draws. ``--cache`` keeps what the verifier said, by set, row and verifier: a second run takes
seconds, and after the checker has changed all rows are judged anew. Writes ``bench/results/calibration.md``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.customers import Cases, Judged, cases, gather, score
from bench.metrics import auroc, calibration_error
from bench.verifier import machine
from core.calibrate.outcome import FOLDS, Labelled, Outcome, outcome_of
from core.encoders.checker import Checker
from core.verify.fusion import Mode, load_fusion
from core.verify.policy import SHIPPED, Calibration

RESULTS = Path(__file__).parent / "results" / "calibration.md"
SETS = (
    *("written_claims", "written_answers", "contractnli_nli", "infotabs_nli", "tabfact_nli", "summedits"),
    *("onestopqa", "wice_claim", "uhgeval", "pawsx_zh_nli"),
)
LEAST_OF_A_CLASS = 20  # a set with fewer says nothing of misses or false alarms
COLUMNS = (
    *("customer", "cases", "bad", "AUROC", "ECE", "log loss", "curve taken", "misses", "false alarms"),
    *("promised", "misses where promised", "draws within the promise"),
)


@dataclass(frozen=True, slots=True)
class Draw:
    """What one draw of labels came to, told on the cases that were not drawn. ``promised``: a threshold with
    the wished guarantee was found; ``misses`` and ``alarms`` are before and after, as are the others.
    """

    promised: bool
    helps: bool
    ece: tuple[float, float]
    surprise: tuple[float, float]
    misses: tuple[float, float]
    alarms: tuple[float, float]


def draw(whole: Cases, labels: int, wished: float, medium_from: float, seed: int) -> Draw:
    """Label so many cases, fit, and look at the others."""
    order = np.random.default_rng(seed).permutation(len(whole.bad))
    drawn, rest = order[:labels], order[labels:]
    outcome = outcome_of(
        Labelled(
            risks=whole.risks[drawn],
            answer_risks=whole.answer_risks[drawn],
            unsupported=whole.bad[drawn],
            weights=np.ones(labels),
            groups=np.unique(whole.answers[drawn], return_inverse=True)[1] % FOLDS,
            unclear=0,
            heaviest=1.0,
        ),
        np.unique(whole.answer_risks),
        wished=wished,
        shipped_from=medium_from,
        present=SHIPPED,
    )
    policy = adopted(outcome)
    bad, risks = whole.bad[rest], whole.risks[rest]
    after = np.array([policy.shown(risk) for risk in risks])
    thresholds = (medium_from, medium_from if policy.hold_from is None else policy.hold_from)
    passes = [whole.answer_risks[rest] < threshold for threshold in thresholds]
    return Draw(
        outcome.chosen is not None,
        outcome.helps,
        (calibration_error(risks, bad), calibration_error(after, bad)),
        (_surprise(risks, bad), _surprise(after, bad)),
        (float(passes[0][bad == 1].mean()), float(passes[1][bad == 1].mean())),
        (float((~passes[0])[bad == 0].mean()), float((~passes[1])[bad == 0].mean())),
    )


def adopted(outcome: Outcome) -> Calibration:
    """The policy that ``core.calibrate.policies`` would store of an outcome."""
    hold = None if outcome.chosen is None else round(outcome.chosen.shipped, 6)
    return Calibration(shift=outcome.line.shift, slope=outcome.line.slope, hold_from=hold)


def _surprise(risks: np.ndarray, bad: np.ndarray) -> float:
    safe = np.clip(risks, 1e-6, 1 - 1e-6)
    return float(-(bad * np.log(safe) + (1 - bad) * np.log(1 - safe)).mean())


def line(customer: str, whole: Cases, draws: Sequence[Draw], wished: float) -> str:
    """One row of the table; the last columns are over the draws in which a threshold could be promised."""
    promised = [one for one in draws if one.promised]
    missed = np.array([one.misses[1] for one in promised])
    kept = f"{missed.mean():.3f} ± {2 * missed.std() / np.sqrt(len(missed)):.3f}" if promised else "–"
    cells = (
        str(len(whole.bad)),
        f"{whole.bad.mean():.2f}",
        f"{auroc(whole.risks, whole.bad):.2f}",
        _pair([one.ece for one in draws]),
        _pair([one.surprise for one in draws]),
        f"{sum(one.helps for one in draws)}/{len(draws)}",
        _pair([one.misses for one in promised or draws]),
        _pair([one.alarms for one in promised or draws]),
        f"{len(promised)}/{len(draws)}",
        kept,
        f"{(missed <= wished).mean():.0%}" if promised else "–",
    )
    return f"| {customer}, {whole.unit} | " + " | ".join(cells) + " |"


def _pair(values: Sequence[tuple[float, float]]) -> str:
    before, after = np.array(values).mean(axis=0)
    return f"{before:.3f} → {after:.3f}"


def report(found: Sequence[Judged], arguments: argparse.Namespace) -> list[str]:
    """The page of results."""
    fusion = load_fusion(Mode.FULL if Checker.shipped() else Mode.LEXICAL)
    table, few = [], []
    for customer in dict.fromkeys(one.customer for one in found):
        whole = cases([one for one in found if one.customer == customer])
        rare = int(min(whole.bad.sum(), (1 - whole.bad).sum()))
        if len(whole.bad) < arguments.labels + arguments.least or rare < LEAST_OF_A_CLASS:
            few.append(f"{customer} ({len(whole.bad)}, the rarer class {rare})")
            continue
        seeds = range(arguments.draws)
        draws = [draw(whole, arguments.labels, arguments.wished, fusion.medium_from, seed) for seed in seeds]
        table.append(line(customer, whole, draws, arguments.wished))
    return [
        "# Calibration on a customer's own documents",
        "",
        f"{machine()}.",
        "",
        f"Each set plays a customer: at most {arguments.rows} answers of the dev split, without the rows",
        f"that `fit_fusion --rows {arguments.fitted}` was fitted on. {arguments.labels} cases are drawn at",
        "random and labelled, curve and threshold fitted as the product does, with the wished miss rate",
        f"{arguments.wished:.0%}; all figures are of the other cases, means over {arguments.draws} draws.",
        f"*Before → after*: shipped risks and threshold ({fusion.medium_from:.3f}), then the customer's own.",
        "*Curve taken*: draws in which the fitted curve beat the shipped risks in cross-fitting (else it is",
        "not offered). *Misses*: share of bad cases whose answer passes; *false alarms*: share of good ones",
        "whose answer is held. *Promised*: draws whose labels sufficed for the wished bound. The promise",
        "bounds the expected miss rate: the mean (± two standard errors of the draws) should not lie above",
        "the wish; single draws may.",
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "|--" * len(COLUMNS) + "|",
        *table,
        "",
        *([f"Left out for too few cases: {', '.join(few)}.", ""] if few else []),
    ]


def main() -> None:
    """Judge, draw, print and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="keep what the verifier said there (JSON lines)")
    parser.add_argument("--rows", type=int, default=240, help="answers a customer")
    parser.add_argument("--fitted", type=int, default=0, help="leave out what `fit_fusion --rows N` took")
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--labels", type=int, default=60)
    parser.add_argument("--least", type=int, default=60, help="cases that must remain beside the labelled")
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--wished", type=float, default=0.1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    tasks = list(gather(arguments.data, arguments.sets, arguments.rows, arguments.fitted))
    lines = report(score(tasks, arguments.cache, arguments.workers), arguments)
    print("\n".join(lines))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
