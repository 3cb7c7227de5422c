"""``touchstone settings``: show and change what the settings page shows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from core import audit
from core.cli.common import json_option, library_option, print_json, user_language
from core.cli.passphrase import admin_options, administrator
from core.errors import IdentityError
from core.identity import permitted_hosts, set_permitted_hosts
from core.offline import hosts_of
from core.settings import Settings, load_settings, save_settings
from core.store.database import FILE_NAME, Library
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
@admin_options
@library_option
def set_setting(
    name: str, value: str, admin_name: str | None, admin_passphrase_file: Path | None, library_folder: Path
) -> None:
    """Change one setting; the library's log, if there is one, says so.

    Where the library has users, allowed_hosts takes an administrator.
    """
    changed = load_settings().with_text(name, value)
    if name == "allowed_hosts":
        _permit(changed, admin_name, admin_passphrase_file, library_folder)
    _save(changed, library_folder)
    click.echo(f"{name} = {getattr(changed, name)}")


@settings.command("reset")
@library_option
def reset_settings(library_folder: Path) -> None:
    """Go back to the defaults; the library's log, if there is one, says so."""
    _save(Settings(), library_folder)


def _permit(settings: Settings, admin_name: str | None, file: Path | None, library_folder: Path) -> None:
    """Let an administrator name the hosts in the library's own log, where it has users."""
    if not (library_folder / FILE_NAME).exists():
        return
    with Library.open(library_folder, create=False) as library:
        if permitted_hosts(library) is None:
            return
        by = administrator(library, admin_name, file)
        if by is None:
            raise IdentityError("administrator_needed")
        set_permitted_hosts(library, hosts_of(settings.allowed_hosts), by=by)


def _save(settings: Settings, library_folder: Path) -> None:
    save_settings(settings)
    audit.record_settings_change(library_folder, settings)
    if not settings.four_eyes and audit.asks_for_four_eyes(library_folder):
        click.echo(say("cli.four_eyes_stays", user_language()), err=True)
