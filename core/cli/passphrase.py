"""Passphrases on the command line: asked for on a terminal, else read; never an argument that others see."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from core.cli.common import Command, user_language
from core.errors import IdentityError
from core.identity import Session, log_in
from core.store import answers
from core.store.database import Library
from core.words import say

_LARGEST = 4096  # characters of a line that may be a passphrase


def passphrase_option(command: Command) -> Command:
    """``--passphrase-file``: for scripts; without it the terminal is asked, or standard input read."""
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        help="A file whose first line is the passphrase (default: ask, or standard input).",
    )
    return option(command)


def admin_options(command: Command) -> Command:
    """``--admin NAME`` and where the administrator's passphrase comes from."""
    named = click.option("--admin", "admin_name", metavar="NAME", help="The administrator who does this.")
    file = click.option(
        "--admin-passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A file whose first line is the administrator's passphrase.",
    )
    return named(file(command))


def read_passphrase(name: str, file: Path | None = None, *, twice: bool = False) -> str:
    """The passphrase of a person: the first line of the file, of what is piped in, or as typed.

    Raises IdentityError when the file cannot be read.
    """
    if file is not None and str(file) != "-":
        try:
            with file.open(encoding="utf-8") as lines:
                return lines.readline(_LARGEST).rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise IdentityError("passphrase_file", path=str(file)) from error
    if not sys.stdin.isatty():
        return sys.stdin.readline(_LARGEST).rstrip("\r\n")
    prompt = say("cli.passphrase", user_language(), {"name": name})
    typed: str = click.prompt(prompt, hide_input=True, err=True, confirmation_prompt=twice)
    return typed


def administrator(library: Library, name: str | None, file: Path | None) -> Session | None:
    """The session of the named administrator; None where nobody is named."""
    return None if name is None else log_in(library, name, read_passphrase(name, file))


def signer(library: Library, who: str, file: Path | None, *, sign: bool = False) -> Session | None:
    """The session of whoever decides, where a signature is asked for by the policy or by the person."""
    if not (sign or file is not None or answers.four_eyes(library)):
        return None
    if not who.strip():
        raise IdentityError("signature_needed")
    return log_in(library, who, read_passphrase(who, file))
