"""``touchstone audit erase|retain|hold|unhold|holds``: what must go, and what must stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from core import audit as log
from core.cli.audit import audit
from core.cli.common import Command, json_option, library_option, print_json, user_language
from core.cli.show import plain
from core.settings import load_settings
from core.store import audit_log
from core.store.database import Library
from core.words import say

__all__ = ["audit"]


def _who_and_why(command: Command) -> Command:
    options: tuple[Callable[[Command], Command], ...] = (
        click.option(
            "--who",
            default=lambda: load_settings().reviewer,
            help="Your name (default: the reviewer setting).",
        ),
        click.option("--reason", required=True, help="Why; recorded."),
        library_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@audit.command()
@click.argument("answer_id")
@_who_and_why
def erase(answer_id: str, who: str, reason: str, library_folder: Path) -> None:
    """Erase an answer's texts for good; its figures and the chain stay."""
    with Library.open(library_folder, create=False) as library:
        click.echo(log.erase(library, answer_id, who=who, reason=reason))


@audit.command()
@click.option("--days", type=click.IntRange(min=1), required=True, help="Keep the texts of so many days.")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@_who_and_why
@json_option
def retain(days: int, dry_run: bool, who: str, reason: str, library_folder: Path, as_json: bool) -> None:
    """Erase the texts of all older answers, and leave one signed record that lists them."""
    with Library.open(library_folder, create=False) as library:
        done = log.retain(library, days=days, who=who, reason=reason, dry_run=dry_run)
    if as_json:
        print_json({**asdict(done), "dry_run": dry_run})
        return
    code = "audit.retain_would" if dry_run else "audit.retained"
    click.echo(say(code, user_language(), {"erased": len(done.erased), "days": days, "held": done.held}))


@audit.command()
@click.argument("answer_id", required=False)
@_who_and_why
def hold(answer_id: str | None, who: str, reason: str, library_folder: Path) -> None:
    """Keep an answer, or everything, from being erased until the hold is lifted."""
    with Library.open(library_folder, create=False) as library:
        log.hold(library, answer_id, who=who, reason=reason)
    click.echo(say("audit.hold_placed", user_language()))


@audit.command()
@click.argument("answer_id", required=False)
@_who_and_why
def unhold(answer_id: str | None, who: str, reason: str, library_folder: Path) -> None:
    """Lift the hold on an answer, or that on everything."""
    with Library.open(library_folder, create=False) as library:
        log.unhold(library, answer_id, who=who, reason=reason)
    click.echo(say("audit.hold_lifted", user_language()))


@audit.command()
@library_option
@json_option
def holds(library_folder: Path, as_json: bool) -> None:
    """List the legal holds in force."""
    with Library.open(library_folder, create=False) as library:
        for each in audit_log.holds(library):
            if as_json:
                print_json(asdict(each))
            else:
                what = each.answer_id or say("audit.hold_all", user_language())
                click.echo(f"{what}  {each.since[:19]}  {plain(each.who)}  {plain(each.reason)}")
