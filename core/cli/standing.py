"""``touchstone library standing``: which document goes first where two disagree, and how long one holds."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from core.cli.common import json_option, library_option, print_json, tell
from core.index.ingest import name_of
from core.store import standings
from core.store.database import Library
from core.types import Standing


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--authority", type=int, help="Where two documents disagree, the higher number goes first.")
@click.option("--from", "first", metavar="DAY", help="The first day on which it holds, as 2025-01-31.")
@click.option("--until", "last", metavar="DAY", help="The last day on which it holds.")
@click.option("--clear", is_flag=True, help="Take away what was set before.")
@library_option
@json_option
def standing(
    path: Path | None,
    authority: int | None,
    first: str | None,
    last: str | None,
    clear: bool,
    library_folder: Path,
    as_json: bool,
) -> None:
    """Show or set which documents go first and when they hold. Without a PATH: all that were set."""
    with Library.open(library_folder, create=False) as library:
        if path is None:
            _show(standings.standings(library), as_json=as_json)
            return
        name = name_of(Path(os.path.abspath(path)))
        before = Standing() if clear else standings.standing_of(library, name)
        after = Standing(
            before.authority if authority is None else authority,
            before.valid_from if first is None else first,
            before.valid_until if last is None else last,
        )
        if clear or (authority, first, last) != (None, None, None):
            standings.set_standing(library, name, after)
        _show({name: standings.standing_of(library, name)}, as_json=as_json)


def _show(listed: dict[str, Standing], *, as_json: bool) -> None:
    for path, held in listed.items():
        if as_json:
            print_json({"document": path, **asdict(held)})
        else:
            first, last = held.valid_from or "—", held.valid_until or "—"
            tell("standing_set", path=path, authority=held.authority, first=first, last=last)
    if not listed and not as_json:
        tell("standing_none")
