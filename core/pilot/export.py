"""A run out of the program: JSON, CSV, XLSX and a page that stands alone.

What documents and models wrote is untrusted: spreadsheets get no formulas, the page is escaped, loads
nothing and runs nothing.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import PilotError
from core.pilot.answer_tables import answer_table
from core.pilot.charts import charts
from core.pilot.codec import plain
from core.pilot.compare import comparisons
from core.pilot.figures import figures
from core.pilot.spreadsheet import write_csv, write_xlsx
from core.pilot.stability import stability
from core.pilot.table import as_rows
from core.pilot.tables import tables
from core.pilot.types import Run
from core.report.answer import environment, picture
from core.settings import RESOURCES
from core.types import Language
from core.words import say


def run_object(run: Run) -> dict[str, Any]:
    """The whole run for programs: plan, environment, rows, figures, comparisons, stability.

    What could not be computed is None: JSON knows no NaN.
    """
    stored = plain(run)
    assert isinstance(stored, dict)
    return {
        **stored,
        "figures": {
            model.name: [_numbers(asdict(figure)) for figure in figures(run, model.name)]
            for model in run.models
        },
        "comparisons": [_numbers({**asdict(each), "shown": each.shown}) for each in comparisons(run)],
        "stability": [_numbers(asdict(each)) for each in stability(run)],
    }


def _numbers(value: Any) -> Any:
    """The value with None for each number that is none, within records too."""
    if isinstance(value, dict):
        return {name: _numbers(each) for name, each in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def export_csv(run: Run, path: Path, language: Language) -> None:
    """Write the table of answers. Raises PilotError ``file_exists`` or ``file_not_written``."""
    _written(path, lambda: write_csv(path, as_rows(answer_table(run, language))))


def export_xlsx(run: Run, path: Path, language: Language) -> None:
    """Write every table as a sheet of its own. Raises as ``export_csv`` does."""
    sheets = [(say(f"pilot_sheet.{table.name}", language), as_rows(table)) for table in tables(run, language)]
    _written(path, lambda: write_xlsx(path, sheets))


def export_html(run: Run, path: Path, language: Language) -> None:
    """Write the page. Raises as ``export_csv`` does."""
    page = html_page(run, language)
    _written(path, lambda: path.write_text(page, encoding="utf-8"))


def export_pdf(run: Run, path: Path, language: Language) -> None:
    """Write the matrix and the tables as pages of A4. Raises as ``export_csv`` does."""
    from core.pilot.run_pdf import run_pdf  # noqa: PLC0415  reportlab takes a moment, and most runs write none

    content = run_pdf(run, language)
    _written(path, lambda: path.write_bytes(content))


def html_page(run: Run, language: Language) -> str:
    """The run as one page: charts, then every table, the figures first."""
    return (
        environment(RESOURCES / "pilot")
        .get_template("run.html")
        .render(
            run=run,
            language=language.value,
            tables=[table for table in tables(run, language) if table.rows],
            charts=[picture(drawing) for drawing in charts(run, language)],
            say=lambda code, **params: say(code, language, params),
        )
    )


def _written(path: Path, write: Any) -> None:
    """An existing file is never overwritten."""
    if path.exists():
        raise PilotError("file_exists", path=str(path))
    try:
        write()
    except OSError as error:
        raise PilotError("file_not_written", path=str(path)) from error
