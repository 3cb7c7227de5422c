"""``touchstone audit``: list, show, verify, anchor, export; what must go and what must stay."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from core import audit as log
from core import gate
from core.cli.common import json_option, library_option, print_json, user_language
from core.cli.show import plain
from core.errors import LibraryError
from core.settings import load_settings
from core.store import answers, audit_log
from core.store.audit_log import StoredRecord
from core.store.database import Library
from core.types import Param
from core.words import say

MANY_SINCE_ANCHOR = 500  # records: some days of work


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
                question = plain(row.question or "—")
                click.echo(
                    f"{row.id[:12]}  {row.created_at[:19]}  {row.level:6}  {row.decision:8}  {question}"
                )


@audit.command()
@click.argument("answer_id")
@library_option
def show(answer_id: str, library_folder: Path) -> None:
    """Print all records about one answer, as JSON. The words of an answer that may not be shown are null.

    ``superseded_by`` names texts that no longer stand and the record that stands in their place.
    """
    with Library.open(library_folder, create=False) as library:
        row = answers.find_row(library, answer_id)
        shown, known = may_show(library)(row.id), log.superseded(library, row.id)
        for record in audit_log.records(library, row.id):
            texts = {text.role: text.text if shown else None for text in audit_log.texts(library, record.seq)}
            later = log.by_role(known, record.seq, tuple(texts))
            print_json({**_plain(record), "texts": texts, "superseded_by": later})


@audit.command()
@library_option
@click.option(
    "--head", "expected_head", metavar="HASH", help="A head hash that was kept outside the library."
)
@click.option("--key", metavar="FINGERPRINT", help="The library's key, as it was noted outside the library.")
@click.option(
    "--every-signature", is_flag=True, help="Check each signature, not only those that vouch for all."
)
@json_option
def verify(
    library_folder: Path, expected_head: str | None, key: str | None, every_signature: bool, as_json: bool
) -> None:
    """Check that no record was edited, removed or reordered; with --head, that none was cut off.

    With --key, that every signature is this key's.
    """
    with Library.open(library_folder, create=False) as library:
        outcome = log.verify(library, expected_head=expected_head, key=key, every_signature=every_signature)
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
    else:
        click.echo(say("audit.broken", language), err=True)
        _list(outcome.findings)
    for use in outcome.keys:
        params: dict[str, Param] = {"key": use.fingerprint, "records": use.records}
        click.echo(say("audit.key", language, {**params, "first": use.first, "last": use.last}), err=True)
    _tell_anchor(outcome)
    if outcome.notices:
        click.echo(say("audit.notices", language), err=True)
        _list(outcome.notices)


def _tell_anchor(outcome: log.Verification) -> None:
    """How much of the log's end nobody has noted outside, so that it could be cut off unseen."""
    since = outcome.records - (outcome.anchored or 0)
    if since > MANY_SINCE_ANCHOR or outcome.anchored is None:
        code = "anchor_none" if outcome.anchored is None else "anchor_old"
        click.echo(say(f"audit.{code}", user_language(), {"since": since}), err=True)


def _list(findings: tuple[log.Finding, ...]) -> None:
    for finding in findings:
        params: dict[str, Param] = {"seq": finding.seq, "answer_id": plain(finding.answer_id)}
        click.echo(f"  - {say(f'audit.{finding.code}', user_language(), params)}", err=True)


@audit.command()
@library_option
def head(library_folder: Path) -> None:
    """Print the hash of the last record: keep it outside the library and compare it later."""
    with Library.open(library_folder, create=False) as library:
        click.echo(log.head(library))


@audit.command()
@library_option
@json_option
def anchor(library_folder: Path, as_json: bool) -> None:
    """Write an anchor and print what to keep outside the library, on paper or with somebody else."""
    with Library.open(library_folder, create=False) as library:
        made = log.anchor(library)
    if as_json:
        print_json(asdict(made))
    else:
        click.echo(say("audit.anchor", user_language(), asdict(made)))


@audit.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["jsonl", "csv"]),
    help="Default: as the file's name ends, else jsonl.",
)
@library_option
def export(out: Path, kind: str | None, library_folder: Path) -> None:
    """Write the log to OUT: JSON lines with the texts, or a table without them. The log says so."""
    chosen = kind or ("csv" if out.suffix.lower() == ".csv" else "jsonl")
    with Library.open(library_folder, create=False) as library:
        count = log.export_log(library, out, chosen, may_show(library))
    click.echo(say("audit.exported", user_language(), {"records": count, "path": str(out)}))


def may_show(library: Library) -> Callable[[str], bool]:
    """Whether the words of an answer may be shown here and now; what was erased has none left to hide."""
    settings = load_settings()

    def decide(answer_id: str) -> bool:
        try:
            answer = answers.load_answer(library, answer_id)
        except LibraryError as error:
            return error.code == "answer_erased"
        return gate.may_show(answer, show_held=settings.show_held_text)

    return decide


def _plain(record: StoredRecord) -> dict[str, object]:
    signature, key = record.signature, record.key
    return {
        **asdict(record),
        "body": json.loads(record.body),
        "signature": signature.hex() if signature else None,
        "key": key.hex() if key else None,
    }
