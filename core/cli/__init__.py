"""The command line: thin, one file a command group."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

import click

from core import __version__
from core.cli.add import add
from core.cli.ask import ask
from core.cli.audit_keep import audit
from core.cli.calibrate import calibrate
from core.cli.check import check
from core.cli.common import user_language
from core.cli.demo import demo
from core.cli.desktop import desktop
from core.cli.library import library
from core.cli.model import model
from core.cli.pilot import pilot
from core.cli.replay import replay_command
from core.cli.report import report
from core.cli.review_carry import review
from core.cli.settings import settings
from core.cli.standing import standing
from core.cli.user import user
from core.errors import CoreError, SettingsError
from core.offline import go_offline, hosts_of, loopback
from core.settings import load_settings
from core.types import Language
from core.words import say_error, system_language


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="touchstone")
def touchstone() -> None:
    """Ask a local model about your own documents, and have every claim of the answer checked.

    Everything runs on this machine; nothing touches a network.
    """


for command in (
    add,
    ask,
    audit,
    calibrate,
    check,
    demo,
    desktop,
    library,
    model,
    pilot,
    report,
    review,
    settings,
    user,
):
    touchstone.add_command(command)
audit.add_command(replay_command)
library.add_command(standing)


def main() -> None:
    """Run the command line: exit 0 ok, 1 something the user can act on, 2 usage, 3 the answer is held."""
    freeze_support()
    if sys.argv[1:2] != ["desktop"]:  # the window does so itself, when it has its display
        go_offline((*_allowed_hosts(), *_ray_hosts()))
    try:
        touchstone.main(standalone_mode=False)
    except CoreError as error:
        click.echo(say_error(error, _error_language()), err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)


def _ray_hosts() -> tuple[str, ...]:
    """The machine itself, for commands that ask for Ray: its processes talk over the loopback."""
    asked = any(word == "--ray" or word.startswith("--ray=") for word in sys.argv[2:])
    return loopback.HOSTS if asked and sys.argv[1] in ("check", "pilot") else ()


def _allowed_hosts() -> tuple[str, ...]:
    """The servers that the settings name; none where they cannot be read (the command says so itself)."""
    try:
        return hosts_of(load_settings().allowed_hosts)
    except SettingsError:
        return ()


def _error_language() -> Language:
    """The user's language; a damaged settings file cannot say which, so the system's then."""
    try:
        return user_language()
    except SettingsError:
        return system_language()
