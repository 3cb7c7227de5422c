"""``touchstone settings``: show and change what the settings page shows."""

from __future__ import annotations

from dataclasses import asdict

import click

from core.cli.common import json_option, print_json
from core.settings import Settings, load_settings, save_settings


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
def set_setting(name: str, value: str) -> None:
    """Change one setting."""
    changed = load_settings().with_text(name, value)
    save_settings(changed)
    click.echo(f"{name} = {getattr(changed, name)}")


@settings.command("reset")
def reset_settings() -> None:
    """Go back to the defaults."""
    save_settings(Settings())
