"""``touchstone settings``: show and change what the settings page shows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from core import audit
from core.cli.common import json_option, library_option, print_json, user_language
from core.settings import Settings, load_settings, save_settings
from core.words import say


@click.group()
def settings() -> None:
    """Show or change settings."""


@settings.command("list")
@json_option
def list_settings(as_json: bool) -> None:
    """Show every setting with its value."""
    values = asdict(load_settings())
    if as_json:
        print_json(values)
        return
    for name, value in values.items():
        click.echo(f"{name} = {value}")


@settings.command("set")
@click.argument("name")
@click.argument("value")
@library_option
def set_setting(name: str, value: str, library_folder: Path) -> None:
    """Change one setting; the library's log, if there is one, says so."""
    changed = load_settings().with_text(name, value)
    _save(changed, library_folder)
    click.echo(f"{name} = {getattr(changed, name)}")


@settings.command("reset")
@library_option
def reset_settings(library_folder: Path) -> None:
    """Go back to the defaults; the library's log, if there is one, says so."""
    _save(Settings(), library_folder)


def _save(settings: Settings, library_folder: Path) -> None:
    save_settings(settings)
    audit.record_settings_change(library_folder, settings)
    if not settings.four_eyes and audit.asks_for_four_eyes(library_folder):
        click.echo(say("cli.four_eyes_stays", user_language()), err=True)
