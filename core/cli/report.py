"""``touchstone report``: answers as pages and evidence packs that can be handed over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from core import exports
from core.cli.common import Command, json_option, library_option, print_json, tell, user_language
from core.exports import ReportFormat
from core.report.passport import answer_rows
from core.settings import load_settings
from core.store import answers
from core.store.database import Library

DAY = click.DateTime(["%Y-%m-%d"])


class ReportGroup(click.Group):
    """``report ANSWER_ID`` stands for ``report answer ANSWER_ID``: ids are never the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front where none is named."""
        asks_help = bool(args) and args[0] in ctx.help_option_names
        if args and args[0] not in self.commands and not asks_help:
            args = ["answer", *args]
        return super().parse_args(ctx, args)


@click.group(cls=ReportGroup)
def report() -> None:
    """Hand over an answer or a period: pages to read, packs that others can check again.

    `touchstone report ANSWER_ID` writes one answer.
    """


def format_option(command: Command) -> Command:
    """``--format html|pdf``; by the file's name when not given."""
    kinds = click.Choice([kind.value for kind in ReportFormat], case_sensitive=False)
    said = "Default: what the file's name says, else html."
    return click.option("--format", "kind", type=kinds, callback=_kind, help=said)(command)


def _kind(
    context: click.Context,  # noqa: ARG001 - click calls with three
    parameter: click.Parameter,  # noqa: ARG001
    value: str | None,
) -> ReportFormat | None:
    return None if value is None else ReportFormat(value)


@report.command("answer")
@click.argument("answer_id")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@format_option
@click.option(
    "--passport/--no-passport",
    "with_passport",
    default=True,
    show_default=True,
    help="Say what the model's file is made of; it is read whole the first time.",
)
@library_option
def answer(
    answer_id: str, out: Path | None, kind: ReportFormat | None, with_passport: bool, library_folder: Path
) -> None:
    """Write an answer that may be used, with claims and evidence, as HTML or PDF."""
    with Library.open(library_folder, create=False) as library:
        row = answers.find_row(library, answer_id)
        path = out or Path(f"touchstone-{row.id[:12]}.{kind or ReportFormat.HTML}")
        producer, language = load_settings().content_producer, user_language()
        rows = answer_rows(answers.load_answer(library, row.id), language) if with_passport else ()
        exports.export_report(library, row.id, path, language, kind, producer=producer, passport=rows)
    click.echo(str(path))


@report.command()
@click.argument("answer_id")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The zip to write.")
@library_option
@json_option
def pack(answer_id: str, out: Path | None, library_folder: Path, as_json: bool) -> None:
    """Write an evidence pack: all that a third party needs to check an answer again, signed."""
    with Library.open(library_folder, create=False) as library:
        row = answers.find_row(library, answer_id)
        path = out or Path(f"touchstone-{row.id[:12]}.zip")
        producer = load_settings().content_producer
        written = exports.export_pack(library, row.id, path, user_language(), producer=producer)
    facts = {
        "path": str(path),
        "signature": str(exports.signature_path(path)),
        "fingerprint": written.fingerprint,
    }
    if as_json:
        print_json({**facts, "bytes": len(written.content)})
    else:
        tell("pack_written", **facts)


@report.command()
@click.option("--from", "first", type=DAY, required=True, help="The first day (UTC), as 2026-01-31.")
@click.option("--to", "last", type=DAY, help="The last day (UTC), included; default: today.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@format_option
@library_option
def period(
    first: datetime, last: datetime | None, out: Path | None, kind: ReportFormat | None, library_folder: Path
) -> None:
    """Write what happened in a period: volumes, decisions, review time, questions left open."""
    end = (last or datetime.now(UTC)).date()
    path = out or Path(f"touchstone-{first:%Y%m%d}-{end:%Y%m%d}.{kind or ReportFormat.HTML}")
    with Library.open(library_folder, create=False) as library:
        exports.export_period(library, first.date(), end, path, user_language(), kind)
    click.echo(str(path))


@report.command()
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default="verify.py", show_default=True
)
def verifier(out: Path) -> None:
    """Write the stand-alone verifier of evidence packs: one Python file for those who receive them."""
    exports.write_verifier(out)
    click.echo(str(out))
