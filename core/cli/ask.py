"""``touchstone ask``: one question, one checked answer."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from core.assistant import answer_object, open_assistant
from core.assistant.events import ClaimChecked, Event, Finished, Retrieved, Stage, StageName
from core.cli.common import HELD, json_option, library_option, print_json, show_progress, user_language
from core.cli.show import held, show_answer
from core.settings import Settings, load_settings
from core.types import Answer, Language
from core.words import say


@click.command()
@click.argument("question")
@click.option(
    "--model", "model_name", metavar="NAME", help="An installed model (default: the model setting)."
)
@click.option("--gpu-layers", metavar="auto|N", help="Layers on the GPU (default: the gpu_layers setting).")
@library_option
@json_option
def ask(
    question: str, model_name: str | None, gpu_layers: str | None, library_folder: Path, as_json: bool
) -> None:
    """Ask a question; the answer is checked against the whole library. Exit code 3: the answer is held."""
    settings = load_settings()
    if model_name:
        settings = replace(settings, model=model_name)
    if gpu_layers:
        settings = settings.with_text("gpu_layers", gpu_layers)
    language = user_language()
    with open_assistant(library_folder, settings, question) as assistant:
        answer = follow(assistant.answer(question), language)
    tell_answer(answer, settings, as_json=as_json)


def tell_answer(answer: Answer, settings: Settings, *, as_json: bool) -> None:
    """Print an answer; exit 3 while it may not be used. The policy may keep a held text back."""
    language = user_language()
    if as_json:
        print_json(answer_object(answer, language, show_held=settings.show_held_text))
    else:
        show_answer(answer, language, show_held=settings.show_held_text)
    sys.exit(HELD if held(answer) else 0)


def follow(events: Generator[Event, None, None], language: Language) -> Answer:
    """Run an answer to its end, telling the stages on stderr where that is a terminal."""
    line = StatusLine(language)
    with closing(events):
        for event in events:
            if isinstance(event, Finished):
                line.clear()
                return event.answer
            line.tell(event)
    raise AssertionError("an answer always ends with Finished")


class StatusLine:
    """One line on stderr that says what is being done; silent where stderr is no terminal."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._shown = show_progress()

    def tell(self, event: Event) -> None:
        """Show what an event means for a waiting person."""
        if isinstance(event, Stage):
            percent = f" {event.done * 100 // event.total} %" if event.total else ""
            self._write(say(f"stage.{event.name.value}", self._language) + percent)
        elif isinstance(event, ClaimChecked):
            self._write(
                f"{say(f'stage.{StageName.CHECKING.value}', self._language)} {event.index + 1}/{event.total}"
            )
        elif isinstance(event, Retrieved) and event.cut:
            self.clear()
            click.echo(say("cli.cut", self._language, {"cut": event.cut}), err=True)

    def clear(self) -> None:
        """Empty the line."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown:
            click.echo(f"\r\x1b[2K{text}", err=True, nl=False)
