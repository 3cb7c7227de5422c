"""``touchstone model passport``: what a model file is made of, against what it says about itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from core.cli.common import json_option, print_json, show_progress, user_language
from core.llm import catalog
from core.llm.passport import Passport, examining
from core.report.passport import passport_words
from core.words import say


@click.command()
@click.argument("file")
@json_option
def passport(file: str, as_json: bool) -> None:
    """Examine FILE (a GGUF file or an installed model's name): marks of origin, repeated layers."""
    found = _examined(Path(file) if Path(file).is_file() else catalog.find(file).path)
    if as_json:
        print_json(_plain(asdict(found)))
        return
    language = user_language()
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
