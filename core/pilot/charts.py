"""The pictures of a run: levels and times by model, and how the verifier's risks hold against the set."""

from __future__ import annotations

from core.pilot.reliability import ENOUGH, at_gate, bins, risk_curve, told
from core.pilot.types import Run
from core.report.charts import (
    LIGHT,
    Curve,
    Drawing,
    Palette,
    Stack,
    Tone,
    reliability_diagram,
    risk_coverage,
    stacked_bars,
)
from core.types import Language, Level
from core.words import say

_LEVELS = ((Level.LOW, Tone.SUPPORTED), (Level.MEDIUM, Tone.NOT_FOUND), (Level.HIGH, Tone.CONTRADICTED))


def level_chart(run: Run, language: Language, palette: Palette = LIGHT, width: float = 560.0) -> Drawing:
    """How many answers of each model got each level; failures stand apart."""
    legend = [(say(f"level.{level.value}", language), tone) for level, tone in _LEVELS]
    legend.append((say("pilot_chart.failed", language), Tone.UNCHECKED))
    stacks = []
    for model in run.models:
        rows = run.of(model.name)
        parts = [float(sum(row.level is level for row in rows)) for level, _ in _LEVELS]
        parts.append(float(sum(not row.done for row in rows)))
        stacks.append(Stack(model.name, tuple(parts), f"n = {len(rows)}"))
    return stacked_bars(say("pilot_chart.levels", language), legend, stacks, palette=palette, width=width)


def time_chart(run: Run, language: Language, palette: Palette = LIGHT, width: float = 560.0) -> Drawing:
    """Mean seconds of an answer by model: reading, writing, checking."""
    legend = [
        (say("owner.reading", language), Tone.ACCENT),
        (say("owner.writing", language), Tone.NOT_FOUND),
        (say("owner.checking", language), Tone.UNCHECKED),
    ]
    stacks = []
    for model in run.models:
        took = [row.timing for row in run.of(model.name) if row.done]
        count = max(1, len(took))
        parts = (
            sum(timing.reading for timing in took) / count,
            sum(timing.writing for timing in took) / count,
            sum(timing.checking for timing in took) / count,
        )
        stacks.append(Stack(model.name, parts, f"{sum(parts):.1f}"))
    title = say("owner.time_title", language)
    show = "{:.1f}".format
    return stacked_bars(title, legend, stacks, show=show, shares=False, palette=palette, width=width)


def reliability_chart(
    run: Run, language: Language, palette: Palette = LIGHT, width: float = 420.0
) -> Drawing | None:
    """Told risk against the share that was wrong by the set, over the answers of all models. None where the
    set tells too few right or wrong.
    """
    judged = [each for model in run.models for each in told(run, model.name)]
    if len(judged) < ENOUGH:
        return None
    return reliability_diagram(
        say("pilot_chart.reliability", language),
        bins(judged),
        x_label=say("pilot_chart.told", language),
        y_label=say("pilot_chart.wrong", language),
        ideal=say("pilot_chart.ideal", language),
        note=say("pilot_chart.interval", language),
        palette=palette,
        width=width,
    )


def coverage_chart(
    run: Run, language: Language, palette: Palette = LIGHT, width: float = 420.0
) -> Drawing | None:
    """How many of the answers let through are wrong by the set, by the share let through; a curve a model,
    the gate marked. None where the set tells too few right or wrong of each.
    """
    judged = {model.name: told(run, model.name) for model in run.models}
    judged = {name: found for name, found in judged.items() if len(found) >= ENOUGH}
    if not judged:
        return None
    gates = [at_gate(found) for found in judged.values()]
    gate = say("pilot_chart.gate", language)
    return risk_coverage(
        say("pilot_chart.coverage", language),
        [Curve(name, risk_curve(found)) for name, found in judged.items()],
        x_label=say("pilot_chart.let_through", language),
        y_label=say("pilot_chart.wrong_among", language),
        marked=[(point, gate) for point in gates if point is not None],
        palette=palette,
        width=width,
    )


def charts(
    run: Run, language: Language, palette: Palette = LIGHT, width: float = 420.0
) -> tuple[Drawing, ...]:
    """Every picture that this run allows, all of one width."""
    drawn = (level_chart, time_chart, reliability_chart, coverage_chart)
    found = (draw(run, language, palette, width) for draw in drawn)
    return tuple(drawing for drawing in found if drawing is not None)
