"""``touchstone report``: an answer as a page that can be handed over."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.common import library_option, user_language
from core.review import export_answer
from core.store import answers
from core.store.database import Library


@click.command()
@click.argument("answer_id")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The HTML file to write.")
@library_option
def report(answer_id: str, out: Path | None, library_folder: Path) -> None:
    """Write an answer that may be used, with claims and evidence, as one HTML page."""
    with Library.open(library_folder, create=False) as library:
        answer = answers.load_answer(library, answer_id)
        path = out or Path(f"touchstone-{answer.id[:12]}.html")
        export_answer(library, answer, path, user_language())
    click.echo(str(path))
