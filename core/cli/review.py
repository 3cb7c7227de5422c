"""``touchstone review``: the held answers, and decisions about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from core import review as decisions
from core.cli.common import Command, json_option, library_option, print_json
from core.settings import load_settings
from core.store import answers
from core.store.database import Library
from core.types import Decision


@click.group()
def review() -> None:
    """Held answers: list, release, reject."""


@review.command("list")
@library_option
@json_option
def list_held(library_folder: Path, as_json: bool) -> None:
    """List the answers that wait for a decision, the riskiest first."""
    with Library.open(library_folder, create=False) as library:
        held = answers.list_answers(library, decision=Decision.HELD)
    for row in sorted(held, key=lambda row: -row.risk):
        if as_json:
            print_json(asdict(row))
        else:
            click.echo(f"{row.id[:12]}  {row.risk:4.0%}  {row.level:6}  {row.question or '—'}")


def _decision_options(command: Command) -> Command:
    options: tuple[Callable[[Command], Command], ...] = (
        click.argument("answer_id"),
        click.option("--who", default=lambda: load_settings().reviewer, help="Your name."),
        click.option("--reason", required=True, help="Why; recorded."),
        library_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@review.command()
@_decision_options
@click.option(
    "--caveat", "caveats", multiple=True, help="A caveat that goes with the answer; may be repeated."
)
@click.option("--text-file", type=click.File(encoding="utf-8"), help="The edited answer to release instead.")
def release(
    answer_id: str,
    who: str,
    reason: str,
    library_folder: Path,
    caveats: tuple[str, ...],
    text_file: IO[str] | None,
) -> None:
    """Release a held answer under your name."""
    text = text_file.read() if text_file else None
    with Library.open(library_folder, create=False) as library:
        answer = decisions.release(
            library, answer_id, who=who, reason=reason, final_text=text, caveats=caveats
        )
    click.echo(answer.final_text)


@review.command()
@_decision_options
def reject(answer_id: str, who: str, reason: str, library_folder: Path) -> None:
    """Reject a held answer under your name."""
    with Library.open(library_folder, create=False) as library:
        click.echo(decisions.reject(library, answer_id, who=who, reason=reason).id)
