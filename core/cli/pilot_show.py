"""``touchstone pilot show``: what came of a run, in the terminal or as a file."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.common import json_option, print_json, tell, user_language
from core.errors import PilotError
from core.pilot.export import export_csv, export_html, export_pdf, export_xlsx, run_object
from core.pilot.store import load_run
from core.pilot.table import Table
from core.pilot.tables import tables
from core.types import Language
from core.words import say

_EXPORTS = {".csv": export_csv, ".xlsx": export_xlsx, ".html": export_html, ".pdf": export_pdf}
_IN_TERMINAL = frozenset({"figures", "comparisons", "stability", "speed"})


@click.command()
@click.argument("folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A .csv, .xlsx, .html or .pdf file to write.",
)
@click.option(
    "--language", type=click.Choice([language.value for language in Language]), help="Default: yours."
)
@json_option
def show(folder: Path, out: Path | None, language: str | None, as_json: bool) -> None:
    """Show the figures of RUN with their intervals, the comparison of models, and how stable answers are."""
    run = load_run(folder)
    spoken = Language(language) if language else user_language()
    if out is not None:
        write = _EXPORTS.get(out.suffix.lower())
        if write is None:
            raise PilotError("export_kind", suffix=out.suffix or out.name)
        write(run, out, spoken)
        tell("pilot_written", path=str(out))
    elif as_json:
        print_json(run_object(run))
    else:
        for table in tables(run, spoken):
            if table.name in _IN_TERMINAL and table.rows:
                _print(table, spoken)


def _print(table: Table, language: Language) -> None:
    click.echo(say(f"pilot_sheet.{table.name}", language))
    for row in table.rows:
        named = zip(table.header[1:], row[1:], strict=True)
        click.echo(f"  {row[0]}: " + "; ".join(f"{name} {cell}" for name, cell in named))
    click.echo()
