"""``touchstone demo``: every sample question live, then a supplied letter with two errors in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from core.assistant import open_assistant, open_encoders
from core.cli.add import load_files
from core.cli.ask import follow
from core.cli.common import library_option, user_language
from core.cli.show import show_answer
from core.llm import choice
from core.sample import SAMPLE, sample_questions
from core.settings import Settings, home, load_settings
from core.store.database import Library
from core.types import Answer, Decision, Language
from core.words import say

_RULE = "─" * 78


@click.command()
@library_option
@click.option(
    "--model", "model_name", metavar="NAME", help="Ask this model only (default: one fit for each language)."
)
@click.option("--language", type=click.Choice(["en", "zh", "all"]), default="all", show_default=True)
@click.option(
    "--questions", type=click.IntRange(min=0), help="Ask only the first so many questions a language."
)
def demo(library_folder: Path, model_name: str | None, language: str, questions: int | None) -> None:
    """Read the sample documents, ask every sample question, check every answer.

    Nothing is scripted: the answers come from the model as they come, and the tally says what became of
    them. Uses a library of its own unless --library names one.
    """
    if (
        click.get_current_context().get_parameter_source("library_folder")
        is click.core.ParameterSource.DEFAULT
    ):
        library_folder = home() / "demo-library"
    settings = replace(load_settings(), model=model_name or load_settings().model)
    spoken = user_language()
    _read_sample(library_folder, spoken)
    languages = tuple(Language) if language == "all" else (Language(language),)
    answers = [
        answer for each in languages for answer in _ask_all(library_folder, settings, each, questions, spoken)
    ]
    for each in languages:
        _check_letter(library_folder, settings, each, spoken)
    _tally(answers, spoken)


def _read_sample(library_folder: Path, spoken: Language) -> None:
    click.echo(say("demo.reading", spoken, {"library": str(library_folder)}))
    embedder, _ = open_encoders()
    with Library.open(library_folder) as library:
        load_files(library, [SAMPLE / language.value for language in Language], embedder)


def _ask_all(
    library_folder: Path, settings: Settings, language: Language, limit: int | None, spoken: Language
) -> Iterable[Answer]:
    questions = sample_questions(language)[:limit]
    model = choice.default(settings, language)
    _say(spoken, "demo.title", model=model.name, language=say(f"language.{language.value}", spoken))
    if language is Language.ZH and not model.bilingual:
        _say(spoken, "demo.unmeant", model=model.name)
    with open_assistant(library_folder, replace(settings, model=model.name)) as assistant:
        for number, question in enumerate(questions, start=1):
            click.echo(_RULE)
            _say(spoken, "demo.question", number=number, total=len(questions), question=question)
            answer = follow(assistant.answer(question), spoken)
            show_answer(answer, spoken)
            yield answer


def _check_letter(library_folder: Path, settings: Settings, language: Language, spoken: Language) -> None:
    path = SAMPLE / f"letter_{language.value}.md"
    click.echo(_RULE)
    _say(spoken, "demo.letter", name=path.name)
    with open_assistant(library_folder, settings, with_engine=False) as assistant:
        show_answer(follow(assistant.check_text(path.read_text(encoding="utf-8")), spoken), spoken)


def _tally(answers: list[Answer], spoken: Language) -> None:
    counts = Counter(_outcome(answer) for answer in answers)
    click.echo(_RULE)
    _say(
        spoken,
        "demo.tally",
        total=len(answers),
        usable=counts["usable"],
        held=counts["held"],
        refused=counts["refused"],
    )


def _outcome(answer: Answer) -> str:
    if answer.refused and answer.decision is Decision.USABLE:
        return "refused"
    return "usable" if answer.decision is Decision.USABLE else "held"


def _say(spoken: Language, code: str, **params: str | int) -> None:
    click.echo(say(code, spoken, params))
