"""The pictures of a run: levels by model, and the seconds of an answer by what was done."""

from __future__ import annotations

from core.pilot.types import Run
from core.report.charts import LIGHT, Drawing, Palette, Stack, Tone, stacked_bars
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
        (say("owner.checking", language), Tone.SUPPORTED),
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
