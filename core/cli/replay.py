"""``touchstone audit replay``: does the same answer come out again?"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from core.assistant.changes import Difference
from core.assistant.replay import Replayed, replay
from core.cli.ask import StatusLine
from core.cli.common import json_option, library_option, print_json, user_language
from core.cli.show import plain
from core.settings import load_settings
from core.types import Language
from core.words import say


@click.command("replay")
@click.argument("answer_id")
@library_option
@json_option
def replay_command(answer_id: str, library_folder: Path, as_json: bool) -> None:
    """Make a recorded answer again and compare it to the bit. Exit code 1: it did not come out the same."""
    outcome = _followed(library_folder, answer_id)
    if as_json:
        changed = {"differences": outcome.differences, "changes": outcome.changes}
        listed = {name: [asdict(item) for item in items] for name, items in changed.items()}
        print_json({"answer_id": outcome.answer_id, "same": outcome.same, **listed})
    else:
        _tell(outcome, user_language())
    sys.exit(0 if outcome.same else 1)


def _followed(library_folder: Path, answer_id: str) -> Replayed:
    line = StatusLine(user_language())
    with closing(replay(library_folder, answer_id, load_settings())) as events:
        for event in events:
            if isinstance(event, Replayed):
                line.clear()
                return event
            line.tell(event)
    raise AssertionError("a replay always ends with Replayed")


def _tell(outcome: Replayed, language: Language) -> None:
    verdict = "same" if outcome.same else "not_made" if outcome.answer is None else "differs"
    click.echo(say(f"replay.{verdict}", language, {"id": outcome.answer_id}))
    _list(outcome.differences, language)
    if outcome.changes:
        click.echo(say("replay.since", language))
        _list(outcome.changes, language)


def _list(items: tuple[Difference, ...], language: Language) -> None:
    for item in items:
        click.echo(f"  - {plain(say(f'replay.{item.code}', language, item.params))}")
