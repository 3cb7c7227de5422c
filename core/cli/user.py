"""``touchstone user``: who may ask, review and administrate, and the policy of four eyes."""

from __future__ import annotations

from pathlib import Path

import click

from core import identity
from core.cli.common import json_option, library_option, print_json, tell, user_language
from core.cli.passphrase import admin_options, administrator, passphrase_option, read_passphrase
from core.cli.show import plain
from core.errors import IdentityError
from core.identity import Role, StoredUser, UserKey
from core.store.database import Library
from core.words import say


@click.group()
def user() -> None:
    """Let people in, shut them out, and give them new passphrases."""


@user.command("add")
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.ASKER.value, show_default=True
)
@admin_options
@passphrase_option
@library_option
def add_user(
    name: str,
    role: str,
    admin_name: str | None,
    admin_passphrase_file: Path | None,
    passphrase_file: Path | None,
    library_folder: Path,
) -> None:
    """Let NAME in. The first user must be an administrator; later ones are let in by one.

    Reviewers and administrators get a key of their own, sealed with a passphrase.
    """
    with Library.open(library_folder) as library:
        by = administrator(library, admin_name, admin_passphrase_file)
        chosen = Role(role)
        secret = read_passphrase(name, passphrase_file, twice=True) if chosen.signs else ""
        added = identity.add_user(library, name, chosen, secret, by=by)
        _show(added, _key_of(library, added))


@user.command("list")
@library_option
@json_option
def list_users(library_folder: Path, as_json: bool) -> None:
    """List everybody with role, state and the fingerprint of the key."""
    with Library.open(library_folder, create=False) as library:
        for each in identity.list_users(library):
            key = _key_of(library, each)
            if as_json:
                print_json(_as_object(each, key))
            else:
                _show(each, key)


@user.command("disable")
@click.argument("name")
@admin_options
@library_option
def disable_user(
    name: str, admin_name: str | None, admin_passphrase_file: Path | None, library_folder: Path
) -> None:
    """Shut NAME out from now on; what was signed before holds."""
    with Library.open(library_folder, create=False) as library:
        by = _needed(administrator(library, admin_name, admin_passphrase_file))
        identity.disable_user(library, name, by=by)
    tell("user_disabled", name=plain(name))


@user.command("reset")
@click.argument("name")
@admin_options
@passphrase_option
@library_option
def reset_user(
    name: str,
    admin_name: str | None,
    admin_passphrase_file: Path | None,
    passphrase_file: Path | None,
    library_folder: Path,
) -> None:
    """Give NAME a new key under a new passphrase; old signatures hold. Lets a disabled user in again."""
    with Library.open(library_folder, create=False) as library:
        by = _needed(administrator(library, admin_name, admin_passphrase_file))
        reset = identity.reset_user(library, name, read_passphrase(name, passphrase_file, twice=True), by=by)
        _show(reset, _key_of(library, reset))


@user.command("passwd")
@click.argument("name")
@passphrase_option
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file whose first line is the new passphrase.",
)
@library_option
def change_passphrase(
    name: str, passphrase_file: Path | None, new_passphrase_file: Path | None, library_folder: Path
) -> None:
    """Change NAME's passphrase; the key stays the same."""
    with Library.open(library_folder, create=False) as library:
        old = read_passphrase(name, passphrase_file)
        new = read_passphrase(name, new_passphrase_file, twice=True)
        identity.change_passphrase(library, name, old, new)
    tell("user_passphrase", name=plain(name))


@user.command("four-eyes")
@click.argument("state", type=click.Choice(["on", "off"]))
@admin_options
@library_option
def four_eyes(
    state: str, admin_name: str | None, admin_passphrase_file: Path | None, library_folder: Path
) -> None:
    """Let nothing out of this library without a second person's signature, or end that."""
    with Library.open(library_folder, create=False) as library:
        by = _needed(administrator(library, admin_name, admin_passphrase_file))
        identity.set_four_eyes(library, state == "on", by=by)
    tell(f"four_eyes_{state}")


def _needed(by: identity.Session | None) -> identity.Session:
    if by is None:
        raise IdentityError("administrator_needed")
    return by


def _key_of(library: Library, each: StoredUser) -> UserKey | None:
    """The key that a person signs with now."""
    own = [key for key in identity.keys(library) if key.name == each.name and key.until is None]
    return own[-1] if own else None


def _show(each: StoredUser, key: UserKey | None) -> None:
    language = user_language()
    state = f"  ({say('cli.user_out', language)})" if each.disabled else ""
    fingerprint = key.fingerprint if key else "—"
    click.echo(f"{plain(each.name)}  {say(f'role.{each.role.value}', language)}{state}  {fingerprint}")


def _as_object(each: StoredUser, key: UserKey | None) -> dict[str, object]:
    return {
        "name": each.name,
        "role": each.role.value,
        "disabled": each.disabled,
        "created_at": each.created_at,
        "key": key.fingerprint if key else None,
        "public_key": key.public.hex() if key else None,
        "wait_seconds": identity.wait_seconds(each),
    }
