"""``touchstone pilot owner``: one page that says whether a pilot's model is worth it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from core.cli.common import tell, user_language
from core.errors import PilotError
from core.pilot.owner import judged_by_review, owner_page
from core.pilot.owner_passport import examined_now
from core.pilot.owner_types import Judged, Source
from core.pilot.owner_words import owner_html, owner_pdf, owner_words
from core.pilot.passports import passport_rows
from core.pilot.store import load_run
from core.review.figures import figures
from core.settings import load_settings
from core.store.database import Library
from core.types import Language

_COUNT = click.IntRange(min=0)


@click.command()
@click.argument("folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="An .html or .pdf file."
)
@click.option("--model", help="The model (default: the one whose answers most often pass).")
@click.option("--as-is", type=_COUNT, help="Answers that people accepted as they were.")
@click.option("--edited", type=_COUNT, default=0, help="Answers that people accepted after an edit.")
@click.option("--rejected", type=_COUNT, default=0, help="Answers that people rejected.")
@click.option(
    "--minutes", type=click.FloatRange(min=0), default=0.0, help="Minutes that reviewing all of these took."
)
@click.option(
    "--reviewed", type=click.Path(path_type=Path, file_okay=False), help="Take these from a library's review."
)
@click.option(
    "--passport",
    "with_passport",
    is_flag=True,
    help="Examine the model's file where the run does not hold its passport.",
)
@click.option(
    "--language", type=click.Choice([language.value for language in Language]), help="Default: yours."
)
def owner(
    folder: Path,
    out: Path,
    model: str | None,
    as_is: int | None,
    edited: int,
    rejected: int,
    minutes: float,
    reviewed: Path | None,
    with_passport: bool,
    language: str | None,
) -> None:
    """Write one page on RUN: accepted, costs against work by hand, break-even, go / not yet / no.

    Prices, wages, minutes by hand and volume are settings (`touchstone settings list`).
    """
    judged = _entered(as_is, edited, rejected, minutes)
    if judged is None and reviewed is not None:
        with Library.open(reviewed, create=False) as library:
            judged = judged_by_review(figures(library))
    spoken = Language(language) if language else user_language()
    run = load_run(folder)
    page = owner_page(run, model, load_settings(), judged)
    words = owner_words(page, spoken)
    model_there = next(each for each in run.models if each.name == page.model)
    if with_passport:
        model_there = examined_now(model_there)
    words = replace(words, passport=passport_rows(model_there, spoken))
    pdf = out.suffix.lower() == ".pdf"
    _write(out, owner_pdf(words, spoken) if pdf else owner_html(words, spoken).encode("utf-8"))
    tell("owner_written", path=str(out))


def _entered(as_is: int | None, edited: int, rejected: int, minutes: float) -> Judged | None:
    """What was typed; None where nothing was."""
    count = (as_is or 0) + edited + rejected
    if as_is is None and not count:
        return None
    return Judged(Source.PEOPLE, as_is or 0, edited, rejected, minutes / max(1, count))


def _write(path: Path, content: bytes) -> None:
    """An existing file is never overwritten."""
    if path.exists():
        raise PilotError("file_exists", path=str(path))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PilotError("file_not_written", path=str(path)) from error
