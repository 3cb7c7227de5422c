"""``touchstone audit``: list, show, verify, erase."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from core import audit as log
from core.cli.common import json_option, library_option, print_json, user_language
from core.settings import load_settings
from core.store import answers, audit_log
from core.store.database import Library
from core.types import Param
from core.words import say


@click.group()
def audit() -> None:
    """The record of every answer: what was asked, checked, decided, and by whom."""


@audit.command("list")
@library_option
@click.option("--limit", default=20, show_default=True, help="How many answers, newest first.")
@json_option
def list_answers(library_folder: Path, limit: int, as_json: bool) -> None:
    """List answers, newest first."""
    with Library.open(library_folder, create=False) as library:
        for row in answers.list_answers(library, limit=limit):
            if as_json:
                print_json(asdict(row))
            else:
                question = row.question or "—"
                click.echo(
                    f"{row.id[:12]}  {row.created_at[:19]}  {row.level:6}  {row.decision:8}  {question}"
                )


@audit.command()
@click.argument("answer_id")
@library_option
def show(answer_id: str, library_folder: Path) -> None:
    """Print all records about one answer, as JSON."""
    with Library.open(library_folder, create=False) as library:
        row = answers.find_row(library, answer_id)
        for record in audit_log.records(library, row.id):
            texts = {text.role: text.text for text in audit_log.texts(library, record.seq)}
            body = json.loads(record.body)
            print_json({**asdict(record), "body": body, "texts": texts})


@audit.command()
@library_option
@click.option(
    "--head", "expected_head", metavar="HASH", help="A head hash that was kept outside the library."
)
@json_option
def verify(library_folder: Path, expected_head: str | None, as_json: bool) -> None:
    """Check that no record was edited, removed or reordered; with --head, that none was cut off."""
    with Library.open(library_folder, create=False) as library:
        outcome = log.verify(library, expected_head=expected_head)
    if as_json:
        print_json({**asdict(outcome), "holds": outcome.holds})
    else:
        _tell(outcome)
    sys.exit(0 if outcome.holds else 1)


def _tell(outcome: log.Verification) -> None:
    language = user_language()
    if outcome.holds:
        click.echo(say("audit.holds", language, {"records": outcome.records, "erased": outcome.erased}))
        click.echo(outcome.head)
        return
    click.echo(say("audit.broken", language), err=True)
    for finding in outcome.findings:
        params: dict[str, Param] = {"seq": finding.seq, "answer_id": finding.answer_id}
        click.echo(f"  - {say(f'audit.{finding.code}', language, params)}", err=True)


@audit.command()
@library_option
def head(library_folder: Path) -> None:
    """Print the hash of the last record: keep it outside the library and compare it later."""
    with Library.open(library_folder, create=False) as library:
        click.echo(log.head(library))


@audit.command()
@click.argument("answer_id")
@click.option(
    "--who", default=lambda: load_settings().reviewer, help="Your name (default: the reviewer setting)."
)
@click.option("--reason", required=True, help="Why the text must go; recorded.")
@library_option
def erase(answer_id: str, who: str, reason: str, library_folder: Path) -> None:
    """Erase an answer's texts for good; its figures and the chain stay."""
    with Library.open(library_folder, create=False) as library:
        click.echo(log.erase(library, answer_id, who=who, reason=reason))
