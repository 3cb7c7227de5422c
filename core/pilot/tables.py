"""A run as tables in the reader's language: what the terminal, spreadsheets and pages show alike."""

from __future__ import annotations

import math

from core.pilot.answer_tables import answer_table, claim_table, matrix_table
from core.pilot.compare import Comparison, comparisons
from core.pilot.figures import Figure, Unit, figures
from core.pilot.passports import passport_rows
from core.pilot.spreadsheet import Cell
from core.pilot.stability import stability
from core.pilot.statistics import Interval
from core.pilot.table import Table, heads
from core.pilot.types import Run, RunModel, Speeds
from core.types import Language, Param
from core.words import say


def tables(run: Run, language: Language) -> tuple[Table, ...]:
    """Every table of a run, the figures first."""
    return (
        figure_table(run, language),
        comparison_table(run, language),
        stability_table(run, language),
        speed_table(run, language),
        matrix_table(run, language),
        answer_table(run, language),
        claim_table(run, language),
        passport_table(run, language),
        repeat_table(run, language),
    )


def figure_table(run: Run, language: Language) -> Table:
    """One row a figure, for each model its value with bounds and count; the definition last."""
    header = [say("pilot_head.figure", language)]
    for model in run.models:
        header += [model.name, say("pilot_head.counted", language)]
    columns = [figures(run, model.name) for model in run.models]
    codes = dict.fromkeys(figure.code for column in columns for figure in column)
    rows = []
    for code in codes:
        cells: list[Cell] = [say(f"figure.{code}", language)]
        for column in columns:
            found = next((figure for figure in column if figure.code == code), None)
            cells += [figure_text(found, language), found.counted] if found else ["–", 0]
        notes = dict.fromkeys(f.note for column in columns for f in column if f.code == code and f.note)
        means = say(f"figure.{code}.means", language)
        said = [means, *(say(f"figure_note.{note}", language) for note in notes)]
        rows.append((*cells, " ".join(said)))
    return Table("figures", (*header, say("pilot_head.means", language)), tuple(rows))


def figure_text(figure: Figure, language: Language) -> str:
    """A figure with its bounds, such as ``41.7 % (29.3 % – 55.1 %)``."""
    if figure.interval is None or math.isnan(figure.interval.value):
        return say("pilot_cell.none", language)
    return interval_text(figure.interval, figure.unit)


def interval_text(interval: Interval, unit: Unit) -> str:
    """A value and its bounds in the unit's form."""
    value, low, high = (_number(each, unit) for each in (interval.value, interval.low, interval.high))
    return f"{value} ({low} – {high})"


def _number(value: float, unit: Unit) -> str:
    match unit:
        case Unit.SHARE:
            return f"{100 * value:.1f} %"
        case Unit.SECONDS:
            return f"{value:.2f} s"
        case Unit.TOKENS:
            return f"{value:.1f}"
        case Unit.SPEED:
            return f"{value:.1f}/s"


def comparison_table(run: Run, language: Language) -> Table:
    """One row a measure and pair of models; empty for a single model."""
    header = heads(
        language, "figure", "first", "second", "difference", "pairs", "test", "p", "adjusted", "shown"
    )
    return Table("comparisons", header, tuple(_compared(each, language) for each in comparisons(run)))


def _compared(each: Comparison, language: Language) -> tuple[Cell, ...]:
    return (
        say(f"figure.{each.code}", language),
        each.first,
        each.second,
        interval_text(each.difference, each.unit),
        each.pairs,
        say(f"pilot_test.{each.test}", language),
        round(each.p, 4),
        round(each.adjusted, 4),
        say("pilot_cell.difference" if each.shown else "pilot_cell.no_difference", language),
    )


def stability_table(run: Run, language: Language) -> Table:
    """One row a model and kind of variant."""
    header = heads(
        language, "model", "variant", "should", "asked", "compared", "answer_kept", "level_kept", "left_out"
    )
    rows = []
    for each in stability(run):
        left = "; ".join(_why(why, count, language) for why, count in sorted(each.left_out.items()))
        none = say("pilot_cell.none", language)
        rows.append(
            (
                each.model,
                say(f"variant.{each.variant.value}", language),
                say(f"variant.{each.variant.value}.should", language),
                each.asked,
                each.compared,
                interval_text(each.answer, Unit.SHARE) if each.answer else none,
                interval_text(each.verdict, Unit.SHARE) if each.verdict else none,
                left,
            )
        )
    return Table("stability", header, tuple(rows))


def _why(code: str, count: int, language: Language) -> str:
    why = say(f"stability_why.{code}", language)
    return say("report.said", language, {"name": why, "value": count})


def speed_table(run: Run, language: Language) -> Table:
    """Tokens a second of one fixed text, ours beside llama.cpp alone; one row a model that was measured."""
    header = heads(
        language, "model", "ours_reading", "bare_reading", "ours_writing", "bare_writing", "measured"
    )
    return Table("speed", header, tuple(_speeds(model, language) for model in run.models if model.speeds))


def _speeds(model: RunModel, language: Language) -> tuple[Cell, ...]:
    found = model.speeds or Speeds()
    ours, bare, none = found.ours, found.bare, say("pilot_cell.none", language)
    if ours is None or bare is None:
        why = found.reason
        said = say(f"reason.{why.code}", language, why.params) if why else ""
        return (model.name, none, none, none, none, said)
    return (
        model.name,
        _rate(ours.read, ours.reading),
        _rate(bare.read, bare.reading),
        _rate(ours.written, ours.writing),
        _rate(bare.written, bare.writing),
        say("pilot_cell.measured", language, {"read": bare.read, "written": bare.written}),
    )


def _rate(tokens: int, seconds: float) -> str:
    return f"{tokens / seconds:.1f}/s" if seconds > 0 else "–"


def passport_table(run: Run, language: Language) -> Table:
    """What each model's file is made of, as it was when the run began with it."""
    rows = [(model.name, *row) for model in run.models for row in passport_rows(model, language)]
    return Table("passports", heads(language, "model", "name", "value"), tuple(rows))


def repeat_table(run: Run, language: Language) -> Table:
    """Everything that is needed to repeat the run."""
    plan, here = run.plan, run.environment
    facts: list[tuple[str, Param | None]] = [
        ("run", run.id),
        ("created", run.created_at),
        ("set", plan.set_name),
        ("set_sha256", plan.set_sha256),
        ("library", plan.library),
        ("documents", plan.documents),
        *((f"model {model.name}", _model_text(run, at)) for at, model in enumerate(run.models)),
        *((f"setting {name}", str(value)) for name, value in sorted(plan.settings.items())),
        ("touchstone", here.touchstone),
        ("prompt_version", here.prompt_version),
        ("python", here.python),
        ("platform", here.platform),
        ("cpu", here.cpu),
        ("llama_cpp", here.llama_cpp),
        ("onnxruntime", here.onnxruntime),
        ("embedder", here.embedder),
        ("checker", here.checker or "–"),
        ("calibration_sha256", here.calibration_sha256),
    ]
    return Table("repeat", heads(language, "name", "value"), tuple(facts))


def _model_text(run: Run, at: int) -> str:
    model = run.models[at]
    parts = [model.server or f"sha256 {model.sha256}", model.quantization or "?", model.license or "?"]
    if model.facts:
        facts = model.facts
        parts += [
            f"{facts.backend}, threads {facts.threads}, GPU layers {facts.gpu_layers}",
            facts.cpu_features,
        ]
        parts.append(f"context {facts.context_tokens}")
    return "; ".join(parts)
