"""The outcome as charts: told against seen risk before and after, and what each threshold does."""

from __future__ import annotations

from statistics import fmean

from core.calibrate.outcome import Honesty, Outcome
from core.report.charts import Axis, Bin, Curve, line, percent_words, reliability_diagram
from core.report.drawing import Drawing
from core.report.hatch import LIGHT, Palette, Tone
from core.types import Language
from core.words import say


def charts(outcome: Outcome, language: Language, palette: Palette = LIGHT) -> dict[str, Drawing]:
    """All charts by the stem of a file's name."""
    return {
        "before": reliability(outcome.before, "chart.calibration.before", language, palette),
        "after": reliability(outcome.after, "chart.calibration.after", language, palette),
        "thresholds": thresholds(outcome, language, palette),
    }


def reliability(
    honesty: Honesty, title: str, language: Language, palette: Palette = LIGHT, width: float = 420.0
) -> Drawing:
    """Told against seen risk; ``title`` is a code of the words. All points stand for about as many claims."""
    bins = [
        Bin(each.told, seen.share, seen.count, seen.low, seen.high)
        for each in honesty.bins
        for seen in (each.unsupported,)
    ]
    count = round(fmean(each.count for each in bins)) if bins else 0
    return reliability_diagram(
        say(title, language),
        bins,
        x_label=say("chart.calibration.told", language),
        y_label=say("chart.calibration.seen", language),
        ideal=say("chart.calibration.ideal", language),
        note=say("chart.calibration.points", language, {"count": count}),
        counts=False,
        palette=palette,
        width=width,
    )


def thresholds(
    outcome: Outcome, language: Language, palette: Palette = LIGHT, width: float = 640.0
) -> Drawing:
    """Misses rise and false alarms fall with the threshold; the present and the chosen one are named."""
    misses = tuple((cutoff.shown, cutoff.misses.share) for cutoff in outcome.cutoffs)
    alarms = tuple((cutoff.shown, cutoff.false_alarms.share) for cutoff in outcome.cutoffs)
    named = [(outcome.now, "cli.calibrate.row_now")]
    chosen = outcome.by_hand or outcome.chosen
    named += [(chosen, "cli.calibrate.row_chosen")] if chosen else []
    return line(
        say("chart.calibration.tradeoff", language),
        [
            Curve(say("chart.calibration.misses", language), misses, Tone.CONTRADICTED),
            Curve(say("chart.calibration.false_alarms", language), alarms, Tone.ACCENT),
        ],
        Axis(say("chart.calibration.held_from", language), show=percent_words),
        Axis(say("chart.calibration.share", language), show=percent_words),
        marked=[((cutoff.shown, cutoff.misses.share), say(code, language)) for cutoff, code in named],
        palette=palette,
        width=width,
    )
