"""``touchstone model passport``: what a model file is made of, against what it says about itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from core.cli.common import json_option, print_json, show_progress, tell, user_language
from core.errors import ModelError
from core.llm import catalog
from core.llm.passport import Passport, examining
from core.report.passport import passport_page, passport_words
from core.words import say


@click.command()
@click.argument("file")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a page of HTML instead.")
@json_option
def passport(file: str, out: Path | None, as_json: bool) -> None:
    """Examine FILE (a GGUF file or an installed model's name): marks of origin, repeated layers."""
    found = _examined(Path(file) if Path(file).is_file() else catalog.find(file).path)
    if as_json:
        print_json(_plain(asdict(found)))
        return
    language = user_language()
    if out is not None:
        _write(out, passport_page(found, language))
        return
    words = passport_words(found, language)
    click.echo(words.title)
    for title, lines in words.findings:
        click.echo(f"\n{title}")
        for line in lines:
            click.echo(f"  {'!' if line.notable else '·'} {line.text}")
    if any(finding.notable for finding in found.findings):
        click.echo(f"\n  ! {say('passport.notable', language)}")
    for title, rows in words.tables:
        click.echo(f"\n{title}")
        for label, value in rows:
            click.echo(f"  {label}: {value}")
    click.echo(f"\n{words.limits}")


def _write(path: Path, page: str) -> None:
    """Write a new file. Raises ModelError ``passport_exists`` or ``passport_not_written``."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(page)
    except FileExistsError as error:
        raise ModelError("passport_exists", path=str(path)) from error
    except OSError as error:
        raise ModelError("passport_not_written", path=str(path), problem=error.strerror or "?") from error
    tell("passport_written", path=str(path))


def _examined(path: Path) -> Passport:
    """Examine a file; on a terminal, stderr shows how far it has been read."""
    for step in examining(path):
        if isinstance(step, Passport):
            return step
        if show_progress():
            click.echo(f"\r{step.done / step.total:4.0%}", nl=step.done == step.total, err=True)
    raise AssertionError("examining() ends with the passport")


def _plain(value: Any) -> Any:
    """The value as JSON has it: bytes as hexadecimal."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value
