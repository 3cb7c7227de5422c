"""The demo guide: every command in it exists, with the options that it is given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from core.cli import touchstone

GUIDES = sorted((Path(__file__).parent.parent / "docs" / "demo").glob("*.md"))
LINE = re.compile(r"^ {4,}(touchstone .+)$|`(touchstone [^`]+)`", re.MULTILINE)


def commands(path: Path) -> list[list[str]]:
    return [shlex.split(a or b)[1:] for a, b in LINE.findall(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_command_of_the_guide_is_one(path: Path) -> None:
    found = commands(path)
    assert len(found) >= 14
    for words in found:
        command: click.Command = touchstone
        rest = iter(words)
        while isinstance(command, click.Group):
            name = next(rest)
            assert command.get_command(click.Context(command), name) is not None, words
            command = command.commands[name]
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= options, words


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = (
        {
            (words[0], words[1] if words[0] in ("review", "report", "audit", "pilot", "model") else "")
            for words in commands(path)
        }
        for path in GUIDES
    )
    assert english == chinese
