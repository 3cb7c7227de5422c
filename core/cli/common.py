"""What every command shares: the library option, words in the user's language, JSON, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from core.settings import default_library, load_settings
from core.types import Language
from core.words import say, spoken

Command = TypeVar("Command", bound=Callable[..., object])

HELD = 3  # the exit code of an answer that may not be used yet


def library_option(command: Command) -> Command:
    """``--library PATH``: the folder of the library; the platform's data folder when not given."""
    option = click.option(
        "--library",
        "library_folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=default_library,
        show_default="the platform's data folder",
        help="Folder of the library.",
    )
    return option(command)


def json_option(command: Command) -> Command:
    """``--json``: data for programs on stdout instead of text for people."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def user_language() -> Language:
    """The language that the user's settings ask for."""
    return spoken(load_settings().language)


def tell(code: str, **params: str | int | float) -> None:
    """Print the sentence ``cli.<code>`` on stdout."""
    click.echo(say(f"cli.{code}", user_language(), params))


def print_json(value: Any) -> None:
    """Print one JSON object on one line, as it is."""
    click.echo(json.dumps(value, ensure_ascii=False))


def show_progress() -> bool:
    """Whether progress may be drawn: only on a terminal, and always on stderr."""
    return sys.stderr.isatty()
